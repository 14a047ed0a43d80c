import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../client";
import { pageOf } from "../paging";
import type {
  ElementInstance,
  Forecast,
  Incident,
  FormDefinition,
  LedgerEvent,
  Modification,
  NewInstance,
  ProcessDefinition,
  ProcessInstance,
  StartedInstance,
  Variable,
} from "../types";

export interface InstanceFilter {
  processDefinitionId?: string;
  state?: ProcessInstance["state"];
  hasIncident?: boolean;
}

export const processKeys = {
  all: ["process-instance"] as const,
  definitions: () => ["process-definition"] as const,
  form: (key: string) => ["process-definition-form", key] as const,
  xml: (key: string) => ["process-definition-xml", key] as const,
  list: (filter: InstanceFilter, page: number) =>
    [...processKeys.all, "list", filter, page] as const,
  one: (key: string) => [...processKeys.all, "one", key] as const,
  part: (key: string, part: string) => [...processKeys.all, "one", key, part] as const,
};

export function useDefinitions() {
  return useQuery({
    queryKey: processKeys.definitions(),
    queryFn: () => api.search<ProcessDefinition>("/v2/process-definitions"),
  });
}

export function useDefinitionXml(key: string | undefined) {
  return useQuery({
    queryKey: processKeys.xml(key ?? ""),
    queryFn: () => api.text(`/v2/process-definitions/${key}/xml`),
    enabled: key !== undefined,
    staleTime: Infinity,
  });
}

/** The form that a person fills in who starts the process; null when it has none. */
export function useStartForm(key: string) {
  return useQuery({
    queryKey: processKeys.form(key),
    queryFn: async () => {
      const form = await api.get<FormDefinition | undefined>(
        `/v2/process-definitions/${key}/form`,
      );
      return form ? (JSON.parse(form.schema) as object) : null;
    },
  });
}

export function useStart() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewInstance) => api.post<StartedInstance>("/v2/process-instances", body),
    onSuccess: () => client.invalidateQueries({ queryKey: processKeys.all }),
  });
}

export function useInstances(filter: InstanceFilter, page: number) {
  return useQuery({
    queryKey: processKeys.list(filter, page),
    queryFn: () =>
      api.search<ProcessInstance>("/v2/process-instances", {
        filter: { ...filter },
        sort: [{ field: "startDate", order: "DESC" }],
        page: pageOf(page),
      }),
    placeholderData: keepPreviousData,
  });
}

export function useInstance(key: string) {
  return useQuery({
    queryKey: processKeys.one(key),
    queryFn: () => api.get<ProcessInstance>(`/v2/process-instances/${key}`),
  });
}

function useInstancePart<T>(key: string, part: string, path: string, options = "") {
  return useQuery({
    queryKey: processKeys.part(key, part),
    queryFn: () =>
      api.search<T>(path, { filter: { processInstanceKey: key }, page: { limit: 1000 } }, options),
  });
}

export const useElements = (key: string) =>
  useInstancePart<ElementInstance>(key, "elements", "/v2/element-instances");
export const useVariables = (key: string) =>
  useInstancePart<Variable>(key, "variables", "/v2/variables", "?truncateValues=false");
export const useIncidents = (key: string) =>
  useInstancePart<Incident>(key, "incidents", "/v2/incidents");

export function useHistory(key: string) {
  return useQuery({
    queryKey: processKeys.part(key, "history"),
    queryFn: () => api.get<{ items: LedgerEvent[] }>(`/v2/process-instances/${key}/history`),
  });
}

function useInstanceMutation(path: (key: string) => string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) => api.post(path(key)),
    onSettled: () => client.invalidateQueries({ queryKey: processKeys.all }),
  });
}

export const useCancelInstance = () =>
  useInstanceMutation((key) => `/v2/process-instances/${key}/cancellation`);
export const useSuspendInstance = () =>
  useInstanceMutation((key) => `/v2/process-instances/${key}/suspension`);
export const useResumeInstance = () =>
  useInstanceMutation((key) => `/v2/process-instances/${key}/resumption`);

/** `try` tells what the modification would make of the instance, `apply` does it. */
export function useModification(key: string) {
  const client = useQueryClient();
  const path = `/v2/process-instances/${key}/modification`;
  return {
    try: useMutation({
      mutationFn: (body: Modification) => api.post<Forecast>(`${path}/dry-run`, body),
    }),
    apply: useMutation({
      mutationFn: (body: Modification) => api.post(path, body),
      onSettled: () => client.invalidateQueries({ queryKey: processKeys.all }),
    }),
  };
}

export const useResolveIncident = () =>
  useInstanceMutation((key) => `/v2/incidents/${key}/resolution`);
