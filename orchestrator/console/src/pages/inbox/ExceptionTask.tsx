import { useState } from "react";
import { JsonView } from "../../components/JsonView";
import { ObjectInput, asObject } from "../../components/ObjectInput";
import { useT } from "../../i18n";
import { Desk, SubmitBar } from "./Desk";
import type { TaskProps } from "./Desk";

/** A bot stopped before there was anything to correct: a person supplies its result. */
export function ExceptionTask({ task, disabled, busy, onComplete }: TaskProps) {
  const t = useT();
  const [text, setText] = useState("{\n  \n}");
  const variables = asObject(text);
  return (
    <Desk
      task={task}
      label={task.name}
      foot={
        <SubmitBar
          label={t("exception.complete")}
          disabled={disabled || !variables}
          busy={busy}
          onSubmit={() => variables && onComplete(variables)}
        />
      }
    >
      <h3>{t("work.payload")}</h3>
      <JsonView label={t("work.payload")} value={task.variables} />
      <h3>{t("exception.variables")}</h3>
      <ObjectInput
        label={t("exception.variables")}
        value={text}
        disabled={disabled}
        onChange={setText}
      />
    </Desk>
  );
}
