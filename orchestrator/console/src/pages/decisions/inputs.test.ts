import { expect, it } from "vitest";
import { blank, inputsOf } from "./inputs";

const input = (text: string) =>
  `<input><inputExpression><text>${text}</text></inputExpression></input>`;
const FILE = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">
  <inputData id="i" name="Order"><variable name="order"/></inputData>
  <decision id="a" name="Discount"><variable name="discount"/><decisionTable>
    ${input("order.net")}${input("客户")}${input('"a text"')}
  </decisionTable></decision>
  <decision id="b" name="Price"><decisionTable>${input("discount")}</decisionTable></decision>
</definitions>`;

it("names what a file reads from outside", () => {
  expect(inputsOf(FILE)).toEqual(["order", "客户"]);
});

it("leaves their values to be filled in", () => {
  expect(JSON.parse(blank(["order"]))).toEqual({ order: null });
  expect(JSON.parse(blank([]))).toEqual({});
});
