import { describe, expect, it } from "vitest";
import { boxBetween, boxesOn, scaleBox } from "./boxes";
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

it("what is dragged over the shown page is a box in points of the page, a click is none", () => {
  const shown = { left: 100, top: 50, width: 300, height: 400 } as DOMRect;
  const page = { width: 600, height: 800 };
  const drag = (x0: number, y0: number, x1: number, y1: number) =>
    boxBetween({ x: x0, y: y0 }, { x: x1, y: y1 }, shown, page);
  expect(drag(110, 60, 160, 70)).toEqual([20, 20, 120, 40]);
  expect(drag(160, 70, 110, 60)).toEqual([20, 20, 120, 40]);
  expect(drag(0, 0, 1000, 60)).toEqual([0, 0, 600, 20]);
  expect(drag(110, 60, 111, 60)).toBeNull();
});
