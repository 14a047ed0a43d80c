import { Alert, App, Button, Skeleton, Space, Tag } from "antd";
import { Suspense, lazy } from "react";
import { Link } from "react-router-dom";
import { BLANK, asInvoice } from "../../api/invoice";
import { useClaim, useComplete, useTask, useUnclaim } from "../../api/tasks";
import type { Completion } from "../../api/tasks";
import { Problem } from "../../components/Problem";
import { Said } from "../../components/Said";
import { Time } from "../../components/Time";
import { useT } from "../../i18n";
import { useNamed } from "../../i18n/told";
import type { TaskProps } from "./Desk";
import { ExceptionTask } from "./ExceptionTask";
import { InvoiceTask } from "./InvoiceTask";
import { LookTask } from "./LookTask";
import { useKeys } from "../../components/keys";

const FormTask = lazy(() => import("./FormTask"));

interface Props {
  taskKey: string;
  username: string;
  onDone: () => void;
}

/** One task: who has it, what it is about, and the form that settles it. */
export function TaskPane({ taskKey, username, onDone }: Props) {
  const t = useT();
  const { message } = App.useApp();
  const query = useTask(taskKey);
  const claim = useClaim();
  const unclaim = useUnclaim();
  const named = useNamed();
  const complete = useComplete();
  const task = query.data;
  const take = () => {
    if (task && !task.assignee) claim.mutate({ key: taskKey, assignee: username });
  };
  useKeys({ claim: take });

  if (query.isPending) return <Skeleton active paragraph={{ rows: 12 }} style={{ padding: 24 }} />;
  if (!task) return <Problem error={query.error} onRetry={() => void query.refetch()} />;
  const finish = (completion: Completion) =>
    complete.mutate(
      { key: taskKey, completion },
      {
        onSuccess: () => {
          void message.success(t("inbox.done"));
          onDone();
        },
      },
    );
  const open = task.state === "CREATED";
  const mine = task.assignee === username;
  return (
    <section className="pane" aria-label={task.name}>
      <header className="pane-head">
        <div>
          <h2>{task.title || <Said text={task.name} />}</h2>
          <Space size={8} className="muted" wrap>
            <Tag color={task.kind === "review" ? "orange" : "blue"} bordered={false}>
              {t(`inbox.${task.kind}`)}
            </Tag>
            {task.title && task.kind !== "second_look" && <Said text={task.name} />}
            <Time at={task.creationDate} />
            {task.processInstanceKey && (
              <Link to={`/processes/${task.processInstanceKey}`}>{t("inbox.openInstance")}</Link>
            )}
          </Space>
        </div>
        <Space>
          {task.assignee && (
            <span className="muted">{t("inbox.claimedBy", { name: task.assignee })}</span>
          )}
          {open && mine && (
            <Button size="small" onClick={() => unclaim.mutate({ key: taskKey })}>
              {t("inbox.unclaim")}
            </Button>
          )}
          {open && !task.assignee && (
            <Button type="primary" loading={claim.isPending} onClick={take}>
              {t("inbox.claim")} <kbd>c</kbd>
            </Button>
          )}
        </Space>
      </header>
      {!open && <Alert banner type="info" message={t("inbox.ended")} />}
      {open && !task.assignee && !task.isSealed && (
        <Alert banner type="info" message={t("inbox.claimFirst")} />
      )}
      {task.isSealed && (
        <Alert banner type="info" message={t("sealed.title")} description={t("sealed.task")} />
      )}
      {task.exception && (
        <Alert
          banner
          type="error"
          message={t("exception.title", {
            code: named("exception", task.exception.code ?? task.exception.type),
          })}
          description={<Said text={task.exception.message} />}
          action={
            task.kind === "review" && (
              <Button
                size="small"
                disabled={!mine || !open || complete.isPending}
                onClick={() => finish({ retry: true })}
              >
                {t("exception.retry")}
              </Button>
            )
          }
        />
      )}
      <Problem error={claim.error ?? unclaim.error ?? complete.error} />
      {!task.isSealed && (
        <Body
          key={task.userTaskKey}
          task={task}
          disabled={!open || !mine}
          busy={complete.isPending}
          onComplete={(variables) => finish({ variables })}
        />
      )}
    </section>
  );
}

function Body(props: TaskProps) {
  const { task } = props;
  const invoice = asInvoice(task.variables.invoice);
  // An unreadable document has no invoice yet: the person types what the page shows.
  if (task.formId === "invoice_approval") {
    return <InvoiceTask {...props} invoice={invoice ?? BLANK} mode="approval" />;
  }
  if (task.formId === "invoice_review" || (invoice && task.kind === "review")) {
    return <InvoiceTask {...props} invoice={invoice ?? BLANK} mode="review" />;
  }
  if (task.kind === "second_look") return <LookTask {...props} />;
  if (task.kind === "review") return <ExceptionTask {...props} />;
  return (
    <Suspense fallback={<Skeleton active style={{ padding: 24 }} />}>
      <FormTask {...props} />
    </Suspense>
  );
}
