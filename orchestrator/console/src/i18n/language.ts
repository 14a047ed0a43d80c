export type Language = "en" | "zh";

/** Texts by key, each in every language. */
export type Messages = Readonly<Record<string, Readonly<Record<Language, string>>>>;

export function asLanguage(tag: string | null | undefined): Language | null {
  if (!tag) return null;
  return tag.toLowerCase().startsWith("zh") ? "zh" : "en";
}
