import { createContext, useCallback, useContext, useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { en } from "./en";
import type { MessageKey, Messages } from "./en";
import { zh } from "./zh";

export type { MessageKey } from "./en";
export type Language = "en" | "zh";
export const MESSAGES: Record<Language, Messages> = { en, zh };

const STORED = "deskhand.language";

export type Translate = (key: MessageKey, values?: Record<string, string | number>) => string;

export function translate(
  language: Language,
  key: MessageKey,
  values: Record<string, string | number> = {},
): string {
  return MESSAGES[language][key].replace(/\{(\w+)\}/g, (hole, name: string) =>
    String(values[name] ?? hole),
  );
}

/** Whether there is a text for what the server names, such as the code of a reason. */
export const isMessage = (key: string): key is MessageKey => key in en;

export function asLanguage(tag: string | null | undefined): Language | null {
  if (!tag) return null;
  return tag.toLowerCase().startsWith("zh") ? "zh" : "en";
}

interface LanguageState {
  language: Language;
  setLanguage: (language: Language) => void;
  t: Translate;
}

const Context = createContext<LanguageState>({
  language: "en",
  setLanguage: () => undefined,
  t: (key, values) => translate("en", key, values),
});

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setState] = useState<Language>(
    () => asLanguage(localStorage.getItem(STORED) ?? navigator.language) ?? "en",
  );
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);
  const setLanguage = useCallback((next: Language) => {
    localStorage.setItem(STORED, next);
    setState(next);
  }, []);
  const state = useMemo<LanguageState>(
    () => ({ language, setLanguage, t: (key, values) => translate(language, key, values) }),
    [language, setLanguage],
  );
  return <Context.Provider value={state}>{children}</Context.Provider>;
}

export const useLanguage = () => useContext(Context);
export const useT = () => useContext(Context).t;
