import { Select, Table } from "antd";
import { Link, useNavigate } from "react-router-dom";
import { useDecisionInstances } from "../../api/decisions";
import type { DecisionFilter } from "../../api/decisions";
import type { Decision, DecisionInstance } from "../../api/types";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { Said } from "../../components/Said";
import { StateSelect } from "../../components/StateSelect";
import { StateTag } from "../../components/StateTag";
import { Time } from "../../components/Time";
import { usePaging } from "../../components/paging";
import { useT } from "../../i18n";

const STATES = ["EVALUATED", "FAILED"] as const;

interface Props {
  of: DecisionFilter;
  /** Decisions of which one can be chosen. */
  choices?: Decision[];
}

/** What was decided, the newest first. */
export function DecisionInstances({ of, choices = [] }: Props) {
  const t = useT();
  const navigate = useNavigate();
  const paging = usePaging<DecisionFilter>(of);
  const instances = useDecisionInstances(paging.filter, paging.page);
  return (
    <>
      <div className="bar">
        <h2>{t("decision.instances")}</h2>
        {choices.length > 0 && (
          <Select
            allowClear
            size="small"
            style={{ width: 280 }}
            placeholder={t("decision.decision")}
            aria-label={t("decision.decision")}
            value={paging.filter.decisionDefinitionId}
            onChange={(id) => paging.narrow({ decisionDefinitionId: id })}
            options={choices.map((each) => ({
              value: each.decisionDefinitionId,
              label: each.name || each.decisionDefinitionId,
            }))}
          />
        )}
        <StateSelect
          states={STATES}
          value={paging.filter.state}
          onChange={(state) => paging.narrow({ state })}
        />
      </div>
      <Problem error={instances.error} onRetry={() => void instances.refetch()} />
      <Table<DecisionInstance>
        size="small"
        rowKey="decisionEvaluationInstanceKey"
        loading={instances.isPending}
        dataSource={instances.data?.items}
        locale={{
          emptyText: (
            <Nothing
              title={t("decision.instances.empty")}
              hint={t("decision.instances.empty.hint")}
            />
          ),
        }}
        pagination={paging.pagination(instances.data?.page.totalItems)}
        onRow={({ decisionEvaluationInstanceKey }) => ({
          className: "clickable",
          onClick: () => navigate(`/decisions/instances/${decisionEvaluationInstanceKey}`),
        })}
        columns={[
          {
            title: t("common.state"),
            width: 110,
            render: (_, { state }) => <StateTag state={state} />,
          },
          {
            title: t("decision.decision"),
            render: (_, one) => (
              <Link
                to={`/decisions/instances/${one.decisionEvaluationInstanceKey}`}
                onClick={(event) => event.stopPropagation()}
              >
                {one.decisionDefinitionName} v{one.decisionDefinitionVersion}
              </Link>
            ),
          },
          {
            title: t("decision.result"),
            ellipsis: true,
            render: (_, { result, evaluationFailure }) =>
              evaluationFailure ? <Said text={evaluationFailure} /> : <code>{result}</code>,
          },
          { title: t("process.businessKey"), dataIndex: "businessId", ellipsis: true },
          {
            title: t("decision.evaluated"),
            dataIndex: "evaluationDate",
            width: 190,
            render: (value: string) => <Time at={value} />,
          },
        ]}
      />
    </>
  );
}
