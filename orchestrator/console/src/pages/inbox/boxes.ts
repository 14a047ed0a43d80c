import type { PageSize } from "../../api/documents";
import type { Box, Invoice } from "../../api/invoice";

export interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

// A little air, in points, so that the frame does not cover the glyphs.
const MARGIN = 2;

const clamp = (value: number, high: number) => Math.min(Math.max(value, 0), high);
const percent = (part: number, whole: number) => (whole > 0 ? (part / whole) * 100 : 0);

/** A box in points as percentages of its page, so that it fits the image at every zoom. */
export function scaleBox([x0, y0, x1, y1]: Box, page: PageSize): Rectangle {
  const left = clamp(Math.min(x0, x1) - MARGIN, page.width);
  const top = clamp(Math.min(y0, y1) - MARGIN, page.height);
  const right = clamp(Math.max(x0, x1) + MARGIN, page.width);
  const bottom = clamp(Math.max(y0, y1) + MARGIN, page.height);
  return {
    left: percent(left, page.width),
    top: percent(top, page.height),
    width: percent(right - left, page.width),
    height: percent(bottom - top, page.height),
  };
}

export interface Point {
  x: number;
  y: number;
}

// In points: less is a click by an unsteady hand.
const SMALLEST = 3;

/** The box between two points of the shown page, in points of the page; null for a mere click. */
export function boxBetween(from: Point, to: Point, shown: DOMRect, page: PageSize): Box | null {
  const across = (x: number) =>
    shown.width > 0 ? clamp(((x - shown.left) / shown.width) * page.width, page.width) : 0;
  const down = (y: number) =>
    shown.height > 0 ? clamp(((y - shown.top) / shown.height) * page.height, page.height) : 0;
  const [x0, x1] = [across(from.x), across(to.x)].sort((a, b) => a - b) as [number, number];
  const [y0, y1] = [down(from.y), down(to.y)].sort((a, b) => a - b) as [number, number];
  return x1 - x0 < SMALLEST || y1 - y0 < SMALLEST ? null : [x0, y0, x1, y1];
}

export interface FieldBox {
  field: string;
  box: Box;
}

/** The boxes to draw on one page (pages count from 1). */
export function boxesOn(invoice: Invoice | null, page: number): FieldBox[] {
  return Object.entries(invoice?.fields ?? {}).flatMap(([field, read]) =>
    read.box && read.page === page ? [{ field, box: read.box }] : [],
  );
}
