import { ExperimentOutlined } from "@ant-design/icons";
import { Button, Skeleton, Space } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router-dom";
import { useDecisionXml, useDecisions } from "../../api/decisions";
import { useMay } from "../../api/session";
import { Nothing } from "../../components/Nothing";
import { PageHead } from "../../components/PageHead";
import { Problem } from "../../components/Problem";
import { useKeys } from "../../components/keys";
import { useT } from "../../i18n";
import { DecisionInstances } from "./DecisionInstances";
import { DmnView } from "./DmnView";
import { EvaluateDialog } from "./EvaluateDialog";

/** One version of a decision: how it decides, and what it has decided. */
export default function DecisionPage() {
  const { decisionKey = "" } = useParams();
  const t = useT();
  const evaluates = useMay("evaluate_decisions");
  const [evaluating, setEvaluating] = useState(false);
  const decisions = useDecisions();
  const xml = useDecisionXml(decisionKey);
  useKeys({ new: () => evaluates && xml.data !== undefined && setEvaluating(true) });
  const all = decisions.data?.items ?? [];
  const decision = all.find((each) => each.decisionDefinitionKey === decisionKey);
  if (decisions.isPending) return <Skeleton active className="page" />;
  if (!decision) {
    return (
      <div className="page">
        <Problem error={decisions.error} onRetry={() => void decisions.refetch()} />
        {decisions.data && <Nothing title={t("decision.unknown")} />}
      </div>
    );
  }
  const versions = all.filter(
    (each) => each.decisionDefinitionId === decision.decisionDefinitionId,
  );
  return (
    <div className="page">
      <PageHead back="/decisions" title={decision.name || decision.decisionDefinitionId}>
        <Space size={12} role="group" aria-label={t("decision.versions")}>
          {versions.map(({ decisionDefinitionKey: key, version }) =>
            key === decisionKey ? (
              <strong key={key}>v{version}</strong>
            ) : (
              <Link key={key} to={`/decisions/definitions/${key}`}>
                v{version}
              </Link>
            ),
          )}
        </Space>
        {evaluates && (
          <Button
            size="small"
            type="primary"
            className="push"
            icon={<ExperimentOutlined />}
            disabled={!xml.data}
            onClick={() => setEvaluating(true)}
          >
            {t("decision.evaluate")} <kbd>n</kbd>
          </Button>
        )}
      </PageHead>
      <Problem error={xml.error} onRetry={() => void xml.refetch()} />
      {xml.data ? (
        <DmnView key={decisionKey} xml={xml.data} decisionId={decision.decisionDefinitionId} />
      ) : (
        <Skeleton active />
      )}
      <DecisionInstances key={decisionKey} of={{ decisionDefinitionKey: decisionKey }} />
      {evaluating && xml.data && (
        <EvaluateDialog decision={decision} xml={xml.data} onClose={() => setEvaluating(false)} />
      )}
    </div>
  );
}
