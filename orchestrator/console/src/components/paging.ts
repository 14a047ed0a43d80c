import { useState } from "react";
import { PAGE_SIZE } from "../api/paging";

/** What a list is narrowed by, and the page of it that is shown: narrowing begins at the first. */
export function usePaging<Filter extends object>(initial: Filter) {
  const [{ filter, page }, setPlace] = useState({ filter: initial, page: 1 });
  return {
    filter,
    page,
    narrow: (part: Partial<Filter>) => setPlace({ filter: { ...filter, ...part }, page: 1 }),
    /** For the table, of so many rows in all. */
    pagination: (total: number | undefined) => ({
      current: page,
      pageSize: PAGE_SIZE,
      total,
      showSizeChanger: false,
      hideOnSinglePage: true,
      onChange: (next: number) => setPlace({ filter, page: next }),
    }),
  };
}
