import { Skeleton, Tag } from "antd";
import { Link } from "react-router-dom";
import { useDecisions } from "../../api/decisions";
import type { Decision } from "../../api/types";
import { DeployButton } from "../../components/DeployButton";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { useT } from "../../i18n";
import { DecisionInstances } from "./DecisionInstances";

/** The newest of each; they come with the newest first. */
function newest(decisions: Decision[]): Decision[] {
  const seen = new Map<string, Decision>();
  for (const decision of decisions) {
    if (!seen.has(decision.decisionDefinitionId)) seen.set(decision.decisionDefinitionId, decision);
  }
  return [...seen.values()];
}

export function DecisionsPage() {
  const t = useT();
  const decisions = useDecisions();
  const latest = newest(decisions.data?.items ?? []);
  return (
    <div className="page">
      <div className="bar">
        <h2>{t("decision.definitions")}</h2>
        <DeployButton />
      </div>
      <Problem error={decisions.error} onRetry={() => void decisions.refetch()} />
      {decisions.isPending && <Skeleton active paragraph={{ rows: 1 }} />}
      {decisions.data?.items.length === 0 && (
        <Nothing
          title={t("decision.definitions.empty")}
          hint={t("decision.definitions.empty.hint")}
        />
      )}
      <div className="queues">
        {latest.map((decision) => (
          <Link
            key={decision.decisionDefinitionKey}
            className="queue"
            to={`/decisions/definitions/${decision.decisionDefinitionKey}`}
          >
            <strong>{decision.name || decision.decisionDefinitionId}</strong>{" "}
            <Tag bordered={false}>v{decision.version}</Tag>
            <div className="muted small">{decision.decisionRequirementsName}</div>
          </Link>
        ))}
      </div>
      <DecisionInstances of={{}} choices={latest} />
    </div>
  );
}
