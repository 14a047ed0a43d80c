import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router-dom";
import { expect, it } from "vitest";
import { qualityKeys } from "../../api/quality";
import { sessionKeys } from "../../api/session";
import type { ErrorBudget, Permission, SecondLook } from "../../api/types";
import QualityPage from "./QualityPage";

const BUDGET: ErrorBudget = {
  errorBudgetKey: "7",
  queue: "invoice_entry.read",
  vendorGroup: "all",
  budget: 0.001,
  least: 0.02,
  most: 0.2,
  state: "UNPROVEN",
  stateSince: "2026-01-01T00:00:00Z",
  share: 0.2,
  looks: 100,
  estimate: 0,
  bound: 0.0376,
  cleanLooksNeeded: 3700,
  cleanLooksMade: 0,
  openLooks: 3,
  oldestOpen: null,
};

const LOOK: SecondLook = {
  secondLookKey: "1",
  errorBudgetKey: "7",
  processInstanceKey: null,
  state: "OPEN",
  title: "a.pdf",
  holds: false,
  share: 0.2,
  drawnAt: "2026-01-01T00:00:00Z",
  settledAt: null,
  settledBy: null,
  answeredBy: null,
  reading: null,
  truth: null,
  wrong: null,
};

function shown(budget: Partial<ErrorBudget>, permissions: Permission[], looks = [LOOK]): void {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const row = { ...BUDGET, ...budget };
  const page = { totalItems: 1 };
  client.setQueryData(sessionKeys.me, { permissions });
  client.setQueryData(qualityKeys.list(), { items: [row], page });
  client.setQueryData(qualityKeys.one("7"), { ...row, counts: [], course: [] });
  client.setQueryData(qualityKeys.looks("7", 1), { items: looks, page });
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter>
        <QualityPage />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

it("says what an unproven budget means, and lets those who may set it", async () => {
  shown({}, ["look", "manage_processes"]);
  expect(screen.getByText(/Not proven yet.*20%/)).toBeInTheDocument();
  await userEvent.click(screen.getByText("Set budget"));
  expect(screen.getByLabelText(/Budget: wrong fields/)).toHaveValue("0.1");
});

it("says aloud that automation has tightened, and lets nobody else set it", () => {
  const counts = { cleanLooksNeeded: 380, cleanLooksMade: 120 };
  shown({ state: "EXCEEDED", share: 1, ...counts }, ["look"], [{ ...LOOK, holds: true }]);
  expect(screen.getByText(/380 further looks.*120 were made since/)).toBeInTheDocument();
  expect(screen.getByText(/Tightened.*before it is booked/)).toBeInTheDocument();
  expect(screen.getByText("Booking waits")).toBeInTheDocument();
  expect(screen.queryByText("Set budget")).toBeNull();
});

it("shows of a settled look what was read and what is true", () => {
  const reading = { gross: "102.00" };
  const truth = { gross: "120.00" };
  shown({}, ["look"], [{ ...LOOK, state: "SETTLED", reading, truth, wrong: ["gross"] }]);
  expect(screen.getByText("102.00")).toBeInTheDocument();
  expect(screen.getByText(/120\.00/)).toBeInTheDocument();
});
