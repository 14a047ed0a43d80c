import { Select, Table } from "antd";
import type { ElementName } from "../../api/types";
import { useT } from "../../i18n";
import { useKind } from "../../i18n/told";

interface Props {
  sources: ElementName[];
  targets: ElementName[];
  mapping: Record<string, string>;
  onChange: (mapping: Record<string, string>) => void;
}

const named = ({ elementId, elementName }: ElementName) =>
  elementName && elementName !== elementId ? `${elementName} (${elementId})` : elementId;

/** Which element of the target takes the place of which of the source; only of its own kind. */
export function MappingTable({ sources, targets, mapping, onChange }: Props) {
  const t = useT();
  const kind = useKind();
  const choose = (source: string, target: string | undefined) => {
    const others = Object.fromEntries(Object.entries(mapping).filter(([id]) => id !== source));
    onChange(target === undefined ? others : { ...others, [source]: target });
  };
  return (
    <Table<ElementName>
      size="small"
      rowKey="elementId"
      pagination={false}
      dataSource={sources}
      columns={[
        { title: t("migration.from"), render: (_, source) => named(source) },
        {
          title: t("process.type"),
          dataIndex: "type",
          width: 200,
          render: (type: string) => kind("element", type),
        },
        {
          title: t("migration.to"),
          width: 360,
          render: (_, source) => (
            <Select
              allowClear
              showSearch
              size="small"
              style={{ width: "100%" }}
              aria-label={`${t("migration.to")}: ${source.elementId}`}
              placeholder={t("migration.unmapped")}
              value={mapping[source.elementId]}
              onChange={(target: string | undefined) => choose(source.elementId, target)}
              options={targets
                .filter(({ type }) => type === source.type)
                .map((target) => ({ value: target.elementId, label: named(target) }))}
            />
          ),
        },
      ]}
    />
  );
}
