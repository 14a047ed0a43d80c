import { Button } from "antd";
import { useState } from "react";
import { documentOf } from "../../api/documents";
import type { UserTaskDetail, Variables } from "../../api/types";
import { JsonView } from "../../components/JsonView";
import { ObjectInput, asObject } from "../../components/ObjectInput";
import { Scrollable } from "../../components/Scrollable";
import { useT } from "../../i18n";
import { DocumentViewer } from "./DocumentViewer";
import { useKeys } from "../../components/keys";

interface Props {
  task: UserTaskDetail;
  disabled: boolean;
  busy: boolean;
  onComplete: (variables: Variables) => void;
}

const NOBODY: ReadonlySet<string> = new Set();

/** A bot stopped before there was anything to correct: a person supplies its result. */
export function ExceptionTask({ task, disabled, busy, onComplete }: Props) {
  const t = useT();
  const [text, setText] = useState("{\n  \n}");
  const variables = asObject(text);
  const complete = () => {
    if (variables && !disabled && !busy) onComplete(variables);
  };
  useKeys({ submit: complete });
  return (
    <div className="desk">
      <DocumentViewer
        document={documentOf(task.variables)}
        invoice={null}
        active={null}
        doubtful={NOBODY}
        onPick={() => undefined}
      />
      <div className="desk-side">
        <Scrollable className="desk-form" label={task.name}>
          <h3>{t("work.payload")}</h3>
          <JsonView label={t("exception.variables")} value={task.variables} />
          <h3>{t("exception.variables")}</h3>
          <ObjectInput
            label={t("exception.variables")}
            value={text}
            disabled={disabled}
            onChange={setText}
          />
        </Scrollable>
        <div className="decision decision-end">
          <Button
            type="primary"
            loading={busy}
            disabled={disabled || busy || !variables}
            onClick={complete}
          >
            {t("exception.complete")} <kbd>Ctrl ⏎</kbd>
          </Button>
        </div>
      </div>
    </div>
  );
}
