import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router-dom";
import { afterEach, expect, it } from "vitest";
import { agentKeys } from "../../api/agents";
import { sessionKeys } from "../../api/session";
import type { Agent, Permission } from "../../api/types";
import { LanguageProvider } from "../../i18n";
import { AgentsPage } from "./AgentsPage";

const AGENT: Agent = {
  agentKey: "7",
  name: "one",
  machine: "m",
  status: "ONLINE",
  lastSeen: "2026-01-01T00:00:00Z",
  queues: [],
  problems: [
    {
      code: "robot.command",
      values: { file: "bad/robot.yaml", task: "a" },
      message: "bad/robot.yaml: Task 'a' needs exactly one of ...",
    },
  ],
  runs: [],
};

function shown(permissions: Permission[]): void {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(sessionKeys.me, { permissions });
  client.setQueryData(agentKeys.all, { items: [AGENT], page: { totalItems: 1 } });
  render(
    <QueryClientProvider client={client}>
      <LanguageProvider>
        <MemoryRouter>
          <AgentsPage />
        </MemoryRouter>
      </LanguageProvider>
    </QueryClientProvider>,
  );
}

afterEach(() => localStorage.clear());

it("offers to enrol and to drain to those who may", () => {
  shown(["look", "manage_agents"]);
  expect(screen.getByRole("button", { name: /Enrol/ })).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Drain" })).toBeInTheDocument();
});

it("says what is wrong on an agent's machine", () => {
  shown(["look"]);
  expect(screen.getByRole("alert")).toHaveTextContent("bad/robot.yaml: Task 'a' needs");
});

it("says it in the person's language", () => {
  localStorage.setItem("deskhand.language", "zh");
  shown(["look"]);
  expect(screen.getByRole("alert")).toHaveTextContent("bad/robot.yaml：任务“a”必须");
});

it("shows everybody else only what there is", () => {
  shown(["look", "do_tasks"]);
  expect(screen.getByText("one")).toBeInTheDocument();
  expect(screen.queryByRole("button")).toBeNull();
});
