import { describe, expect, it } from "vitest";
import type { Migration } from "../../api/types";
import { progressOf } from "./progress";

const NONE = {
  total: 10,
  unchecked: 0,
  ok: 0,
  refused: 0,
  stuck: 0,
  lacksVariable: 0,
  migrated: 0,
  failed: 0,
  reverted: 0,
  kept: 0,
};
const at = (state: Migration["state"], instances: Partial<Migration["instances"]>) =>
  progressOf({ state, instances: { ...NONE, ...instances } });

describe("the progress of a migration", () => {
  it("counts what is checked, then what has gone, then what has come back", () => {
    expect(at("CHECKING", { unchecked: 4, ok: 6 })).toBe(60);
    expect(at("READY", { ok: 10 })).toBe(100);
    expect(at("RUNNING", { ok: 7, migrated: 2, failed: 1 })).toBe(30);
    expect(at("REVERTING", { migrated: 3, reverted: 1 })).toBe(25);
    expect(at("REVERTED", { ok: 10 })).toBe(100);
  });
});
