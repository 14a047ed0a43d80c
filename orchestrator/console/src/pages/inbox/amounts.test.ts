import { expect, it } from "vitest";
import { decimalOf } from "./amounts";

it.each([
  ["1234.50", "1234.50"],
  ["1.234,50", "1234.50"],
  ["1,234.50", "1234.50"],
  ["1'234.5", "1234.5"],
  ["12 345,6", "12345.6"],
  ["1.234", "1234"],
  ["1.234.567", "1234567"],
  ["-99,9", "-99.9"],
  ["100", "100"],
  ["5.", "5"],
  ["", ""],
  ["about 5", "about 5"],
])("reads %j as %j", (typed, read) => {
  expect(decimalOf(typed)).toBe(read);
});
