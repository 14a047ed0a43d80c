import { describe, expect, it } from "vitest";
import {
  approval,
  changedFields,
  correction,
  draftOf,
  firstDoubtful,
  rejection,
  remarksByField,
  withPlaces,
} from "./draft";
import { anInvoice } from "./fixtures";
import type { Invoice } from "../../api/invoice";

describe("a correction", () => {
  it("sends what a person vouches for and names what was changed", () => {
    const invoice = anInvoice();
    const draft = draftOf(invoice);
    draft.values.gross = " 119.00 ";
    draft.values.due_date = "2026-01-31";
    const variables = correction(invoice, draft, "typo");
    const sent = variables.invoice as Invoice;
    expect(sent.trusted).toBe(true);
    expect(sent.doubts).toEqual([]);
    expect(sent.fields.gross).toMatchObject({ value: "119.00", source: "review", trusted: true });
    expect(sent.fields.gross?.box).toEqual(invoice.fields.gross?.box);
    expect(sent.fields.due_date).toMatchObject({ value: "2026-01-31", source: "review" });
    expect(sent.fields.number).toMatchObject({ value: "RE-1", source: "label", trusted: true });
    expect(variables.review).toEqual({
      decision: "correct",
      reason: "typo",
      changed: ["due_date", "gross"],
    });
  });

  it("leaves out a field that was emptied and tells changed lines", () => {
    const invoice = anInvoice();
    const draft = draftOf(invoice);
    draft.values.iban = "";
    draft.lines[0] = { ...draft.lines[0], quantity: "11" };
    const variables = correction(invoice, draft, "");
    expect((variables.invoice as Invoice).fields.iban).toBeUndefined();
    expect(changedFields(invoice, draft)).toEqual(["iban", "lines"]);
    expect(invoice.lines[0]?.quantity).toBe("10");
  });

  it("tells where a person has pointed at, the value changed or not", () => {
    const invoice = anInvoice();
    const draft = draftOf(invoice);
    draft.values.due_date = "2026-01-31";
    draft.places = {
      due_date: { page: 2, box: [1, 2, 30, 40] },
      number: { page: 1, box: [5, 5, 50, 15] },
    };
    const sent = correction(invoice, draft, "").invoice as Invoice;
    expect(sent.fields.due_date).toMatchObject({ page: 2, box: [1, 2, 30, 40] });
    expect(sent.fields.number).toMatchObject({ value: "RE-1", box: [5, 5, 50, 15] });
    expect(withPlaces(invoice, draft).fields.due_date?.box).toEqual([1, 2, 30, 40]);
  });

  it("of nothing is a confirmation", () => {
    const invoice = anInvoice();
    expect(changedFields(invoice, draftOf(invoice))).toEqual([]);
  });
});

it("a rejection and an approval carry decision and reason, and no invoice", () => {
  expect(rejection("not ours")).toEqual({
    review: { decision: "reject", reason: "not ours", changed: [] },
  });
  expect(approval("approve", "")).toEqual({ approval: { decision: "approve", reason: "" } });
});

describe("the first doubtful field", () => {
  it("is one with a doubt or a finding, in the order of the form", () => {
    const vendor = { field: "seller", severity: "error", rule: "v", message: "unknown" } as const;
    expect(firstDoubtful(anInvoice(), [])).toBe("gross");
    expect(firstDoubtful(anInvoice(), [vendor])).toBe("seller");
  });

  it("does not follow mere information, and may be none", () => {
    const invoice = { ...anInvoice(), doubts: [], fields: {} };
    const note = { field: "seller", severity: "info", rule: "v", message: "new" } as const;
    expect(firstDoubtful(invoice, [note])).toBeNull();
  });
});

it("remarks of no field are kept for the whole invoice", () => {
  const doubt = { field: null, code: "scan", message: "no text" };
  expect(remarksByField([doubt], []).get("")).toHaveLength(1);
});
