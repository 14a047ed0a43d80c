import type { Migration } from "../../api/types";

/** How far the plan's present step is, in per cent: checked, gone, or come back. */
export function progressOf({ state, instances }: Pick<Migration, "state" | "instances">): number {
  const { total, unchecked, migrated, reverted, failed, kept } = instances;
  const back = reverted + kept;
  const percent = (part: number, whole: number) =>
    whole === 0 ? 100 : Math.round((100 * part) / whole);
  if (state === "CHECKING" || state === "READY") return percent(total - unchecked, total);
  if (state === "REVERTING" || state === "REVERTED") return percent(back, back + migrated);
  return percent(migrated + failed, total);
}
