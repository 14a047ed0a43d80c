import type { SearchQuery, SearchResult } from "./types";

interface Finding {
  element: string;
  rule: string;
  message: string;
}

/** What the server says went wrong (RFC 9457), or that it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly code: string,
    /** Each thing that is wrong with a model. */
    readonly findings: Finding[] = [],
  ) {
    super(detail || title);
  }
}

let csrfToken = "";
let onSignedOut: () => void = () => undefined;

export function setCsrfToken(token: string): void {
  csrfToken = token;
}

export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

async function problem(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return new ApiError(
    response.status,
    text(body.title) || response.statusText || `HTTP ${response.status}`,
    text(body.detail),
    text(body.code),
    body.code === "model.invalid" ? (body.errors as Finding[]) : [],
  );
}

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = {};
  // A form with files names its own type, and what parts it in two.
  const form = body instanceof FormData ? body : null;
  if (body !== undefined && !form) headers["Content-Type"] = "application/json";
  if (method !== "GET" && csrfToken) headers["X-CSRF-Token"] = csrfToken;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      body: form ?? (body === undefined ? undefined : JSON.stringify(body)),
    });
  } catch {
    throw new ApiError(0, "unreachable", "", "network.unreachable");
  }
  if (response.ok) return response;
  if (response.status === 401 && path !== "/v2/login") onSignedOut();
  throw await problem(response);
}

async function json<T>(response: Response): Promise<T> {
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const api = {
  get: async <T>(path: string) => json<T>(await send("GET", path)),
  text: async (path: string) => (await send("GET", path)).text(),
  bytes: async (path: string) => (await send("GET", path)).arrayBuffer(),
  post: async <T>(path: string, body: unknown = {}) => json<T>(await send("POST", path, body)),
  put: async <T>(path: string, body: unknown) => json<T>(await send("PUT", path, body)),
  patch: async <T>(path: string, body: unknown) => json<T>(await send("PATCH", path, body)),
  delete: async (path: string) => {
    await send("DELETE", path);
  },
  search: async <T>(path: string, query: SearchQuery = {}, options = "") =>
    json<SearchResult<T>>(await send("POST", `${path}/search${options}`, query)),
};
