import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { listen } from "./stream";
import type { Topic } from "./types";

/** The first part of the query keys that a change of the topic makes stale. */
const STALE: Partial<Record<string, string[]>> = {
  "user-task": ["user-task", "process-instance"],
  "work-item": ["work-item"],
  "process-instance": ["process-instance", "decision-instance"],
  incident: ["process-instance"],
  agent: ["agent"],
  "error-budget": ["error-budget"],
  migration: ["migration"],
  vendor: ["vendor"],
} satisfies Record<Topic, string[]>;

// Work arrives in bursts: one refresh for all that came within this time.
const GATHER_MS = 300;

/** Keeps queries fresh by server-sent events; tells whether the stream is open. */
export function useLiveUpdates(): boolean {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const stale = new Set<string>();
    let timer: number | undefined;
    let lost = false;
    const refresh = () => {
      timer = undefined;
      for (const root of stale) void client.invalidateQueries({ queryKey: [root] });
      stale.clear();
    };
    const stop = listen("/v2/events", {
      onChange: (data) => {
        const { topic } = JSON.parse(data) as { topic: string };
        for (const root of STALE[topic] ?? []) stale.add(root);
        timer ??= window.setTimeout(refresh, GATHER_MS);
      },
      onOpen: () => {
        setOpen(true);
        // What changed while the stream was down was not told.
        if (lost) void client.invalidateQueries();
        lost = false;
      },
      onLost: () => {
        lost = true;
        setOpen(false);
      },
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [client]);
  return open;
}
