import { Input } from "antd";
import type { Variables } from "../api/types";
import { useT } from "../i18n";

/** The object that the text holds; null when it holds none. */
export function asObject(text: string): Variables | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Variables)
      : null;
  } catch {
    return null;
  }
}

interface Props {
  label: string;
  value: string;
  disabled?: boolean;
  onChange: (text: string) => void;
}

/** Variables as JSON, which says at once when they are none. */
export function ObjectInput({ label, value, disabled = false, onChange }: Props) {
  const t = useT();
  const wrong = asObject(value) === null;
  return (
    <>
      <Input.TextArea
        className="mono"
        value={value}
        disabled={disabled}
        autoSize={{ minRows: 8, maxRows: 24 }}
        status={wrong ? "error" : undefined}
        aria-label={label}
        aria-invalid={wrong}
        onChange={(event) => onChange(event.target.value)}
      />
      {wrong && (
        <div className="remark remark-error" role="alert">
          {t("exception.invalid")}
        </div>
      )}
    </>
  );
}
