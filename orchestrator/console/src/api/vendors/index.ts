import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../client";
import { pageOf } from "../paging";
import type { CurvePoint, Vendor, VendorDetail } from "../types";

/** How well something remembered has proved itself: who agreed, who spoke against it. */
export interface Standing {
  persons: number;
  machines: number;
  against: number;
  proven: boolean;
}

export interface LearnedPlace extends Standing {
  field: string;
  beside: string;
  above: string;
  page: number;
}

export interface LearnedValue extends Standing {
  field: string;
  value: string;
}

/** The table that the items stood in; without a heading the vendor lists none. */
export interface LearnedItems extends Standing {
  heading: string;
}

/** What the reading bot sums up of a vendor's memory. */
export interface Learned {
  places: LearnedPlace[];
  values: LearnedValue[];
  items?: LearnedItems[];
  formats: {
    language?: string | null;
    decimal_mark?: string | null;
    day_first?: boolean | null;
  };
}

export const vendorKeys = {
  all: ["vendor"] as const,
  list: (name: string, page: number) => [...vendorKeys.all, "list", name, page] as const,
  one: (key: string) => [...vendorKeys.all, "one", key] as const,
  curve: (key: string) => [...vendorKeys.all, "curve", key] as const,
};

export function useVendors(name: string, page: number) {
  return useQuery({
    queryKey: vendorKeys.list(name, page),
    queryFn: () =>
      api.search<Vendor>("/v2/vendors", {
        filter: name ? { name: { $like: `*${name}*` } } : {},
        sort: [{ field: "name", order: "ASC" }],
        page: pageOf(page),
      }),
    placeholderData: keepPreviousData,
  });
}

export function useVendor(key: string | undefined) {
  return useQuery({
    queryKey: vendorKeys.one(key ?? ""),
    queryFn: () => api.get<VendorDetail>(`/v2/vendors/${key}`),
    enabled: key !== undefined,
  });
}

/** The learning curve of one vendor, or of all. */
export function useCurve(key?: string) {
  return useQuery({
    queryKey: vendorKeys.curve(key ?? ""),
    queryFn: () =>
      api.get<{ points: CurvePoint[] }>(
        `/v2/vendors/learning-curve${key ? `?vendor=${key}` : ""}`,
      ),
  });
}

function useChange<Input>(change: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: vendorKeys.all }),
  });
}

export const useRevert = () =>
  useChange(({ key, version }: { key: string; version: number }) =>
    api.post(`/v2/vendors/${key}/revert`, { version }),
  );

export const useForget = () => useChange((key: string) => api.delete(`/v2/vendors/${key}`));
