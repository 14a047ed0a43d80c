import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { BLANK } from "../../api/invoice";
import type { UserTaskDetail } from "../../api/types";
import { InvoiceTask } from "./InvoiceTask";
import { anInvoice } from "./fixtures";

const taskAbout = (fileName: string) =>
  ({
    userTaskKey: "7",
    variables: { document: { documentId: "ab", metadata: { fileName } } },
  }) as unknown as UserTaskDetail;

beforeEach(() => {
  const page = { width: 595, height: 842 };
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ pages: [page, page] })));
});

function show(mode: "review" | "approval", disabled = false, fileName = "a.pdf") {
  const onComplete = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <InvoiceTask
        task={taskAbout(fileName)}
        invoice={anInvoice()}
        mode={mode}
        disabled={disabled}
        busy={false}
        onComplete={onComplete}
      />
    </QueryClientProvider>,
  );
  return onComplete;
}

it("says why the bot could not read an invoice that is to be typed", () => {
  const task = taskAbout("a.pdf");
  task.variables.error = { code: "document.empty", message: "a.pdf is empty. Ask the sender." };
  const rest = { mode: "review", disabled: false, busy: false, onComplete: vi.fn() } as const;
  render(
    <QueryClientProvider client={new QueryClient()}>
      <InvoiceTask {...rest} task={task} invoice={BLANK} />
    </QueryClientProvider>,
  );
  expect(screen.getByText(/document.empty/)).toBeInTheDocument();
  expect(screen.getByText("a.pdf is empty. Ask the sender.")).toBeInTheDocument();
});

const input = (name: string | RegExp) => screen.getByRole("textbox", { name });
const box = (name: string) => screen.findByTitle(name, {}, { timeout: 10_000 });

it("starts at the first doubtful field, with its doubt and its box lit", async () => {
  show("review");
  expect(input("Gross")).toHaveFocus();
  expect(screen.getByText(/is 119.00, but the gross amount/)).toBeInTheDocument();
  expect(await box("Gross")).toHaveAttribute("data-active", "true");
});

it("a focused field lights its box, and turns to its page", async () => {
  show("review");
  await userEvent.click(input("Invoice number"));
  expect(await box("Invoice number")).toHaveAttribute("data-active", "true");
  await userEvent.click(input("IBAN"));
  expect(await box("IBAN")).toHaveAttribute("data-active", "true");
  expect(screen.getByText("Page 2 of 2")).toBeInTheDocument();
});

it("a clicked box focuses its field", async () => {
  show("review");
  await userEvent.click(await box("Invoice number"));
  expect(input("Invoice number")).toHaveFocus();
});

it("shows an e-invoice as its elements, and lights the value of the focused field", async () => {
  const xml = "<Invoice><ID>RE-1</ID><Total>120.0</Total></Invoice>";
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(xml)));
  show("review", false, "a.xml");
  const total = (await screen.findByText("120.0")).closest("div");
  expect(total).toHaveAttribute("data-active", "true");
  await userEvent.click(input("Invoice number"));
  expect(screen.getByText("RE-1").closest("div")).toHaveAttribute("data-active", "true");
  expect(total).toHaveAttribute("data-active", "false");
});

it("sends the corrected invoice with Ctrl+Enter", async () => {
  const onComplete = show("review");
  await userEvent.clear(input(/Gross/));
  await userEvent.type(input(/Gross/), "119.00");
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(onComplete).toHaveBeenCalledOnce());
  expect(onComplete.mock.calls[0]?.[0]).toMatchObject({
    invoice: { trusted: true, fields: { gross: { value: "119.00", source: "review" } } },
    review: { decision: "correct", changed: ["gross"] },
  });
});

it("approves with a; rejecting with r asks for the reason first", async () => {
  const onComplete = show("approval");
  await userEvent.keyboard("r");
  expect(onComplete).not.toHaveBeenCalled();
  expect(screen.getByPlaceholderText("Say why it is rejected.")).toHaveFocus();
  await userEvent.keyboard("too dear{Escape}");
  await userEvent.click(screen.getByRole("button", { name: /Reject/ }));
  expect(onComplete).toHaveBeenLastCalledWith({
    approval: { decision: "reject", reason: "too dear" },
  });
  (document.activeElement as HTMLElement).blur();
  await userEvent.keyboard("a");
  expect(onComplete).toHaveBeenLastCalledWith({
    approval: { decision: "approve", reason: "too dear" },
  });
});

it.each(["{Enter}", "{Control>}{Enter}{/Control}"])(
  "after r and a reason, %s rejects and never accepts",
  async (keys) => {
    const onComplete = show("approval");
    await userEvent.keyboard(`r${keys}too dear${keys}`);
    expect(onComplete.mock.calls).toEqual([
      [{ approval: { decision: "reject", reason: "too dear" } }],
    ]);
  },
);

it("does nothing until the task is claimed", async () => {
  const onComplete = show("review", true);
  await userEvent.keyboard("a");
  expect(onComplete).not.toHaveBeenCalled();
  expect(input("Gross")).toBeDisabled();
});

it("says why an invoice with nothing wrong on its page was sent here", () => {
  const task = {
    userTaskKey: "7",
    variables: { routing: { review: true, reason: "not a plain invoice" } },
  } as unknown as UserTaskDetail;
  const sound = { ...anInvoice(), doubts: [], trusted: true };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <InvoiceTask
        task={task}
        invoice={sound}
        mode="review"
        disabled={false}
        busy={false}
        onComplete={vi.fn()}
      />
    </QueryClientProvider>,
  );
  expect(screen.getByText("not a plain invoice")).toBeInTheDocument();
});
