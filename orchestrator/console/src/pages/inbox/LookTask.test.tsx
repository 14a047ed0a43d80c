import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { UserTaskDetail, Variables } from "../../api/types";
import { LookTask } from "./LookTask";

beforeEach(() => {
  vi.stubGlobal("fetch", () =>
    Promise.resolve(Response.json({ pages: [{ width: 595, height: 842 }] })),
  );
});

function show(variables: Variables, disabled = false) {
  const onComplete = vi.fn();
  const task = { userTaskKey: "7", kind: "second_look", variables } as unknown as UserTaskDetail;
  render(
    <QueryClientProvider client={new QueryClient()}>
      <LookTask task={task} disabled={disabled} busy={false} onComplete={onComplete} />
    </QueryClientProvider>,
  );
  return onComplete;
}

const input = (name: string) => screen.getByRole("textbox", { name });

it("asks for every key field, empty, and sends amounts as decimals", async () => {
  const onComplete = show({ disputed: {} });
  expect(screen.getAllByRole("textbox").map((box) => (box as HTMLInputElement).value)).toEqual(
    Array(6).fill(""),
  );
  expect(input("Invoice number")).toHaveFocus();
  await userEvent.type(input("Invoice number"), " A-1 ");
  await userEvent.type(input("Gross"), "1.234,50");
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(onComplete).toHaveBeenCalledWith({
    number: "A-1",
    issue_date: "",
    currency: "",
    net: "",
    tax: "",
    gross: "1234.50",
  });
});

it("asks who settles a dispute only for what is disputed, with both values", async () => {
  const onComplete = show({ disputed: { gross: ["100.00", "120.00"] } });
  expect(screen.getAllByRole("textbox")).toHaveLength(1);
  await userEvent.click(screen.getByRole("radio", { name: "120.00" }));
  await userEvent.click(screen.getByRole("button", { name: /Send/ }));
  expect(onComplete).toHaveBeenCalledWith({ gross: "120.00" });
});

it("settles no dispute before something was said of each field, if only that it is not there", async () => {
  const onComplete = show({ disputed: { number: ["A-1", "A-7"], gross: ["100.00", "120.00"] } });
  await userEvent.click(screen.getByRole("radio", { name: "100.00" }));
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(onComplete).not.toHaveBeenCalled();
  const [number] = screen.getAllByRole("radio", { name: "not on the page" });
  if (number) await userEvent.click(number);
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(onComplete).toHaveBeenCalledWith({ number: "", gross: "100.00" });
});

it("sends nothing before the task is claimed", async () => {
  const onComplete = show({ disputed: {} }, true);
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(onComplete).not.toHaveBeenCalled();
});
