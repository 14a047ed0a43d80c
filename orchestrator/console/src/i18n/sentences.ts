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
import flows from "./sentences/flows.zh.json";
import server from "./sentences/server.zh.json";

export const ZH: Readonly<Record<string, string>> = {
  ...bots,
  ...bpmn,
  ...dmn,
  ...feel,
  ...flows,
  ...server,
};

interface Sentence {
  /** Its own words, around and between the values. */
  words: string[];
  told: string;
}

const length = ({ words }: Sentence) => words.join("").length;

/** Those with the most words of their own first: they say most exactly what is meant. */
const SENTENCES: Record<Exclude<Language, "en">, Sentence[]> = {
  zh: Object.entries(ZH)
    .map(([said, told]) => ({ words: said.split("{}"), told }))
    .sort((a, b) => length(b) - length(a)),
};

/** The values between the words, or null when the text is another sentence. */
function valuesIn(text: string, words: string[]): string[] | null {
  const [first = "", ...others] = words;
  if (!text.startsWith(first)) return null;
  const last = others.pop();
  if (last === undefined) return text === first ? [] : null;
  const values: string[] = [];
  let from = first.length;
  for (const word of others) {
    const at = text.indexOf(word, from);
    if (at < 0) return null;
    values.push(text.slice(from, at));
    from = at + word.length;
  }
  if (!text.endsWith(last) || text.length - last.length < from) return null;
  return [...values, text.slice(from, text.length - last.length)];
}

/** Sentences within sentences are looked for so deep only. */
const DEEPEST = 4;

/** The sentence, or several one after the other as FEEL's warnings are, in the language; null when
 * they are not known. */
function find(sentences: Sentence[], text: string, depth = 0): string | null {
  if (depth > DEEPEST) return null;
  const parts = text.split("; ");
  if (parts.length > 1) {
    const told = parts.map((part) => one(sentences, part, depth));
    if (told.every((part) => part !== null)) return told.join("；");
  }
  return one(sentences, text, depth);
}

function one(sentences: Sentence[], text: string, depth: number): string | null {
  for (const { words, told } of sentences) {
    const values = valuesIn(text, words);
    if (!values) continue;
    const known = values.map((value) => find(sentences, value, depth + 1));
    // One without words of its own is known by what it holds.
    if (!/\p{L}/u.test(words.join("")) && known.every((value) => value === null)) continue;
    return told.replace(/\{(\d)\}/g, (_, at: string) => known[+at] ?? values[+at] ?? "");
  }
  return null;
}

export function say(language: Language, text: string): string {
  return language === "en" ? text : (find(SENTENCES[language], text) ?? text);
}

export function useSay(): (text: string) => string {
  const { language } = useLanguage();
  return useCallback((text) => say(language, text), [language]);
}
