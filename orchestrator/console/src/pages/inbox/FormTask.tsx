import { Form } from "@bpmn-io/form-js";
import "@bpmn-io/form-js/dist/assets/form-js.css";
import { Alert, Button } from "antd";
import { useEffect, useRef, useState } from "react";
import type { UserTaskDetail, Variables } from "../../api/types";
import { useT } from "../../i18n";
import { useKeys } from "./keys";
import { Scrollable } from "../../components/Scrollable";

interface Props {
  task: UserTaskDetail;
  disabled: boolean;
  busy: boolean;
  onComplete: (variables: Variables) => void;
}

const BARE = { type: "default", components: [] };

/** Any other form, drawn from its form-js schema; a task without a form has only the button. */
export default function FormTask({ task, disabled, busy, onComplete }: Props) {
  const t = useT();
  const place = useRef<HTMLDivElement>(null);
  const form = useRef<Form | null>(null);
  const [problem, setProblem] = useState("");
  // As it was when the task was opened: a refresh must not undo what has been typed since.
  const [opened] = useState(task);
  useEffect(() => {
    if (!place.current) return;
    const drawn = new Form({ container: place.current });
    form.current = drawn;
    drawn.importSchema(opened.form?.schema ?? BARE, opened.variables).catch((error: unknown) => {
      setProblem(String(error));
    });
    return () => drawn.destroy();
  }, [opened]);
  useEffect(() => form.current?.setProperty("readOnly", disabled), [disabled]);

  const submit = () => {
    if (!form.current || disabled || busy) return;
    const { data, errors } = form.current.submit() as { data: Variables; errors: object };
    const valid = Object.keys(errors).length === 0;
    setProblem(valid ? "" : t("form.invalid"));
    if (valid) onComplete(data);
  };
  useKeys({ submit });
  return (
    <div className="desk-side desk-single">
      <Scrollable className="desk-form" label={task.name}>
        <div ref={place} />
        {problem && <Alert type="error" showIcon message={problem} />}
      </Scrollable>
      <div className="decision decision-end">
        <Button type="primary" loading={busy} disabled={disabled || busy} onClick={submit}>
          {t("form.submit")} <kbd>Ctrl ⏎</kbd>
        </Button>
      </div>
    </div>
  );
}
