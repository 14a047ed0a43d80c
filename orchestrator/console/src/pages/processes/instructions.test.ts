import { describe, expect, it } from "vitest";
import { modificationOf } from "./instructions";

describe("instructions", () => {
  it("become what the API understands", () => {
    const body = modificationOf([
      { kind: "move", from: "a", to: "b" },
      { kind: "activate", to: "c" },
      { kind: "terminate", from: "d" },
    ]);
    expect(body.activateInstructions).toEqual([{ elementId: "c" }]);
    expect(body.terminateInstructions).toEqual([{ elementId: "d" }]);
    expect(body.moveInstructions).toEqual([
      {
        sourceElementInstruction: { sourceType: "byId", sourceElementId: "a" },
        targetElementId: "b",
        ancestorScopeInstruction: { ancestorScopeType: "inferred" },
      },
    ]);
  });
});
