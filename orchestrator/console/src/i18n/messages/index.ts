import { agents } from "./agents";
import { changes } from "./changes";
import { decisions } from "./decisions";
import { deploy } from "./deploy";
import { frame } from "./frame";
import { inbox } from "./inbox";
import { invoice } from "./invoice";
import { processes } from "./processes";
import { quality } from "./quality";
import { states } from "./states";
import { vendors } from "./vendors";
import { work } from "./work";

/** What the console says, by key, in every language; each page or area has its own file. */
export const MESSAGES = {
  ...agents,
  ...changes,
  ...decisions,
  ...deploy,
  ...frame,
  ...inbox,
  ...invoice,
  ...processes,
  ...quality,
  ...states,
  ...vendors,
  ...work,
} as const;

export type MessageKey = keyof typeof MESSAGES;
