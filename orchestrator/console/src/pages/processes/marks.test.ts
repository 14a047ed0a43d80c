import { expect, it } from "vitest";
import type { ElementInstance } from "../../api/types";
import { marksOf } from "./marks";

const element = (elementId: string, state: ElementInstance["state"], hasIncident = false) =>
  ({ elementId, state, hasIncident }) as ElementInstance;

it("marks failed before live before completed, and counts what is live", () => {
  expect(
    marksOf([
      element("read", "COMPLETED"),
      element("check", "COMPLETED"),
      element("check", "ACTIVE"),
      element("enter", "ACTIVE"),
      element("enter", "ACTIVE", true),
      element("late", "TERMINATED"),
    ]),
  ).toEqual([
    { elementId: "read", state: "completed", live: 0 },
    { elementId: "check", state: "active", live: 1 },
    { elementId: "enter", state: "failed", live: 2 },
  ]);
});
