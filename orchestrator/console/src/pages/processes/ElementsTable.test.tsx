import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { processKeys } from "../../api/processes";
import { ElementsTable } from "./ElementsTable";

const ELEMENT = {
  elementInstanceKey: "1",
  elementId: "check",
  elementName: "Check",
  type: "SCRIPT_TASK",
  state: "COMPLETED",
  hasIncident: false,
  startDate: "2026-01-01T00:00:00Z",
  endDate: "2026-01-01T00:00:00Z",
  warnings: [{ expression: "a + 1", message: "There is no variable a" }],
};

it("shows at an element what its expressions could not tell", () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const plain = { ...ELEMENT, elementInstanceKey: "2", elementName: "Plain", warnings: [] };
  const items = [ELEMENT, plain];
  client.setQueryData(processKeys.part("7", "elements"), { items, page: { totalItems: 2 } });
  render(
    <QueryClientProvider client={client}>
      <ElementsTable instanceKey="7" />
    </QueryClientProvider>,
  );
  expect(screen.getByText("Warnings: 1")).toBeInTheDocument();
  fireEvent.click(screen.getByRole("button", { name: "Expand row" }));
  expect(screen.getByText("There is no variable a")).toBeInTheDocument();
  expect(screen.getByText("a + 1")).toBeInTheDocument();
});
