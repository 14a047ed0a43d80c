import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../client";
import { pageOf } from "../paging";
import type { Mapping, Migration, MigrationMember, Suggestion } from "../types";

/** The states in which the server moves the plan on. */
export const AT_WORK: Migration["state"][] = ["CHECKING", "CANARY", "RUNNING", "REVERTING"];

export interface Pair {
  sourceProcessDefinitionKey: string;
  targetProcessDefinitionKey: string;
}

export type Step =
  | { path: "canary"; body: { size: number; includeRisky: boolean } }
  | { path: "continuation"; body: { includeRisky: boolean } }
  | { path: "pause" | "reversion" | "dry-run"; body?: undefined };

/** Which instances of a plan: all, those that have come to a state, or those that have not gone by
 * what the dry run said of them. */
export type MemberGroup = keyof Migration["instances"];

const GROUPS: Record<MemberGroup, Record<string, unknown>> = {
  total: {},
  unchecked: { state: "PENDING", verdict: { $exists: false } },
  ok: { state: "PENDING", verdict: "OK" },
  lacksVariable: { state: "PENDING", verdict: "LACKS_VARIABLE" },
  stuck: { state: "PENDING", verdict: "STUCK" },
  refused: { state: "PENDING", verdict: "REFUSED" },
  migrated: { state: "MIGRATED" },
  failed: { state: "FAILED" },
  reverted: { state: "REVERTED" },
  kept: { state: "KEPT" },
};

export const migrationKeys = {
  all: ["migration"] as const,
  list: (sources: string[]) => [...migrationKeys.all, "list", sources] as const,
  one: (key: string) => [...migrationKeys.all, "one", key] as const,
  members: (key: string, group: MemberGroup, page: number) =>
    [...migrationKeys.all, "one", key, group, page] as const,
  suggestion: (pair: Pair) => ["migration-suggestion", pair] as const,
};

export function useMigrations(sources: string[]) {
  return useQuery({
    queryKey: migrationKeys.list(sources),
    queryFn: () =>
      api.search<Migration>("/v2/migrations", {
        filter: { sourceProcessDefinitionKey: { $in: sources } },
        page: { limit: 5 },
      }),
    enabled: sources.length > 0,
  });
}

export function useMigration(key: string) {
  return useQuery({
    queryKey: migrationKeys.one(key),
    queryFn: () => api.get<Migration>(`/v2/migrations/${key}`),
  });
}

export function useMembers(key: string, group: MemberGroup, page: number) {
  return useQuery({
    queryKey: migrationKeys.members(key, group, page),
    queryFn: () =>
      api.search<MigrationMember>(`/v2/migrations/${key}/instances`, {
        filter: GROUPS[group],
        page: pageOf(page),
      }),
    placeholderData: keepPreviousData,
  });
}

/** The elements of two definitions, and the mapping that suggests itself. */
export function useSuggestion(pair: Pair, enabled = true) {
  return useQuery({
    queryKey: migrationKeys.suggestion(pair),
    queryFn: () => api.post<Suggestion>("/v2/migrations/suggestion", pair),
    enabled,
    staleTime: Infinity,
  });
}

export function useCreateMigration() {
  return useMutation({
    mutationFn: (body: Pair & { mappingInstructions: Mapping[] }) =>
      api.post<Migration>("/v2/migrations", body),
  });
}

export function useMigrationStep(key: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body }: Step) => api.post<Migration>(`/v2/migrations/${key}/${path}`, body),
    onSettled: () => client.invalidateQueries({ queryKey: migrationKeys.all }),
  });
}
