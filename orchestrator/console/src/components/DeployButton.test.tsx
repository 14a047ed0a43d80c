import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { sessionKeys } from "../api/session";
import type { Permission } from "../api/types";
import { DeployButton } from "./DeployButton";

function shown(permissions: Permission[], answer: unknown, status = 200): void {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json(answer, { status })));
  const client = new QueryClient();
  client.setQueryData(sessionKeys.me, { permissions });
  render(
    <QueryClientProvider client={client}>
      <DeployButton />
    </QueryClientProvider>,
  );
}

async function deploy(): Promise<void> {
  await userEvent.click(screen.getByRole("button", { name: /Deploy/ }));
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (!input) throw new Error("nothing to choose files with");
  await userEvent.upload(input, new File(["<x/>"], "rules.dmn"));
  const dialog = within(screen.getByRole("dialog"));
  await dialog.findByText("rules.dmn");
  await userEvent.click(dialog.getByRole("button", { name: "Deploy" }));
}

it("tells what is probably not meant in a table that was deployed", async () => {
  const warning = { resourceName: "rules.dmn", elementId: "limit", rule: "dmn.gap" };
  shown(["deploy"], { deployments: [], warnings: [{ ...warning, message: "Nothing for 10" }] });
  await deploy();
  expect(await screen.findByText("Deployed")).toBeInTheDocument();
  expect(screen.getByText("rules.dmn: limit")).toBeInTheDocument();
  expect(screen.getByText(/Nothing for 10/)).toBeInTheDocument();
});

it("tells each reason why a model is refused", async () => {
  const errors = [{ element: "flow", rule: "bpmn.reference", message: "It ends nowhere." }];
  shown(["deploy"], { title: "Bad Request", detail: "x", code: "model.invalid", errors }, 400);
  await deploy();
  expect(await screen.findByText(/It ends nowhere/)).toBeInTheDocument();
  expect(screen.getByText("flow")).toBeInTheDocument();
});

it("is not offered to who may not deploy", () => {
  shown(["look"], {});
  expect(screen.queryByRole("button")).toBeNull();
});
