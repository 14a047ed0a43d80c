import { Input, Tag, Tooltip } from "antd";
import type { Invoice } from "../../api/invoice";
import { isMessage, useT } from "../../i18n";
import { useTell } from "../../i18n/told";
import { fieldNames } from "./draft";
import type { Draft, Remark } from "./draft";
import { useFieldLabel } from "./labels";

interface Props {
  invoice: Invoice;
  draft: Draft;
  remarks: Map<string, Remark[]>;
  active: string | null;
  disabled: boolean;
  onFocus: (field: string) => void;
  onChange: (field: string, value: string) => void;
}

export const inputId = (field: string) => `field-${field}`;

const WIDE = new Set(["seller", "buyer", "iban"]);

export function worst(remarks: Remark[] | undefined): "error" | "warning" | undefined {
  if (remarks?.some((remark) => remark.severity === "error")) return "error";
  return remarks?.some((remark) => remark.severity === "warning") ? "warning" : undefined;
}

/** One input per field, with what the reader and the rules say about it. */
export function FieldForm(props: Props) {
  return (
    <div className="fields">
      {fieldNames(props.invoice).map((field) => (
        <Field key={field} field={field} {...props} />
      ))}
    </div>
  );
}

function Field({ field, ...props }: Props & { field: string }) {
  const t = useT();
  const label = useFieldLabel();
  const tell = useTell();
  const read = props.invoice.fields[field];
  const remarks = props.remarks.get(field) ?? [];
  const value = props.draft.values[field] ?? "";
  const changed = value.trim() !== (read?.value ?? "");
  const status = worst(remarks) ?? (read?.trusted === false && !changed ? "warning" : undefined);
  const type = `invoiceType.${value.trim()}`;
  const source = `source.${read?.source}`;
  const origin = read
    ? t("invoice.read", {
        source: isMessage(source) ? t(source) : read.source,
        confidence: Math.round(read.confidence * 100),
      })
    : t("invoice.notFound");
  return (
    <div
      className={`field${WIDE.has(field) ? " field-wide" : ""}`}
      data-active={field === props.active}
    >
      <label htmlFor={inputId(field)}>
        <Tooltip title={origin} placement="topLeft">
          <span>{label(field)}</span>
        </Tooltip>
        {changed && (
          <Tag color="blue" bordered={false}>
            {t("invoice.changed")}
          </Tag>
        )}
      </label>
      <Input
        id={inputId(field)}
        size="small"
        value={value}
        status={status}
        disabled={props.disabled}
        placeholder={read ? undefined : "–"}
        suffix={field === "type" && isMessage(type) ? <i className="muted">{t(type)}</i> : undefined}
        onFocus={() => props.onFocus(field)}
        onChange={(event) => props.onChange(field, event.target.value)}
      />
      {remarks.map((remark) => (
        <div key={remark.told.own} className={`remark remark-${remark.severity}`}>
          {tell(remark.told, { field: label(field) })}
        </div>
      ))}
      {remarks.length === 0 && read?.trusted === false && read.reason && (
        <div className="remark remark-warning">
          {tell({ by: "reader", notes: read.notes ?? [], own: read.reason })}
        </div>
      )}
    </div>
  );
}
