import { useEffect } from "react";
import type { ReactNode } from "react";

/** What a page shows below the header; its title is the window's, and heard by screen readers. */
export function Page({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Deskhand`;
  }, [title]);
  return (
    <main id="main" className="main" tabIndex={-1}>
      <h1 className="unseen">{title}</h1>
      {children}
    </main>
  );
}
