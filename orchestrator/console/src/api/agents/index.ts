import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../client";
import type { Agent } from "../types";

export const agentKeys = { all: ["agent"] as const };

export function useAgents() {
  return useQuery({
    queryKey: agentKeys.all,
    queryFn: () => api.search<Agent>("/v2/agents"),
    // A silent agent sends no event: that it went offline must be asked for.
    refetchInterval: 15_000,
  });
}

export function useDrain() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) => api.post(`/v2/agents/${key}/drain`),
    onSettled: () => client.invalidateQueries({ queryKey: agentKeys.all }),
  });
}

export function useEnrollmentToken() {
  return useMutation({
    mutationFn: (name: string | undefined) =>
      api.post<{ enrollmentToken: string }>(
        "/v2/agents/enrollment-tokens",
        name ? { name } : {},
      ),
  });
}
