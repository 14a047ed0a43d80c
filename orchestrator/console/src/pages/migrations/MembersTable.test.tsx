import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { MembersTable } from "./MembersTable";

const NONE = {
  unchecked: 0,
  refused: 0,
  lacksVariable: 0,
  migrated: 0,
  failed: 0,
  reverted: 0,
  kept: 0,
};

it("shows how many there are by verdict, and those of the one that is chosen", async () => {
  const filters: unknown[] = [];
  vi.stubGlobal("fetch", (_: string, { body }: { body: string }) => {
    filters.push((JSON.parse(body) as { filter: unknown }).filter);
    return Promise.resolve(Response.json({ items: [], page: { totalItems: 0 } }));
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MembersTable migrationKey="7" counts={{ ...NONE, total: 5, ok: 3, stuck: 2 }} />
    </QueryClientProvider>,
  );
  const offered = screen.getAllByRole("radio").map((radio) => radio.closest("label")?.textContent);
  expect(offered).toEqual(["All 5", "Reaches an end 3", "Would be stuck 2"]);
  await userEvent.click(screen.getByText("Would be stuck 2"));
  await waitFor(() => expect(filters).toEqual([{}, { state: "PENDING", verdict: "STUCK" }]));
});
