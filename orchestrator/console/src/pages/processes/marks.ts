import type { ElementInstance } from "../../api/types";

export interface Mark {
  elementId: string;
  state: "active" | "failed" | "completed";
  live: number;
}

/** One mark per element: failed before live before completed, with the count of live ones. */
export function marksOf(instances: ElementInstance[]): Mark[] {
  const byElement = new Map<string, ElementInstance[]>();
  for (const instance of instances) {
    byElement.set(instance.elementId, [...(byElement.get(instance.elementId) ?? []), instance]);
  }
  return [...byElement].flatMap(([elementId, own]): Mark[] => {
    const active = own.filter((instance) => instance.state === "ACTIVE");
    const live = active.length;
    if (active.some((instance) => instance.hasIncident)) {
      return [{ elementId, state: "failed", live }];
    }
    if (live > 0) return [{ elementId, state: "active", live }];
    const completed = own.some((instance) => instance.state === "COMPLETED");
    return completed ? [{ elementId, state: "completed", live: 0 }] : [];
  });
}
