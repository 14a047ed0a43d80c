import { expect, it } from "vitest";
import { ZH, say } from "./sentences";

it("leaves English to who said it, and what is not known as it is", () => {
  expect(say("en", "No rule matches")).toBe("No rule matches");
  expect(say("zh", "Quota exceeded in SAP")).toBe("Quota exceeded in SAP");
});

it("knows a sentence by its words, and puts its values in", () => {
  expect(say("zh", "No process 'pay' is deployed.")).toBe("没有部署流程“pay”。");
  expect(say("zh", "its id '1a' is none of A, B")).toBe("id“1a”不在 A, B 之内");
});

it("tells sentences within a sentence", () => {
  expect(say("zh", "Decision 'risk': No rule matches.")).toBe("决策“risk”：没有匹配的规则。");
  expect(say("zh", "The condition of f1 '=a > 1' is not true or false: No variable named 'a'")).toBe(
    "f1 的条件“=a > 1”不是真或假：没有名为“a”的变量",
  );
  expect(say("zh", "date(string): not a date; No variable named 'b'")).toBe(
    "date(string)：不是日期；没有名为“b”的变量",
  );
  expect(say("zh", "Rule 3 never answers: earlier rules match first.")).toBe(
    "规则 3 永远不会给出答案：前面的规则先匹配。",
  );
});

it("does not take a name with a colon for a sentence", () => {
  expect(say("zh", "SAP: out of order")).toBe("SAP: out of order");
});

it("has a text for each that puts in the values that it was given", () => {
  for (const [said, told] of Object.entries(ZH)) {
    const given = said.split("{}").slice(1).map((_, at) => String(at));
    const used = [...told.matchAll(/\{(\d)\}/g)].map(([, at]) => at);
    expect(used.sort(), said).toEqual(given);
  }
});

it("is soon done with a long text that it does not know", () => {
  const words = Array.from({ length: 400 }, (_, at) => `word${at}:`).join(" ");
  const began = performance.now();
  expect(say("zh", words)).toBe(words);
  expect(performance.now() - began).toBeLessThan(1000);
});
