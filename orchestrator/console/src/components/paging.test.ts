import { act, renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { pageOf } from "../api/paging";
import { usePaging } from "./paging";

it("turns pages, and begins at the first when the list is narrowed", () => {
  const { result } = renderHook(() => usePaging<{ state?: string; queue?: string }>({}));
  act(() => result.current.narrow({ queue: "q" }));
  act(() => result.current.pagination(60).onChange(3));
  expect(result.current.pagination(60)).toMatchObject({ current: 3, total: 60 });
  expect(pageOf(result.current.page)).toEqual({ limit: 25, from: 50 });
  act(() => result.current.narrow({ state: "NEW" }));
  expect(result.current.page).toBe(1);
  expect(result.current.filter).toEqual({ queue: "q", state: "NEW" });
});
