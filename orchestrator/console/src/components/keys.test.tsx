import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { useKeys } from "./keys";
import type { Action } from "./keys";
import { neighbour } from "../pages/inbox/order";
import type { UserTask } from "../api/types";

function Page({ actions }: { actions: Partial<Record<Action, () => void>> }) {
  useKeys(actions);
  return (
    <>
      <input aria-label="field" />
      <button>press</button>
    </>
  );
}

it("runs the action of a key, and the help on ?", async () => {
  const next = vi.fn();
  const help = vi.fn();
  render(<Page actions={{ next, help }} />);
  await userEvent.keyboard("j?x");
  expect(next).toHaveBeenCalledOnce();
  expect(help).toHaveBeenCalledOnce();
});

it("leaves letters to somebody who types, but submits and leaves from a field", async () => {
  const reject = vi.fn();
  const submit = vi.fn();
  const leave = vi.fn();
  render(<Page actions={{ reject, submit, leave }} />);
  await userEvent.click(screen.getByLabelText("field"));
  await userEvent.keyboard("r{Control>}{Enter}{/Control}{Escape}");
  expect(reject).not.toHaveBeenCalled();
  expect(submit).toHaveBeenCalledOnce();
  expect(leave).toHaveBeenCalledOnce();
  expect(screen.getByLabelText("field")).toHaveValue("r");
});

it("lets a focused button have its Enter and the browser its shortcuts", async () => {
  const open = vi.fn();
  const claim = vi.fn();
  render(<Page actions={{ open, claim }} />);
  screen.getByText("press").focus();
  await userEvent.keyboard("{Enter}{Control>}c{/Control}");
  expect(open).not.toHaveBeenCalled();
  expect(claim).not.toHaveBeenCalled();
});

it("moves through the list and stops at its ends", () => {
  const tasks = ["1", "2"].map((userTaskKey) => ({ userTaskKey }) as UserTask);
  expect(neighbour(tasks, undefined, 1)).toBe("1");
  expect(neighbour(tasks, "1", 1)).toBe("2");
  expect(neighbour(tasks, "2", 1)).toBe("2");
  expect(neighbour(tasks, "1", -1)).toBe("1");
  expect(neighbour([], "1", 1)).toBeUndefined();
});
