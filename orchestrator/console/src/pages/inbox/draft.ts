import { FIELD_NAMES } from "../../api/invoice";
import type { Box, Doubt, Finding, Invoice, InvoiceField, InvoiceLine } from "../../api/invoice";
import type { Variables } from "../../api/types";
import type { Told } from "../../i18n/told";

export interface Place {
  page: number;
  box: Box | null;
}

/** What a person has typed so far, beside the invoice as it was read. */
export interface Draft {
  values: Record<string, string>;
  /** Where a person has pointed at, by field. */
  places: Record<string, Place>;
  lines: InvoiceLine[];
}

export interface Remark {
  severity: "error" | "warning" | "info";
  told: Told;
}

export function fieldNames(invoice: Invoice): string[] {
  const known: readonly string[] = FIELD_NAMES;
  return [...known, ...Object.keys(invoice.fields).filter((name) => !known.includes(name))];
}

export function draftOf(invoice: Invoice): Draft {
  const values = fieldNames(invoice).map((name) => [name, invoice.fields[name]?.value ?? ""]);
  return {
    values: Object.fromEntries(values) as Record<string, string>,
    places: {},
    lines: invoice.lines.map((line) => ({ ...line })),
  };
}

/** Doubts and findings by field; those of no field are under "". */
export function remarksByField(doubts: Doubt[], findings: Finding[]): Map<string, Remark[]> {
  const remarks = new Map<string, Remark[]>();
  const add = (field: string | null, remark: Remark) =>
    remarks.set(field ?? "", [...(remarks.get(field ?? "") ?? []), remark]);
  for (const { field, message, notes = [] } of doubts) {
    add(field, { severity: "warning", told: { by: "reader", notes, own: message } });
  }
  for (const { field, severity, rule, message, values } of findings) {
    const notes = values ? [{ key: rule, values }] : [];
    add(field, { severity, told: { by: "rule", notes, own: message } });
  }
  return remarks;
}

/** The first field to look at: one with a remark above "info", else one the reader distrusts. */
export function firstDoubtful(invoice: Invoice, findings: Finding[]): string | null {
  const remarks = remarksByField(invoice.doubts, findings);
  const names = fieldNames(invoice);
  const remarked = (name: string) => remarks.get(name)?.some((r) => r.severity !== "info") ?? false;
  return (
    names.find(remarked) ?? names.find((name) => invoice.fields[name]?.trusted === false) ?? null
  );
}

/** Names of the fields that differ from the reading, and "lines" when a line does. */
export function changedFields(invoice: Invoice, draft: Draft): string[] {
  const changed = fieldNames(invoice).filter(
    (name) => (draft.values[name] ?? "").trim() !== (invoice.fields[name]?.value ?? ""),
  );
  const sameLines = JSON.stringify(draft.lines) === JSON.stringify(invoice.lines);
  return sameLines ? changed : [...changed, "lines"];
}

function reviewed(
  read: InvoiceField | undefined,
  value: string,
  pointed: Place | undefined,
): InvoiceField {
  const place = pointed ?? { page: read?.page ?? 1, box: read?.box ?? null };
  if (read?.value === value) return { ...read, ...place, trusted: true };
  return { value, ...place, source: "review", confidence: 1, trusted: true, reason: "" };
}

/** The invoice as it was read, its boxes where a person has pointed at. */
export function withPlaces(invoice: Invoice, draft: Draft): Invoice {
  const fields = { ...invoice.fields };
  for (const [name, place] of Object.entries(draft.places)) {
    fields[name] = { ...(fields[name] ?? reviewed(undefined, "", place)), ...place };
  }
  return { ...invoice, fields };
}

/** The invoice a person vouches for: empty fields are left out, no doubt remains. */
export function correctedInvoice(invoice: Invoice, draft: Draft): Invoice {
  const entries = fieldNames(invoice).flatMap((name): [string, InvoiceField][] => {
    const value = (draft.values[name] ?? "").trim();
    return value ? [[name, reviewed(invoice.fields[name], value, draft.places[name])]] : [];
  });
  return {
    ...invoice,
    fields: Object.fromEntries(entries),
    lines: draft.lines,
    doubts: [],
    trusted: true,
  };
}

export function correction(invoice: Invoice, draft: Draft, reason: string): Variables {
  return {
    invoice: correctedInvoice(invoice, draft),
    review: { decision: "correct", reason, changed: changedFields(invoice, draft) },
  };
}

/** A rejected invoice stays as it was read: nobody vouches for what was typed. */
export function rejection(reason: string): Variables {
  return { review: { decision: "reject", reason, changed: [] } };
}

export function approval(decision: "approve" | "reject", reason: string): Variables {
  return { approval: { decision, reason } };
}
