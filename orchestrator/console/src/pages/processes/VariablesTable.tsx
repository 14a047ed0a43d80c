import { Table } from "antd";
import { useVariables } from "../../api/processes";
import type { Variable } from "../../api/types";
import { JsonView } from "../../components/JsonView";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { Unseen } from "../../components/Unseen";
import { useT } from "../../i18n";

const isPlain = (json: string) => !/^[[{]/.test(json);

interface Props {
  instanceKey: string;
  /** Not shown to who may be asked to read the invoice again. */
  sealed: boolean;
}

export function VariablesTable({ instanceKey, sealed }: Props) {
  const t = useT();
  const variables = useVariables(instanceKey);
  if (variables.error) return <Problem error={variables.error} />;
  return (
    <Table<Variable>
      size="small"
      rowKey="variableKey"
      loading={variables.isPending}
      dataSource={variables.data?.items}
      pagination={false}
      locale={{ emptyText: <Nothing title={t(sealed ? "sealed.title" : "process.variables.empty")} /> }}
      expandable={{
        expandRowByClick: true,
        rowExpandable: ({ value }) => !isPlain(value),
        columnTitle: <Unseen>{t("common.details")}</Unseen>,
        expandedRowRender: ({ name, value }) => (
          <JsonView label={name} value={JSON.parse(value) as unknown} />
        ),
      }}
      columns={[
        { title: t("common.name"), dataIndex: "name", width: 220 },
        {
          title: t("common.value"),
          ellipsis: true,
          render: (_, { value }) => <code>{value.slice(0, 300)}</code>,
        },
      ]}
    />
  );
}
