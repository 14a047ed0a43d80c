import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../client";
import { pageOf } from "../paging";
import type {
  Decision,
  DecisionInstance,
  DecisionInstanceDetail,
  Evaluated,
  Variables,
} from "../types";

export interface DecisionFilter {
  decisionDefinitionId?: string;
  decisionDefinitionKey?: string;
  decisionEvaluationKey?: string;
  processInstanceKey?: string;
  state?: "EVALUATED" | "FAILED";
}

export const decisionKeys = {
  definitions: () => ["decision-definition"] as const,
  xml: (key: string) => ["decision-definition", "xml", key] as const,
  instances: ["decision-instance"] as const,
  list: (filter: DecisionFilter, page: number) =>
    [...decisionKeys.instances, "list", filter, page] as const,
  one: (key: string) => [...decisionKeys.instances, "one", key] as const,
};

/** Every version of every decision. */
export function useDecisions() {
  return useQuery({
    queryKey: decisionKeys.definitions(),
    queryFn: () =>
      api.search<Decision>("/v2/decision-definitions", {
        sort: [{ field: "version", order: "DESC" }],
        page: { limit: 1000 },
      }),
  });
}

export function useDecisionXml(key: string | undefined) {
  return useQuery({
    queryKey: decisionKeys.xml(key ?? ""),
    queryFn: () => api.text(`/v2/decision-definitions/${key}/xml`),
    enabled: key !== undefined,
    staleTime: Infinity,
  });
}

export function useDecisionInstances(filter: DecisionFilter, page = 1) {
  return useQuery({
    queryKey: decisionKeys.list(filter, page),
    queryFn: () =>
      api.search<DecisionInstance>("/v2/decision-instances", {
        filter: { ...filter },
        sort: [{ field: "evaluationDate", order: "DESC" }],
        page: pageOf(page),
      }),
    placeholderData: keepPreviousData,
  });
}

export function useDecisionInstance(key: string) {
  return useQuery({
    queryKey: decisionKeys.one(key),
    queryFn: () => api.get<DecisionInstanceDetail>(`/v2/decision-instances/${key}`),
  });
}

export function useEvaluation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { decisionDefinitionKey: string; variables: Variables }) =>
      api.post<Evaluated>("/v2/decision-definitions/evaluation", body),
    onSuccess: () => client.invalidateQueries({ queryKey: decisionKeys.instances }),
  });
}
