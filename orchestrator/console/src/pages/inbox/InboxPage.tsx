import { useMemo, useState } from "react";
import { useNavigate, useParams } from "react-router-dom";
import { useTasks } from "../../api/tasks";
import type { TaskScope } from "../../api/tasks";
import type { User, UserTask } from "../../api/types";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { useT } from "../../i18n";
import { TaskList } from "./TaskList";
import { TaskPane } from "./TaskPane";
import { useKeys } from "../../components/keys";
import { inScope, neighbour } from "./order";

export function InboxPage({ user }: { user: User }) {
  const t = useT();
  const navigate = useNavigate();
  const { taskKey } = useParams();
  const [scope, setScope] = useState<TaskScope>("all");
  const [cursor, setCursor] = useState(taskKey);
  const query = useTasks();
  const all = useMemo<UserTask[]>(() => query.data?.items ?? [], [query.data]);
  const tasks = useMemo(() => inScope(all, scope, user.username), [all, scope, user]);
  const counts = {
    mine: inScope(all, "mine", user.username).length,
    unclaimed: inScope(all, "unclaimed", user.username).length,
    all: all.length,
  };

  const open = (key: string | undefined) => {
    setCursor(key);
    navigate(key ? `/inbox/${key}` : "/inbox");
  };
  useKeys({
    next: () => setCursor(neighbour(tasks, cursor, 1)),
    previous: () => setCursor(neighbour(tasks, cursor, -1)),
    open: () => cursor && open(cursor),
    leave: () => (document.activeElement as HTMLElement | null)?.blur(),
  });
  const following = () => {
    const next = neighbour(tasks, taskKey, 1);
    open(next === taskKey ? undefined : next);
  };

  return (
    <div className="inbox">
      <TaskList
        tasks={tasks}
        counts={counts}
        loading={query.isPending}
        scope={scope}
        cursor={cursor}
        opened={taskKey}
        onScope={setScope}
        onOpen={open}
      />
      <div className="inbox-main">
        <Problem error={query.error} onRetry={() => void query.refetch()} />
        {taskKey ? (
          <TaskPane key={taskKey} taskKey={taskKey} username={user.username} onDone={following} />
        ) : (
          <div className="centred">
            <Nothing title={t("inbox.pick")} hint={t("inbox.pick.hint")} />
          </div>
        )}
      </div>
    </div>
  );
}
