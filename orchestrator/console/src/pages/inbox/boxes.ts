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
