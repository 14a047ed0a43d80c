import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router-dom";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Console } from "./Console";
import type { Session } from "./api/types";
import { LanguageProvider } from "./i18n";
import { ThemeProvider } from "./theme";

const ZHANG: Session = {
  user: { username: "zhang", displayName: "", roles: ["clerk"], tenantId: "default", language: "zh" },
  permissions: ["look", "do_tasks"],
  csrfToken: "c",
};
const asked: [string, unknown][] = [];

/** A server that knows one person and has no data. */
function answer(path: string, request?: RequestInit): Response {
  const body = typeof request?.body === "string" ? (JSON.parse(request.body) as unknown) : null;
  asked.push([`${request?.method ?? ""} ${path}`, body]);
  if (path === "/v2/login") return Response.json(ZHANG);
  if (path === "/v2/me" && request?.method === "PATCH") {
    return Response.json({ ...ZHANG, user: { ...ZHANG.user, language: "en" } });
  }
  if (path === "/v2/me") return Response.json({ title: "no session" }, { status: 401 });
  return Response.json({ items: [], page: { totalItems: 0 } });
}

beforeEach(() => {
  localStorage.setItem("deskhand.language", "en");
  vi.stubGlobal("fetch", (path: string, request?: RequestInit) =>
    Promise.resolve(answer(path, request)),
  );
  vi.stubGlobal(
    "EventSource",
    class extends EventTarget {
      close = vi.fn();
    },
  );
  render(
    <QueryClientProvider client={new QueryClient()}>
      <LanguageProvider>
        <ThemeProvider>
          <MemoryRouter initialEntries={["/agents"]}>
            <Console />
          </MemoryRouter>
        </ThemeProvider>
      </LanguageProvider>
    </QueryClientProvider>,
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

it("logs in by keyboard, speaks the person's language, and keeps what they choose", async () => {
  const user = userEvent.setup();
  expect(await screen.findByLabelText("User name")).toHaveFocus();
  await user.keyboard("zhang{Tab}secret secret{Enter}");
  expect(await screen.findByText("代理", { selector: "a" })).toBeInTheDocument();
  expect(document.documentElement.lang).toBe("zh-CN");

  await user.click(screen.getByText("EN"));
  expect(await screen.findByText("Agents", { selector: "a" })).toBeInTheDocument();
  await waitFor(() => {
    expect(asked).toContainEqual(["PATCH /v2/me", { language: "en" }]);
  });
});
