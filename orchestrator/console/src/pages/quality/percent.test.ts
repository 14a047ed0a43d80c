import { expect, it } from "vitest";
import { percent } from "./percent";

it("keeps apart what a budget of 0.1 % must keep apart", () => {
  expect(percent(0.001, "en")).toBe("0.1%");
  expect(percent(0.00098, "en")).toBe("0.098%");
  expect(percent(0.0235, "en")).toBe("2.35%");
  expect(percent(1, "en")).toBe("100%");
  expect(percent(0, "zh")).toBe("0%");
});
