import type { TaskScope } from "../../api/tasks";
import type { UserTask } from "../../api/types";

export function inScope(tasks: UserTask[], scope: TaskScope, username: string): UserTask[] {
  if (scope === "mine") return tasks.filter((task) => task.assignee === username);
  if (scope === "unclaimed") return tasks.filter((task) => !task.assignee);
  return tasks;
}

/** The task a step away from the key; at either end the list stays where it is. */
export function neighbour(
  tasks: UserTask[],
  key: string | undefined,
  step: 1 | -1,
): string | undefined {
  const at = tasks.findIndex((task) => task.userTaskKey === key);
  if (at < 0) return tasks[0]?.userTaskKey;
  return (tasks[at + step] ?? tasks[at])?.userTaskKey;
}
