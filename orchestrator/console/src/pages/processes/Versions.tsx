import { Button } from "antd";
import { Link, useNavigate } from "react-router-dom";
import { useMigrations } from "../../api/migrations";
import { useMay } from "../../api/session";
import type { ProcessDefinition } from "../../api/types";
import { StateTag } from "../../components/StateTag";
import { Time } from "../../components/Time";
import { useT } from "../../i18n";

interface Props {
  definitions: ProcessDefinition[];
  chosen: string | undefined;
}

/** The versions of the chosen process, and how to bring instances from one to another. */
export function Versions({ definitions, chosen }: Props) {
  const t = useT();
  const navigate = useNavigate();
  const manages = useMay("manage_processes");
  const versions = definitions
    .filter((definition) => definition.processDefinitionId === chosen)
    .sort((a, b) => b.processDefinitionVersion - a.processDefinitionVersion);
  const migrations = useMigrations(versions.map((version) => version.processDefinitionKey));
  const [, previous] = versions;
  if (chosen === undefined || !previous) return null;
  return (
    <div className="bar">
      <span className="muted">{t("migration.versions", { process: chosen })}:</span>
      {versions.map((version) => (
        <span key={version.processDefinitionKey}>v{version.processDefinitionVersion}</span>
      ))}
      {migrations.data?.items.map((migration) => (
        <Link key={migration.migrationKey} to={`/processes/migrations/${migration.migrationKey}`}>
          v{migration.sourceVersion} → v{migration.targetVersion}{" "}
          <StateTag state={migration.state} /> <Time at={migration.createdAt} />
        </Link>
      ))}
      {manages && (
        <Button
          size="small"
          className="push"
          onClick={() => navigate(`/processes/migrations/new/${previous.processDefinitionKey}`)}
        >
          {t("migration.title")}
        </Button>
      )}
    </div>
  );
}
