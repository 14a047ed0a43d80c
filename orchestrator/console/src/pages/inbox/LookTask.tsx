import { Alert, Input, Radio } from "antd";
import { useEffect, useState } from "react";
import type { Variables } from "../../api/types";
import { useT } from "../../i18n";
import { Desk, SubmitBar } from "./Desk";
import type { TaskProps } from "./Desk";
import { inputId } from "./FieldForm";
import { decimalOf } from "./amounts";
import { useFieldLabel } from "./labels";

const FIELDS = ["number", "issue_date", "currency", "net", "tax", "gross"];
const AMOUNTS = new Set(["net", "tax", "gross"]);
const HINTS: Record<string, string> = { issue_date: "2026-05-31", currency: "EUR" };

/** A second look: the page beside empty fields, and nothing of what a bot read. When two have
 * read differently, only what they dispute, with both values and not whose they are. */
export function LookTask({ task, disabled, busy, onComplete }: TaskProps) {
  const t = useT();
  const disputed = disputedIn(task.variables);
  const names = disputed ? FIELDS.filter((name) => name in disputed) : FIELDS;
  const [values, setValues] = useState<Record<string, string>>({});
  const [active, setActive] = useState<string | null>(null);
  const first = names[0];
  useEffect(() => {
    if (first && !disabled) document.getElementById(inputId(first))?.focus();
  }, [first, disabled]);

  // Who settles a dispute says something of each field, be it that the page does not have it.
  const settled = !disputed || names.every((name) => values[name] !== undefined);
  const submit = () => {
    const said = names.map((name) => [name, asSaid(name, values[name] ?? "")]);
    onComplete(Object.fromEntries(said) as Variables);
  };
  return (
    <Desk
      task={task}
      label={task.name}
      foot={
        <SubmitBar
          label={t("look.submit")}
          disabled={disabled || !settled}
          busy={busy}
          onSubmit={submit}
        />
      }
    >
      <Alert type="info" showIcon message={t(disputed ? "look.disputed" : "look.blind")} />
      <h3>{t("invoice.fields")}</h3>
      <div className="fields">
        {names.map((name) => (
          <LookField
            key={name}
            name={name}
            value={values[name]}
            choices={disputed ? [...new Set([...(disputed[name] ?? []), ""])] : []}
            active={name === active}
            disabled={disabled}
            onFocus={() => setActive(name)}
            onChange={(value) => setValues({ ...values, [name]: value })}
          />
        ))}
      </div>
    </Desk>
  );
}

interface FieldProps {
  name: string;
  value: string | undefined;
  choices: string[];
  active: boolean;
  disabled: boolean;
  onFocus: () => void;
  onChange: (value: string) => void;
}

function LookField({ name, value, choices, active, disabled, onFocus, onChange }: FieldProps) {
  const t = useT();
  const label = useFieldLabel();
  return (
    <div className={choices.length ? "field field-wide" : "field"} data-active={active}>
      <label htmlFor={inputId(name)}>{label(name)}</label>
      {choices.length > 0 && (
        <Radio.Group
          value={value}
          disabled={disabled}
          aria-label={label(name)}
          onChange={(event) => onChange(String(event.target.value))}
          options={choices.map((choice) => ({
            value: choice,
            label: choice || t("look.notThere"),
          }))}
        />
      )}
      <Input
        id={inputId(name)}
        size="small"
        value={value ?? ""}
        disabled={disabled}
        placeholder={HINTS[name] ?? t("look.empty")}
        onFocus={onFocus}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

function asSaid(name: string, value: string): string {
  return AMOUNTS.has(name) ? decimalOf(value) : value.trim();
}

function disputedIn(variables: Variables): Record<string, string[]> | null {
  const disputed = (variables.disputed ?? {}) as Record<string, string[]>;
  return Object.keys(disputed).length > 0 ? disputed : null;
}
