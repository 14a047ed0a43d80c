import { Badge, Segmented, Skeleton } from "antd";
import { useEffect, useRef } from "react";
import type { TaskScope } from "../../api/tasks";
import type { UserTask } from "../../api/types";
import { Nothing } from "../../components/Nothing";
import { Time } from "../../components/Time";
import { useT } from "../../i18n";
import { useSay } from "../../i18n/sentences";

interface Props {
  tasks: UserTask[];
  counts: Record<TaskScope, number>;
  loading: boolean;
  scope: TaskScope;
  cursor: string | undefined;
  opened: string | undefined;
  onScope: (scope: TaskScope) => void;
  onOpen: (key: string) => void;
}

const SCOPES: TaskScope[] = ["mine", "unclaimed", "all"];

export function TaskList(props: Props) {
  const t = useT();
  const say = useSay();
  const { tasks, counts, loading, scope, cursor, opened } = props;
  const names = { mine: t("inbox.mine"), unclaimed: t("inbox.unclaimed"), all: t("common.all") };
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector("[data-cursor=true]")?.scrollIntoView({ block: "nearest" });
  }, [cursor]);
  return (
    <section className="task-list" aria-label={t("inbox.tasks")}>
      <Segmented
        block
        value={scope}
        onChange={props.onScope}
        options={SCOPES.map((value) => ({
          value,
          label: (
            <>
              {names[value]} <span className="muted tabular">{counts[value]}</span>
            </>
          ),
        }))}
      />
      {loading && <Skeleton active paragraph={{ rows: 10 }} style={{ marginTop: 16 }} />}
      {!loading && tasks.length === 0 && (
        <Nothing title={t("inbox.empty")} hint={t("inbox.empty.hint")} />
      )}
      <ul ref={list}>
        {tasks.map((task) => (
          <li key={task.userTaskKey} data-cursor={task.userTaskKey === cursor}>
            <button
              type="button"
              aria-current={task.userTaskKey === opened}
              onClick={() => props.onOpen(task.userTaskKey)}
            >
              <strong>
                <Badge status={task.kind === "review" ? "warning" : "processing"} />{" "}
                {task.title || task.businessKey || say(task.name)}
              </strong>
              <span className="muted">
                <span>{task.kind === "second_look" ? t("inbox.second_look") : say(task.name)}</span>
                <span>{task.assignee}</span>
              </span>
              <span className="muted">
                <Time at={task.creationDate} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
