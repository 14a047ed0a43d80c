import type { ReactNode } from "react";

/** Said by screen readers, where everybody else sees it from the place it has. */
export function Unseen({ children }: { children: ReactNode }) {
  return <span className="unseen">{children}</span>;
}
