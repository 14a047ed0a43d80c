import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../client";
import { pageOf } from "../paging";
import type { LogLine, Queue, WorkItem, WorkItemDetail, WorkItemState } from "../types";

export interface WorkFilter {
  queue?: string;
  state?: WorkItemState;
}

export const workKeys = {
  all: ["work-item"] as const,
  queues: () => [...workKeys.all, "queues"] as const,
  list: (filter: WorkFilter, page: number) => [...workKeys.all, "list", filter, page] as const,
  one: (key: string) => [...workKeys.all, "one", key] as const,
};

export function useQueues() {
  return useQuery({
    queryKey: workKeys.queues(),
    queryFn: () => api.search<Queue>("/v2/queues"),
  });
}

export function useWorkItems(filter: WorkFilter, page: number) {
  return useQuery({
    queryKey: workKeys.list(filter, page),
    queryFn: () =>
      api.search<WorkItem>("/v2/work-items", {
        filter: { ...filter },
        sort: [{ field: "createdAt", order: "DESC" }],
        page: pageOf(page),
      }),
    placeholderData: keepPreviousData,
  });
}

export function useWorkItem(key: string | undefined) {
  return useQuery({
    queryKey: workKeys.one(key ?? ""),
    queryFn: () => api.get<WorkItemDetail>(`/v2/work-items/${key}`),
    enabled: key !== undefined,
  });
}

export function useRetry() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) => api.post(`/v2/work-items/${key}/retry`),
    onSettled: () => client.invalidateQueries({ queryKey: workKeys.all }),
  });
}

/** Lines of a run so far; while the run lives, asks every second for those after the last. */
export function useRunLog(runKey: string, live: boolean) {
  const client = useQueryClient();
  const queryKey = ["run-log", runKey];
  return useQuery({
    queryKey,
    queryFn: async () => {
      const known = client.getQueryData<LogLine[]>(queryKey) ?? [];
      const after = known.at(-1)?.number ?? 0;
      const page = await api.get<{ lines: LogLine[] }>(`/v2/runs/${runKey}/logs?after=${after}`);
      return [...known, ...page.lines.filter((line) => line.number > after)];
    },
    refetchInterval: live ? 1000 : false,
  });
}
