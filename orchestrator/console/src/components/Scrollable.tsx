import type { ReactNode } from "react";

interface Props {
  label: string;
  className: string;
  children: ReactNode;
}

/** A part that may scroll: Tab reaches it, so that it is read without a mouse too. */
export function Scrollable({ label, className, children }: Props) {
  return (
    <div className={className} role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
