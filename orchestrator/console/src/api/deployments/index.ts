import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../client";
import { decisionKeys } from "../decisions";
import { processKeys } from "../processes";
import type { Deployment } from "../types";

export function useDeploy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (files: File[]) => {
      const form = new FormData();
      for (const file of files) form.append("resources", file, file.name);
      return api.post<Deployment>("/v2/deployments", form);
    },
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: processKeys.definitions() }),
        client.invalidateQueries({ queryKey: decisionKeys.definitions() }),
      ]),
  });
}
