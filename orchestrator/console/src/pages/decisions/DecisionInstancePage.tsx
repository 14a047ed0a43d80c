import { Alert, Skeleton, Space, Table } from "antd";
import { useMemo } from "react";
import { Link, useParams } from "react-router-dom";
import { useDecisionInstance, useDecisionInstances, useDecisionXml } from "../../api/decisions";
import type { DecisionInstanceDetail } from "../../api/types";
import { JsonView } from "../../components/JsonView";
import { Nothing } from "../../components/Nothing";
import { PageHead } from "../../components/PageHead";
import { Problem } from "../../components/Problem";
import { Said } from "../../components/Said";
import { Time } from "../../components/Time";
import { useT } from "../../i18n";
import { DmnView } from "./DmnView";

/** What was decided once: from which inputs, by which rules, with what result. */
export default function DecisionInstancePage() {
  const { instanceKey = "" } = useParams();
  const t = useT();
  const instance = useDecisionInstance(instanceKey);
  const data = instance.data;
  const warnings = data?.warnings.filter((each) => each !== data.evaluationFailure) ?? [];
  const xml = useDecisionXml(data?.decisionDefinitionKey);
  const result = useMemo(() => data && (JSON.parse(data.result) as unknown), [data]);
  const matched = useMemo(() => data?.matchedRules.map((rule) => rule.ruleId) ?? [], [data]);
  if (instance.isPending) return <Skeleton active className="page" />;
  if (!data) {
    return (
      <div className="page">
        <Problem error={instance.error} onRetry={() => void instance.refetch()} />
      </div>
    );
  }
  return (
    <div className="page">
      <PageHead
        back={`/decisions/definitions/${data.decisionDefinitionKey}`}
        title={data.decisionDefinitionName}
        state={data.state}
      >
        <Space className="muted" size={16} wrap>
          <span>v{data.decisionDefinitionVersion}</span>
          <code>{data.decisionEvaluationInstanceKey}</code>
          <Time at={data.evaluationDate} />
          {data.processInstanceKey && (
            <Link to={`/processes/${data.processInstanceKey}`}>{t("inbox.openInstance")}</Link>
          )}
        </Space>
      </PageHead>
      {data.evaluationFailure && (
        <Alert
          type="error"
          showIcon
          message={t("decision.failed")}
          description={<Said text={data.evaluationFailure} />}
        />
      )}
      {warnings.length > 0 && (
        <Alert
          type="warning"
          showIcon
          message={t("process.warnings", { count: warnings.length })}
          description={warnings.map((warning) => (
            <div key={warning}>
              <Said text={warning} />
            </div>
          ))}
        />
      )}
      <Problem error={xml.error} />
      {xml.data ? (
        <DmnView
          key={data.decisionEvaluationInstanceKey}
          xml={xml.data}
          decisionId={data.decisionDefinitionId}
          matched={matched}
          result={result}
        />
      ) : (
        <Skeleton active />
      )}
      <Inputs inputs={data.evaluatedInputs} />
      {data.decisionDefinitionType === "DECISION_TABLE" && <Rules rules={data.matchedRules} />}
      <h3>{t("decision.result")}</h3>
      <JsonView label={t("decision.result")} value={result} />
      <Others of={data} />
    </div>
  );
}

function Inputs({ inputs }: { inputs: DecisionInstanceDetail["evaluatedInputs"] }) {
  const t = useT();
  if (inputs.length === 0) return null;
  return (
    <>
      <h3>{t("decision.inputs")}</h3>
      <Table
        size="small"
        rowKey="inputId"
        pagination={false}
        dataSource={inputs}
        columns={[
          { title: t("common.name"), dataIndex: "inputName", width: 320 },
          {
            title: t("common.value"),
            dataIndex: "inputValue",
            render: (value: string) => <code>{value}</code>,
          },
        ]}
      />
    </>
  );
}

function Rules({ rules }: { rules: DecisionInstanceDetail["matchedRules"] }) {
  const t = useT();
  return (
    <>
      <h3>{t("decision.rules")}</h3>
      {rules.length === 0 && <Nothing title={t("decision.rules.none")} />}
      {rules.map(({ ruleId, ruleIndex, evaluatedOutputs }) => (
        <div key={ruleId} className="bar">
          <strong>{t("decision.rule", { number: ruleIndex })}</strong>
          {evaluatedOutputs.map(({ outputId, outputName, outputValue }) => (
            <span key={outputId}>
              <span className="muted">{outputName}</span> <code>{outputValue}</code>
            </span>
          ))}
        </div>
      ))}
    </>
  );
}

/** The other decisions of the same evaluation: what it required, and what required it. */
function Others({ of }: { of: DecisionInstanceDetail }) {
  const t = useT();
  const all = useDecisionInstances({ decisionEvaluationKey: of.decisionEvaluationKey });
  const own = of.decisionEvaluationInstanceKey;
  const others = all.data?.items.filter((each) => each.decisionEvaluationInstanceKey !== own) ?? [];
  if (others.length === 0) return null;
  return (
    <>
      <h3>{t("decision.others")}</h3>
      {others.map((each) => (
        <div key={each.decisionEvaluationInstanceKey}>
          <Link to={`/decisions/instances/${each.decisionEvaluationInstanceKey}`}>
            {each.decisionDefinitionName}
          </Link>{" "}
          <code>{each.result}</code>
        </div>
      ))}
    </>
  );
}
