import { Table } from "antd";
import { useState } from "react";
import { Link } from "react-router-dom";
import { MEMBERS_PAGE, useMembers } from "../../api/migrations";
import type { MigrationMember } from "../../api/types";
import { ForecastText } from "../../components/ForecastText";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { StateTag } from "../../components/StateTag";
import { useT } from "../../i18n";

/** The verdict, while it is what explains the state. */
const judged = ({ state, verdict }: MigrationMember) =>
  state === "PENDING" || state === "MIGRATED" ? verdict : null;

/** What the dry run says of each instance, and whether it has gone. */
export function MembersTable({ migrationKey }: { migrationKey: string }) {
  const t = useT();
  const [page, setPage] = useState(1);
  const members = useMembers(migrationKey, page);
  return (
    <>
      <Problem error={members.error} onRetry={() => void members.refetch()} />
      <Table<MigrationMember>
        size="small"
        rowKey="processInstanceKey"
        loading={members.isPending}
        dataSource={members.data?.items}
        locale={{ emptyText: <Nothing title={t("migration.empty")} /> }}
        pagination={{
          current: page,
          pageSize: MEMBERS_PAGE,
          total: members.data?.page.totalItems,
          showSizeChanger: false,
          hideOnSinglePage: true,
          onChange: setPage,
        }}
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
