import type { Invoice, InvoiceField } from "../../api/invoice";

const read = (value: string, part: Partial<InvoiceField> = {}): InvoiceField => ({
  value,
  page: 1,
  box: [60, 80, 160, 92],
  source: "label",
  confidence: 0.9,
  trusted: true,
  reason: "",
  ...part,
});

/** An invoice of two pages whose gross is in doubt, for tests. */
export function anInvoice(): Invoice {
  return {
    file: "a.pdf",
    pages: 2,
    page_sizes: [
      [595, 842],
      [595, 842],
    ],
    fields: {
      number: read("RE-1"),
      seller: read("Muster GmbH", { box: null }),
      gross: read("120.00", { trusted: false, reason: "sum differs" }),
      iban: read("DE89370400440532013000", { page: 2 }),
    },
    lines: [{ description: "Bolts", quantity: "10", unit_price: "10.00", amount: "100.00" }],
    doubts: [
      {
        field: "gross",
        code: "arithmetic.gross",
        message: "100.00 + 19.00 is 119.00, but the gross amount reads 120.00.",
        notes: [
          { key: "sum", values: { net: "100.00", tax: "19.00", sum: "119.00", gross: "120.00" } },
        ],
      },
    ],
    trusted: false,
  };
}
