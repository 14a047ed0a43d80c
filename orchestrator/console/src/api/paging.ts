import type { SearchQuery } from "./types";

/** Rows of a page, of every list that has pages. */
export const PAGE_SIZE = 25;

/** What to ask for to get a page; they count from 1. */
export const pageOf = (page: number): SearchQuery["page"] => ({
  limit: PAGE_SIZE,
  from: (page - 1) * PAGE_SIZE,
});
