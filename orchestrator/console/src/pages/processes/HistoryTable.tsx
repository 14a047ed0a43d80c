import { Table } from "antd";
import { useHistory } from "../../api/processes";
import type { LedgerEvent } from "../../api/types";
import { JsonView } from "../../components/JsonView";
import { Problem } from "../../components/Problem";
import { Time } from "../../components/Time";
import { Unseen } from "../../components/Unseen";
import { useT } from "../../i18n";
import { useKind } from "../../i18n/told";

/** The ledger's lines of the instance: who did what when. */
export function HistoryTable({ instanceKey }: { instanceKey: string }) {
  const t = useT();
  const inKind = useKind();
  const history = useHistory(instanceKey);
  if (history.error) return <Problem error={history.error} />;
  return (
    <Table<LedgerEvent>
      size="small"
      rowKey={(event) => String(event.number)}
      loading={history.isPending}
      dataSource={history.data?.items}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      expandable={{
        expandRowByClick: true,
        columnTitle: <Unseen>{t("common.details")}</Unseen>,
        expandedRowRender: (event) => (
          <JsonView label={`${event.kind} ${event.number}`} value={event.data ?? event} />
        ),
      }}
      columns={[
        { title: "#", dataIndex: "number", width: 60 },
        {
          title: t("process.time"),
          dataIndex: "time",
          width: 190,
          render: (value: string) => <Time at={value} />,
        },
        { title: t("process.actor"), dataIndex: "actor", width: 180 },
        {
          title: t("process.event"),
          dataIndex: "kind",
          width: 240,
          render: (kind: string) => inKind("event", kind),
        },
        {
          title: t("process.data"),
          ellipsis: true,
          render: (_, event) => <code>{JSON.stringify(event.data).slice(0, 240)}</code>,
        },
      ]}
    />
  );
}
