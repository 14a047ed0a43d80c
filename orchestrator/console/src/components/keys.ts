import { useEffect, useRef } from "react";

export type Action =
  | "next"
  | "previous"
  | "open"
  | "claim"
  | "submit"
  | "new"
  | "approve"
  | "reject"
  | "leave"
  | "help";

/** What is pressed where. */
export const KEYS = {
  inbox: [
    ["next", "j"],
    ["previous", "k"],
    ["open", "Enter"],
    ["claim", "c"],
    ["approve", "a"],
    ["reject", "r"],
  ],
  processes: [["new", "n"]],
  decisions: [["new", "n"]],
  everywhere: [
    ["submit", "Ctrl+Enter"],
    ["leave", "Esc"],
    ["help", "?"],
  ],
} as const satisfies Record<string, readonly (readonly [Action, string])[]>;

const PLAIN = new Map<string, Action>(
  Object.values(KEYS)
    .flat()
    .map(([action, key]) => [key, action]),
);
const TYPING = "input, textarea, select, [contenteditable=true], [role=combobox]";
const PRESSABLE = "button, a, [role=tab], [role=radio]";

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "target">;

/** The action a key press asks for. While somebody types, letters are letters. */
export function actionOf(press: Press): Action | null {
  const target = press.target instanceof Element ? press.target : null;
  if (press.key === "Enter" && (press.ctrlKey || press.metaKey)) return "submit";
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (target?.closest(TYPING)) return press.key === "Escape" ? "leave" : null;
  if (press.key === "Enter" && target?.closest(PRESSABLE)) return null;
  return PLAIN.get(press.key) ?? null;
}

/** Binds actions to keys while the component is shown; an action not given passes by. */
export function useKeys(actions: Partial<Record<Action, () => void>>): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const action = actionOf(event);
      const run = action && latest.current[action];
      if (!run) return;
      event.preventDefault();
      run();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
