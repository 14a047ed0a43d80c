import { Button } from "antd";
import type { ComponentProps, ReactNode } from "react";
import { documentOf } from "../../api/documents";
import type { UserTaskDetail, Variables } from "../../api/types";
import { Scrollable } from "../../components/Scrollable";
import { useKeys } from "../../components/keys";
import { useT } from "../../i18n";
import { DocumentViewer } from "./DocumentViewer";

/** What every kind of task is given. */
export interface TaskProps {
  task: UserTaskDetail;
  disabled: boolean;
  busy: boolean;
  onComplete: (variables: Variables) => void;
}

/** A page on which nothing is pointed at. */
const BARE = {
  invoice: null,
  active: null,
  doubtful: new Set<string>(),
  onPick: () => undefined,
};

interface Props extends Partial<Omit<ComponentProps<typeof DocumentViewer>, "document">> {
  task: UserTaskDetail;
  label: string;
  foot: ReactNode;
  children: ReactNode;
}

/** The task's document, beside what a person makes of it, above what settles the task. */
export function Desk({ task, label, foot, children, ...shown }: Props) {
  return (
    <div className="desk">
      <DocumentViewer {...BARE} {...shown} document={documentOf(task.variables)} />
      <div className="desk-side">
        <Scrollable className="desk-form" label={label}>
          {children}
        </Scrollable>
        {foot}
      </div>
    </div>
  );
}

interface SubmitProps {
  label?: string;
  disabled: boolean;
  busy: boolean;
  onSubmit: () => void;
}

/** The one button that settles a task, by Ctrl+Enter too. */
export function SubmitBar({ label, disabled, busy, onSubmit }: SubmitProps) {
  const t = useT();
  const blocked = disabled || busy;
  const submit = () => !blocked && onSubmit();
  useKeys({ submit });
  return (
    <div className="decision decision-end">
      <Button type="primary" loading={busy} disabled={blocked} onClick={submit}>
        {label ?? t("form.submit")} <kbd>Ctrl ⏎</kbd>
      </Button>
    </div>
  );
}
