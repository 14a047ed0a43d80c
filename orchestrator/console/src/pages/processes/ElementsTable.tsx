import { Table } from "antd";
import { useElements } from "../../api/processes";
import type { ElementInstance } from "../../api/types";
import { StateTag } from "../../components/StateTag";
import { Time } from "../../components/Time";
import { useT } from "../../i18n";

export function ElementsTable({ instanceKey }: { instanceKey: string }) {
  const t = useT();
  const elements = useElements(instanceKey);
  return (
    <Table<ElementInstance>
      size="small"
      rowKey="elementInstanceKey"
      loading={elements.isPending}
      dataSource={elements.data?.items}
      pagination={false}
      columns={[
        {
          title: t("common.state"),
          width: 120,
          render: (_, element) => (
            <StateTag state={element.hasIncident ? "INCIDENT" : element.state} />
          ),
        },
        {
          title: t("process.element"),
          render: (_, element) => element.elementName || element.elementId,
        },
        { title: t("process.type"), dataIndex: "type" },
        {
          title: t("common.started"),
          dataIndex: "startDate",
          render: (value: string) => <Time at={value} />,
        },
        {
          title: t("common.ended"),
          dataIndex: "endDate",
          render: (value: string | null) => <Time at={value} />,
        },
      ]}
    />
  );
}
