import { expect, it } from "vitest";
import { inWords, tell } from "./told";
import type { Told } from "./told";

const WEAK: Told = {
  by: "reader",
  own: "“7” has one sign only: below the label “No”.",
  notes: [
    {
      key: "weak",
      values: { value: "7", signs: [{ key: "label.below", values: { label: "No" } }] },
    },
  ],
};

it("leaves English to who said it", () => {
  expect(tell("en", WEAK)).toBe(WEAK.own);
});

it("puts phrases within phrases into the language", () => {
  expect(tell("zh", WEAK)).toBe("“7”只有一个依据：在标签“No”下方。");
});

it("fills in what is known here only", () => {
  const missing: Told = {
    by: "reader",
    own: "No issue date was found.",
    notes: [{ key: "missing", values: { field: "issue date" } }],
  };
  expect(tell("zh", missing, { field: "开票日期" })).toBe("未找到开票日期。");
});

it("keeps the own words of a rule that it does not know", () => {
  const own = "No orders from this vendor on Sundays.";
  expect(tell("zh", { by: "rule", own, notes: [{ key: "mine", values: {} }] })).toBe(own);
});

it("puts a code that has no text into words", () => {
  expect(inWords("START_EVENT")).toBe("Start event");
  expect(inWords("process.start_instance")).toBe("Start instance");
});
