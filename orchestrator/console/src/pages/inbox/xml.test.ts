import { expect, it } from "vitest";
import { holds, parseXml } from "./xml";
import type { XmlNode } from "./xml";

const INVOICE = `<Invoice xmlns="urn:x" xmlns:c="urn:y">
  <c:IssueDate>20260305</c:IssueDate>
  <c:LegalTotal><c:PayableAmount currencyID="EUR">119.0</c:PayableAmount></c:LegalTotal>
</Invoice>`;

const tree = () => parseXml(INVOICE) as XmlNode;

it("reads element names as words, and attributes as hints", () => {
  const total = tree().children[1];
  expect(total).toMatchObject({ name: "Legal Total", value: "" });
  expect(total?.children[0]).toMatchObject({ value: "119.0", hint: "EUR" });
});

it("finds a field's value however the file writes it", () => {
  const [date, total] = tree().children as [XmlNode, XmlNode];
  const [payable] = total.children as [XmlNode];
  expect(holds(date, "2026-03-05")).toBe(true);
  expect(holds(payable, "119.00")).toBe(true);
  expect(holds(total, "119.00")).toBe(false);
  expect(holds(date, undefined)).toBe(false);
});

it("refuses entities, and tells what is not XML", () => {
  expect(parseXml('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')).toBe("unsafe");
  expect(parseXml("<a><b></a>")).toBeNull();
});
