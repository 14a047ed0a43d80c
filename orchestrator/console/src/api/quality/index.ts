import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../client";
import { pageOf } from "../paging";
import type { ErrorBudget, ErrorBudgetDetail, NewPolicy, SecondLook } from "../types";

export const qualityKeys = {
  all: ["error-budget"] as const,
  list: () => [...qualityKeys.all, "list"] as const,
  one: (key: string) => [...qualityKeys.all, "one", key] as const,
  looks: (key: string, page: number) => [...qualityKeys.all, "looks", key, page] as const,
};

export function useErrorBudgets() {
  return useQuery({
    queryKey: qualityKeys.list(),
    queryFn: () => api.search<ErrorBudget>("/v2/error-budgets"),
  });
}

export function useErrorBudget(key: string) {
  return useQuery({
    queryKey: qualityKeys.one(key),
    queryFn: () => api.get<ErrorBudgetDetail>(`/v2/error-budgets/${key}`),
    placeholderData: keepPreviousData,
  });
}

/** Second looks of a budget, the newest first; pages count from 1. */
export function useSecondLooks(key: string, page: number) {
  return useQuery({
    queryKey: qualityKeys.looks(key, page),
    queryFn: () =>
      api.search<SecondLook>("/v2/second-looks", {
        filter: { errorBudgetKey: key },
        page: pageOf(page),
      }),
    placeholderData: keepPreviousData,
  });
}

export function useSetPolicy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (policy: NewPolicy) => api.put<ErrorBudget>("/v2/error-budgets", policy),
    onSettled: () => client.invalidateQueries({ queryKey: qualityKeys.all }),
  });
}
