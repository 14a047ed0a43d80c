import { Progress, Skeleton } from "antd";
import { useParams } from "react-router-dom";
import { AT_WORK, useMigration } from "../../api/migrations";
import { useMay } from "../../api/session";
import type { Migration } from "../../api/types";
import { PageHead } from "../../components/PageHead";
import { Problem } from "../../components/Problem";
import { useT } from "../../i18n";
import { MembersTable } from "./MembersTable";
import { Steps } from "./Steps";
import { progressOf } from "./progress";

/** One plan: what its dry run says, how far it is, what may be done next. */
export function MigrationPage() {
  const { migrationKey = "" } = useParams();
  const manages = useMay("manage_processes");
  const migration = useMigration(migrationKey);
  if (migration.isPending) return <Skeleton active className="page" />;
  if (!migration.data) {
    return (
      <div className="page">
        <Problem error={migration.error} onRetry={() => void migration.refetch()} />
      </div>
    );
  }
  const data = migration.data;
  return (
    <div className="page">
      <PageHead
        back="/processes"
        title={`${data.processDefinitionId} v${data.sourceVersion} → v${data.targetVersion}`}
        state={data.state}
      >
        <code className="muted">{data.migrationKey}</code>
      </PageHead>
      <Counted migration={data} />
      {manages && <Steps migration={data} />}
      <MembersTable migrationKey={migrationKey} counts={data.instances} />
    </div>
  );
}

function Counted({ migration }: { migration: Migration }) {
  const t = useT();
  const { instances, state } = migration;
  const { migrated, unchecked, total } = instances;
  const told =
    state === "CHECKING" || state === "READY"
      ? t("migration.checked", { done: total - unchecked, total })
      : t("migration.progress", { done: migrated, total });
  return (
    <>
      <Progress
        aria-label={told}
        percent={progressOf(migration)}
        status={AT_WORK.includes(state) ? "active" : "normal"}
      />
      <span className="muted">{told}</span>
    </>
  );
}
