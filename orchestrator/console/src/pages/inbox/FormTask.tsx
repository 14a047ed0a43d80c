import { Alert } from "antd";
import { useState } from "react";
import { Scrollable } from "../../components/Scrollable";
import { useForm } from "../../components/formjs";
import { SubmitBar } from "./Desk";
import type { TaskProps } from "./Desk";

const BARE = { type: "default", components: [] };

/** Any other form, drawn from its form-js schema; a task without a form has only the button. */
export default function FormTask({ task, disabled, busy, onComplete }: TaskProps) {
  // As it was when the task was opened: a refresh must not undo what has been typed since.
  const [schema] = useState(task.form?.schema ?? BARE);
  const { place, problem, submit } = useForm(schema, task.variables, disabled);
  const send = () => {
    const data = submit();
    if (data) onComplete(data);
  };
  return (
    <div className="desk-side desk-single">
      <Scrollable className="desk-form" label={task.name}>
        <div ref={place} />
        {problem && <Alert type="error" showIcon message={problem} />}
      </Scrollable>
      <SubmitBar disabled={disabled} busy={busy} onSubmit={send} />
    </div>
  );
}
