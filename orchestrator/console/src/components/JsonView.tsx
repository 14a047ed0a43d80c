export function JsonView({ value }: { value: unknown }) {
  if (value === null || value === undefined) return <span className="muted">–</span>;
  return <pre className="code">{JSON.stringify(value, null, 2)}</pre>;
}
