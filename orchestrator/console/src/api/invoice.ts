/** The invoice as the reading bot hands it over and as a person sends it back. */

import type { Note } from "../i18n/told";

export type Box = [x0: number, top: number, x1: number, bottom: number];

export interface InvoiceField {
  value: string;
  page: number;
  box: Box | null;
  source: string;
  confidence: number;
  trusted: boolean;
  reason: string;
  /** What `reason` is made of; not known of readings of old. */
  notes?: Note[];
}

export const LINE_COLUMNS = [
  "description",
  "quantity",
  "unit",
  "unit_price",
  "discount",
  "tax_rate",
  "amount",
] as const;
export type LineColumn = (typeof LINE_COLUMNS)[number];
export type InvoiceLine = Partial<Record<LineColumn, string>>;

export interface Doubt {
  field: string | null;
  code: string;
  message: string;
  notes?: Note[];
}

export interface Finding {
  field: string | null;
  severity: "error" | "warning" | "info";
  rule: string;
  message: string;
  values?: Record<string, string>;
}

export interface Invoice {
  file: string;
  pages: number;
  page_sizes: [number, number][];
  fields: Record<string, InvoiceField>;
  lines: InvoiceLine[];
  doubts: Doubt[];
  trusted: boolean;
}

export const FIELD_NAMES = [
  "number",
  "type",
  "issue_date",
  "due_date",
  "delivery_date",
  "seller",
  "seller_vat",
  "buyer",
  "buyer_vat",
  "currency",
  "net",
  "tax",
  "gross",
  "iban",
  "po_number",
] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** An invoice of which nothing could be read. */
export const BLANK: Invoice = {
  file: "",
  pages: 1,
  page_sizes: [],
  fields: {},
  lines: [],
  doubts: [],
  trusted: false,
};

export function asInvoice(value: unknown): Invoice | null {
  if (typeof value !== "object" || value === null || !("fields" in value)) return null;
  return { ...BLANK, ...(value as Partial<Invoice>) };
}

export function asFindings(value: unknown): Finding[] {
  return Array.isArray(value) ? (value as Finding[]) : [];
}
