import { Scrollable } from "./Scrollable";

export function JsonView({ label, value }: { label: string; value: unknown }) {
  if (value === null || value === undefined) return <span className="muted">–</span>;
  return (
    <Scrollable label={label} className="code">
      {JSON.stringify(value, null, 2)}
    </Scrollable>
  );
}
