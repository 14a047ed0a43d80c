import { useCallback } from "react";
import { useLanguage } from "./index";
import type { Language } from ".";
import zh from "./told.zh.json";

/** A phrase that a bot says, by its key, with what fills it: texts, or phrases again. */
export interface Note {
  key: string;
  values: Readonly<Record<string, string | Note[]>>;
}

/** What others say in English: its phrases, whose they are, and their own words. */
export interface Told {
  by: "reader" | "rule" | "routing" | "agent" | "element" | "event" | "exception" | "incident" | "problem";
  notes: Note[];
  own: string;
}

const PHRASES: Record<Exclude<Language, "en">, Readonly<Record<string, string>>> = { zh };

/** In the language where all phrases are known in it, else in the words they came with. `values`
 * are names that are known here only, such as that of a field. */
export function tell(
  language: Language,
  { by, notes, own }: Told,
  values: Record<string, string> = {},
): string {
  if (language === "en" || notes.length === 0) return own;
  return phrases(PHRASES[language], by, notes, values) ?? own;
}

function phrases(
  known: Readonly<Record<string, string>>,
  by: string,
  notes: Note[],
  own: Record<string, string>,
): string | null {
  const said = notes.map(({ key, values }) => {
    const text = known[`${by}.${key}`];
    return text?.replace(/\{(\w+)\}/g, (hole, name: string) => {
      const value = own[name] ?? values[name] ?? hole;
      return typeof value === "string" ? value : (phrases(known, by, value, own) ?? hole);
    });
  });
  return said.every((text) => text !== undefined) ? said.join("，") : null;
}

/** What is told, in the language of who reads it. */
export function useTell(): (told: Told, values?: Record<string, string>) => string {
  const { language } = useLanguage();
  return useCallback((told, values) => tell(language, told, values), [language]);
}

/** What a code means, and the code; the code alone where nothing more is known of it. */
export function useNamed(): (by: Told["by"], code: string) => string {
  const meaning = useMeaning();
  return (by, code) => {
    const known = meaning(by, code);
    return known ? `${known} (${code})` : code;
  };
}

/** As `useMeaning`, else the words that the code is made of: START_EVENT, startEvent, process.start. */
export function useKind(): (by: "element" | "event", code: string) => string {
  const meaning = useMeaning();
  return (by, code) => {
    const words = code.replace(/([a-z])([A-Z])/g, "$1_$2");
    return meaning(by, by === "element" ? words.toUpperCase() : code) ?? inWords(words);
  };
}

/** `process.start_instance`: Start instance. */
export function inWords(code: string): string {
  const words = code.replace(/^process\./, "").replace(/[._]/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a code means in the language of who reads it; null where only its bearer's words tell. */
export function useMeaning(): (by: Told["by"], code: string) => string | null {
  const tell = useTell();
  return (by, code) => tell({ by, notes: [{ key: code, values: {} }], own: "" }) || null;
}
