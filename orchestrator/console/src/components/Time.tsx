import { useLanguage } from "../i18n";

/** A moment in the reader's own zone, the exact UTC instant on hover. */
export function Time({ at }: { at: string | null | undefined }) {
  const { language } = useLanguage();
  if (!at) return <>–</>;
  const text = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", {
    dateStyle: "medium",
    timeStyle: "medium",
  }).format(new Date(at));
  return (
    <time dateTime={at} title={at} className="tabular">
      {text}
    </time>
  );
}
