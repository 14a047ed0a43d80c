import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { Migration } from "../../api/types";
import { Steps } from "./Steps";

function show(state: Migration["state"]) {
  const fetch = vi.fn(() => Promise.resolve(Response.json({})));
  vi.stubGlobal("fetch", fetch);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Steps migration={{ migrationKey: "7", state } as Migration} />
    </QueryClientProvider>,
  );
  return fetch;
}

// The arrows of a number field are buttons without a text.
const offered = () =>
  screen
    .queryAllByRole("button")
    .map((button) => button.textContent)
    .filter(Boolean);

it("offers what the state of the plan allows", () => {
  show("READY");
  expect(offered()).toEqual(["Migrate first", "Migrate the rest", "Dry run again"]);
});

it.each([
  ["PAUSED", ["Migrate first", "Migrate the rest", "Revert"]],
  ["RUNNING", ["Pause", "Revert"]],
  ["DONE", ["Revert"]],
  ["REVERTED", []],
] as const)("in the state %s it offers %j", (state, buttons) => {
  show(state);
  expect(offered()).toEqual(buttons);
});

it("sends the first ones with their number, and whether the risky ones go too", async () => {
  const fetch = show("READY");
  await userEvent.click(screen.getByRole("checkbox", { name: "also those at risk" }));
  await userEvent.click(screen.getByRole("button", { name: "Migrate first" }));
  await waitFor(() =>
    expect(fetch).toHaveBeenCalledWith(
      "/v2/migrations/7/canary",
      expect.objectContaining({ body: JSON.stringify({ size: 1, includeRisky: true }) }),
    ),
  );
});
