import { PlayCircleOutlined } from "@ant-design/icons";
import { Button, Space } from "antd";
import { Suspense, lazy, useState } from "react";
import { Link, useNavigate } from "react-router-dom";
import { useMigrations } from "../../api/migrations";
import { useMay } from "../../api/session";
import type { ProcessDefinition } from "../../api/types";
import { StateTag } from "../../components/StateTag";
import { Time } from "../../components/Time";
import { useKeys } from "../../components/keys";
import { useT } from "../../i18n";

const StartDialog = lazy(() => import("./StartDialog"));

interface Props {
  definitions: ProcessDefinition[];
  chosen: string | undefined;
}

/** The versions of the chosen process; how to start one, and to bring instances to another. */
export function Versions({ definitions, chosen }: Props) {
  const t = useT();
  const navigate = useNavigate();
  const manages = useMay("manage_processes");
  const starts = useMay("start_processes");
  const [starting, setStarting] = useState(false);
  const versions = definitions
    .filter((definition) => definition.processDefinitionId === chosen)
    .sort((a, b) => b.processDefinitionVersion - a.processDefinitionVersion);
  const migrations = useMigrations(versions.map((version) => version.processDefinitionKey));
  const [newest, previous] = versions;
  useKeys({ new: () => starts && newest && setStarting(true) });
  if (!newest) return null;
  return (
    <div className="bar">
      <span className="muted">{t("migration.versions", { process: newest.processDefinitionId })}:</span>
      {versions.map((version) => (
        <span key={version.processDefinitionKey}>v{version.processDefinitionVersion}</span>
      ))}
      {migrations.data?.items.map((migration) => (
        <Link key={migration.migrationKey} to={`/processes/migrations/${migration.migrationKey}`}>
          v{migration.sourceVersion} → v{migration.targetVersion}{" "}
          <StateTag state={migration.state} /> <Time at={migration.createdAt} />
        </Link>
      ))}
      <Space className="push">
        {manages && previous && (
          <Button
            size="small"
            onClick={() => navigate(`/processes/migrations/new/${previous.processDefinitionKey}`)}
          >
            {t("migration.title")}
          </Button>
        )}
        {starts && (
          <Button
            size="small"
            type="primary"
            icon={<PlayCircleOutlined />}
            onClick={() => setStarting(true)}
          >
            {t("start.open")} <kbd>n</kbd>
          </Button>
        )}
      </Space>
      {starting && (
        <Suspense>
          <StartDialog
            versions={[newest, ...versions.slice(1)]}
            onClose={() => setStarting(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
