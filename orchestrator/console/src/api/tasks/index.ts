import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../client";
import type { UserTask, UserTaskDetail, Variables } from "../types";

export type TaskScope = "mine" | "unclaimed" | "all";

export const taskKeys = {
  all: ["user-task"] as const,
  list: () => [...taskKeys.all, "list"] as const,
  one: (key: string) => [...taskKeys.all, "one", key] as const,
};

const ORDER = [
  { field: "priority", order: "DESC" as const },
  { field: "creationDate", order: "ASC" as const },
];

export function useTasks() {
  return useQuery({
    queryKey: taskKeys.list(),
    queryFn: () =>
      api.search<UserTask>("/v2/user-tasks", {
        filter: { state: "CREATED" },
        sort: ORDER,
        page: { limit: 500 },
      }),
    placeholderData: keepPreviousData,
  });
}

export function useTask(key: string | undefined) {
  return useQuery({
    queryKey: taskKeys.one(key ?? ""),
    queryFn: () => api.get<UserTaskDetail>(`/v2/user-tasks/${key}`),
    enabled: key !== undefined,
  });
}

function useTaskMutation<T>(run: (input: T) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSettled: () => client.invalidateQueries({ queryKey: taskKeys.all }),
  });
}

export const useClaim = () =>
  useTaskMutation((input: { key: string; assignee: string }) =>
    api.post(`/v2/user-tasks/${input.key}/assignment`, {
      assignee: input.assignee,
      allowOverride: false,
    }),
  );

export const useUnclaim = () =>
  useTaskMutation((input: { key: string }) => api.delete(`/v2/user-tasks/${input.key}/assignee`));

export type Completion = { variables: Variables } | { retry: true };

export const useComplete = () =>
  useTaskMutation((input: { key: string; completion: Completion }) =>
    api.post(`/v2/user-tasks/${input.key}/completion`, input.completion),
  );
