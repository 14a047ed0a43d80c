import { createContext, useCallback, useContext, useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { asLanguage } from "./language";
import type { Language } from "./language";
import { MESSAGES } from "./messages";
import type { MessageKey } from "./messages";

export { asLanguage } from "./language";
export type { Language } from "./language";
export type { MessageKey } from "./messages";

const STORED = "deskhand.language";

export type Translate = (key: MessageKey, values?: Record<string, string | number>) => string;

export function translate(
  language: Language,
  key: MessageKey,
  values: Record<string, string | number> = {},
): string {
  return MESSAGES[key][language].replace(/\{(\w+)\}/g, (hole, name: string) =>
    String(values[name] ?? hole),
  );
}

/** Whether there is a text for what the server names, such as the code of a reason. */
export const isMessage = (key: string): key is MessageKey => key in MESSAGES;

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
