/** What the server, agents and bots say, in the language of who reads it.
 *
 * The API says it in English, which clients and the record keep. The catalogues hold every sentence
 * that the sources can say (`tests/architecture/test_told.py`), `{}` where its values stand; a
 * sentence is known by them again, and so is each of its values that is a sentence itself. */
import { useCallback } from "react";
import { useLanguage } from "./index";
import type { Language } from "./language";
import bots from "./sentences/bots.zh.json";
import bpmn from "./sentences/bpmn.zh.json";
import dmn from "./sentences/dmn.zh.json";
import feel from "./sentences/feel.zh.json";
import server from "./sentences/server.zh.json";

export const ZH: Readonly<Record<string, string>> = { ...bots, ...bpmn, ...dmn, ...feel, ...server };

interface Sentence {
  pattern: RegExp;
  told: string;
  /** Holds words of its own, so that it is known without its values. */
  worded: boolean;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function sentenceOf([said, told]: [string, string]): Sentence {
  const parts = said.split("{}");
  const pattern = new RegExp(`^${parts.map(escaped).join("([^]*?)")}$`);
  return { pattern, told, worded: /\p{L}/u.test(parts.join("")) };
}

const own = (said: string) => said.replaceAll("{}", "").length;

/** Those with the most words of their own first: they say most exactly what is meant. */
const SENTENCES: Record<Exclude<Language, "en">, Sentence[]> = {
  zh: Object.entries(ZH)
    .sort(([a], [b]) => own(b) - own(a))
    .map(sentenceOf),
};

/** The sentence in the language, or null when it is not known. */
function find(language: Exclude<Language, "en">, text: string): string | null {
  return several(language, text) ?? one(language, text);
}

function one(language: Exclude<Language, "en">, text: string): string | null {
  for (const { pattern, told, worded } of SENTENCES[language]) {
    const found = pattern.exec(text);
    if (!found) continue;
    const values = found.slice(1).map((value) => ({ value, known: find(language, value) }));
    if (!worded && values.every(({ known }) => known === null)) continue;
    return told.replace(/\{(\d)\}/g, (_, at: string) => {
      const { value, known } = values[Number(at)] ?? { value: "", known: null };
      return known ?? value;
    });
  }
  return null;
}

/** Sentences one after the other, as FEEL's warnings are. */
function several(language: Exclude<Language, "en">, text: string): string | null {
  const parts = text.split("; ");
  if (parts.length === 1) return null;
  const told = parts.map((part) => find(language, part));
  return told.every((part) => part !== null) ? told.join("；") : null;
}

export function say(language: Language, text: string): string {
  return language === "en" ? text : (find(language, text) ?? text);
}

export function useSay(): (text: string) => string {
  const { language } = useLanguage();
  return useCallback((text) => say(language, text), [language]);
}
