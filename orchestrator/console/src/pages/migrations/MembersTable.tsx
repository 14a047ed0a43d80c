import { Segmented, Table } from "antd";
import { Link } from "react-router-dom";
import { useMembers } from "../../api/migrations";
import type { MemberGroup } from "../../api/migrations";
import type { Migration, MigrationMember } from "../../api/types";
import { ForecastText } from "../../components/ForecastText";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { StateTag } from "../../components/StateTag";
import { usePaging } from "../../components/paging";
import { useT } from "../../i18n";
import type { MessageKey } from "../../i18n";

/** The verdict, while it is what explains the state. */
const judged = ({ state, verdict }: MigrationMember) =>
  state === "PENDING" || state === "MIGRATED" ? verdict : null;

const GROUPS = [
  ["total", "common.all"],
  ["unchecked", "migration.unchecked"],
  ["ok", "state.OK"],
  ["lacksVariable", "state.LACKS_VARIABLE"],
  ["stuck", "state.STUCK"],
  ["refused", "state.REFUSED"],
  ["migrated", "state.MIGRATED"],
  ["failed", "state.FAILED"],
  ["reverted", "state.REVERTED"],
  ["kept", "state.KEPT"],
] as const satisfies [MemberGroup, MessageKey][];

interface Props {
  migrationKey: string;
  counts: Migration["instances"];
}

/** What the dry run says of each instance, and whether it has gone. */
export function MembersTable({ migrationKey, counts }: Props) {
  const t = useT();
  const paging = usePaging<{ group: MemberGroup }>({ group: "total" });
  const { group } = paging.filter;
  const members = useMembers(migrationKey, group, paging.page);
  return (
    <>
      <Segmented<MemberGroup>
        size="small"
        style={{ margin: "12px 0" }}
        aria-label={t("migration.show")}
        value={group}
        onChange={(chosen) => paging.narrow({ group: chosen })}
        options={GROUPS.filter(
          ([name]) => name === "total" || name === group || counts[name] > 0,
        ).map(([value, text]) => ({ value, label: `${t(text)} ${counts[value]}` }))}
      />
      <Problem error={members.error} onRetry={() => void members.refetch()} />
      <Table<MigrationMember>
        size="small"
        rowKey="processInstanceKey"
        loading={members.isPending}
        dataSource={members.data?.items}
        locale={{ emptyText: <Nothing title={t("migration.empty")} /> }}
        pagination={paging.pagination(members.data?.page.totalItems)}
        columns={[
          {
            title: t("process.key"),
            dataIndex: "processInstanceKey",
            width: 200,
            render: (key: string) => <Link to={`/processes/${key}`}>{key}</Link>,
          },
          {
            title: t("common.state"),
            dataIndex: "state",
            width: 120,
            render: (state: string) => <StateTag state={state} />,
          },
          {
            title: t("migration.verdict"),
            dataIndex: "verdict",
            width: 150,
            render: (verdict: string | null) => verdict && <StateTag state={verdict} />,
          },
          {
            title: t("migration.reason"),
            render: (_, member) => <ForecastText {...member} verdict={judged(member)} />,
          },
        ]}
      />
    </>
  );
}
