import { Table, Tag, Tooltip } from "antd";
import type { Learned, LearnedItems, LearnedPlace, LearnedValue, Standing } from "../../api/vendors";
import { useT } from "../../i18n";
import { useFieldLabel } from "../inbox/labels";

type Fact = LearnedPlace | LearnedValue | (LearnedItems & { field: "lines" });
type Row = Fact & { key: string };

/** What is believed of a vendor, and how well each of it has proved itself. */
export function LearnedTable({ learned }: { learned: Learned }) {
  const t = useT();
  const label = useFieldLabel();
  const items = (learned.items ?? []).map((table) => ({ ...table, field: "lines" as const }));
  const rows = [...learned.values, ...learned.places, ...items].map((row, index) => ({
    ...row,
    key: `${row.field}-${index}`,
  }));
  return (
    <>
      <Formats formats={learned.formats} />
      <Table<Row>
        size="small"
        rowKey="key"
        dataSource={rows}
        pagination={false}
        columns={[
          { title: t("vendor.field"), dataIndex: "field", render: label },
          { title: t("vendor.where"), render: (_, row) => <Where row={row} /> },
          { title: t("vendor.standing"), render: (_, row) => <Proof {...row} /> },
        ]}
      />
    </>
  );
}

function Where({ row }: { row: Fact }) {
  const t = useT();
  if ("value" in row) return <strong>{row.value}</strong>;
  if ("heading" in row) {
    return <>{row.heading ? t("vendor.below", { words: row.heading }) : t("vendor.noItems")}</>;
  }
  if (row.beside) return <>{t("vendor.beside", { words: row.beside })}</>;
  if (row.above) return <>{t("vendor.below", { words: row.above })}</>;
  return <>{t("vendor.spot", { page: row.page })}</>;
}

function Proof({ persons, machines, against, proven }: Standing) {
  const t = useT();
  return (
    <Tooltip title={t("vendor.proof", { persons, machines, against })}>
      <Tag color={proven ? "green" : "default"} bordered={false}>
        {t(proven ? "vendor.proven" : "vendor.unproven")}
      </Tag>
      <span className="muted tabular">
        {persons}+{machines}
        {against > 0 && ` −${against}`}
      </span>
    </Tooltip>
  );
}

function Formats({ formats }: { formats: Learned["formats"] }) {
  const t = useT();
  const { language, decimal_mark: mark, day_first: dayFirst } = formats;
  return (
    <p>
      {language && <Tag bordered={false}>{t("vendor.language", { language })}</Tag>}
      {mark && <Tag bordered={false}>{t("vendor.mark", { mark })}</Tag>}
      {typeof dayFirst === "boolean" && (
        <Tag bordered={false}>{t(dayFirst ? "vendor.dayFirst" : "vendor.monthFirst")}</Tag>
      )}
    </p>
  );
}
