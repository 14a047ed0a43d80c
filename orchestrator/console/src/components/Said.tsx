import { useSay } from "../i18n/sentences";

/** What the server, an agent or a bot said; on hovering in the words that it used. */
export function Said({ text }: { text: string | null | undefined }) {
  const say = useSay();
  if (!text) return null;
  const told = say(text);
  return <span title={told === text ? undefined : text}>{told}</span>;
}
