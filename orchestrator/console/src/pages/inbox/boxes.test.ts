import { describe, expect, it } from "vitest";
import { boxesOn, scaleBox } from "./boxes";
import { anInvoice } from "./fixtures";

const A4 = { width: 600, height: 800 };

describe("scaleBox", () => {
  it("turns points into percentages of the page, with a small margin", () => {
    expect(scaleBox([62, 82, 298, 98], A4)).toEqual({ left: 10, top: 10, width: 40, height: 2.5 });
  });

  it("stays on the page and accepts corners in any order", () => {
    const scaled = scaleBox([620, 810, -10, -5], A4);
    expect(scaled).toEqual({ left: 0, top: 0, width: 100, height: 100 });
  });

  it("survives a page without a size", () => {
    expect(scaleBox([1, 2, 3, 4], { width: 0, height: 0 }).width).toBe(0);
  });
});

describe("boxesOn", () => {
  it("gives the boxes of one page only and skips fields without a place", () => {
    expect(boxesOn(anInvoice(), 1).map(({ field }) => field)).toEqual(["number", "gross"]);
    expect(boxesOn(anInvoice(), 2).map(({ field }) => field)).toEqual(["iban"]);
    expect(boxesOn(null, 1)).toEqual([]);
  });
});
