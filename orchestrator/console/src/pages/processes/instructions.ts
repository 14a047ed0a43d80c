import type { Modification } from "../../api/types";

/** One line of the dialog: what to do with a token. */
export type Instruction =
  | { kind: "move"; from: string; to: string }
  | { kind: "activate"; to: string }
  | { kind: "terminate"; from: string };

/** The instructions in the shape of the API. */
export function modificationOf(instructions: Instruction[]): Modification {
  const body = {
    activateInstructions: [] as object[],
    moveInstructions: [] as object[],
    terminateInstructions: [] as object[],
  };
  for (const one of instructions) {
    if (one.kind === "activate") body.activateInstructions.push({ elementId: one.to });
    if (one.kind === "terminate") body.terminateInstructions.push({ elementId: one.from });
    if (one.kind === "move") {
      body.moveInstructions.push({
        sourceElementInstruction: { sourceType: "byId", sourceElementId: one.from },
        targetElementId: one.to,
        ancestorScopeInstruction: { ancestorScopeType: "inferred" },
      });
    }
  }
  return body as Modification;
}
