import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useLiveUpdates } from "./live";

/** Does what the test tells it to. */
class Source extends EventTarget {
  static readonly CLOSED = 2;
  static readonly made: Source[] = [];
  static get last(): Source {
    const last = Source.made.at(-1);
    if (!last) throw new Error("no source was made");
    return last;
  }
  readyState = 0;
  onopen: () => void = () => undefined;
  onerror: () => void = () => undefined;
  constructor(readonly url: string) {
    super();
    Source.made.push(this);
  }
  close() {
    this.readyState = Source.CLOSED;
  }
  answered() {
    this.readyState = 1;
    this.onopen();
  }
  broken(readyState: number) {
    this.readyState = readyState;
    this.onerror();
  }
  changed(topic: string) {
    const data = JSON.stringify({ topic, key: "1" });
    this.dispatchEvent(new MessageEvent("change", { data }));
  }
}

const fetched = vi.fn(() => Promise.resolve("agents"));

function Page() {
  useQuery({ queryKey: ["agent"], queryFn: fetched });
  return <p>{useLiveUpdates() ? "live" : "offline"}</p>;
}

const after = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Source);
  Source.made.length = 0;
  fetched.mockClear();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Page />
    </QueryClientProvider>,
  );
  await after(0);
  act(() => {
    Source.last.answered();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("refreshes what has changed, once for a burst", async () => {
  for (const topic of ["agent", "agent", "of a later version"]) Source.last.changed(topic);
  await after(1_000);
  expect(fetched).toHaveBeenCalledTimes(2);
});

it("leaves a broken connection to the browser, and looks again when it is back", async () => {
  act(() => {
    Source.last.broken(0);
  });
  expect(screen.getByText("offline")).toBeInTheDocument();
  await after(60_000);
  expect(Source.made).toHaveLength(1);
  act(() => {
    Source.last.answered();
  });
  await after(0);
  expect(screen.getByText("live")).toBeInTheDocument();
  expect(fetched).toHaveBeenCalledTimes(2);
});

it("connects again after an HTTP error, ever more patiently", async () => {
  for (const wait of [1_000, 2_000, 4_000]) {
    const before = Source.made.length;
    act(() => {
      Source.last.broken(Source.CLOSED);
    });
    await after(wait - 1);
    expect(Source.made).toHaveLength(before);
    await after(1);
    expect(Source.made).toHaveLength(before + 1);
  }
  act(() => {
    Source.last.answered();
  });
  await after(0);
  expect(screen.getByText("live")).toBeInTheDocument();
  expect(fetched).toHaveBeenCalledTimes(2);
});
