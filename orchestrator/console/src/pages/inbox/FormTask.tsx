import { Alert, Button } from "antd";
import { useState } from "react";
import type { UserTaskDetail, Variables } from "../../api/types";
import { Scrollable } from "../../components/Scrollable";
import { useForm } from "../../components/formjs";
import { useT } from "../../i18n";
import { useKeys } from "../../components/keys";

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
  // As it was when the task was opened: a refresh must not undo what has been typed since.
  const [schema] = useState(task.form?.schema ?? BARE);
  const { place, problem, submit } = useForm(schema, task.variables, disabled);
  const send = () => {
    const data = disabled || busy ? null : submit();
    if (data) onComplete(data);
  };
  useKeys({ submit: send });
  return (
    <div className="desk-side desk-single">
      <Scrollable className="desk-form" label={task.name}>
        <div ref={place} />
        {problem && <Alert type="error" showIcon message={problem} />}
      </Scrollable>
      <div className="decision decision-end">
        <Button type="primary" loading={busy} disabled={disabled || busy} onClick={send}>
          {t("form.submit")} <kbd>Ctrl ⏎</kbd>
        </Button>
      </div>
    </div>
  );
}
