import { App, ConfigProvider, theme as ant } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { createContext, useContext, useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { useLanguage } from "./i18n";

// Text in these colours has a contrast of 4.5 to its ground (WCAG 2.1, 1.4.3).
const LIGHT = {
  colorPrimary: "#1f5eff",
  colorInfo: "#1a4fd6",
  colorLink: "#1a4fd6",
  colorSuccess: "#0f7048",
  colorSuccessBg: "#e6f6ee",
  colorWarning: "#a34a05",
  colorWarningBg: "#fff4e5",
  colorWarningBorder: "#f0c48a",
  colorError: "#c4320a",
  colorTextDescription: "#566176",
};
const DARK = {
  colorPrimary: "#8fb0ff",
  colorInfo: "#8fb0ff",
  colorLink: "#8fb0ff",
  colorSuccess: "#4fd39f",
  colorWarning: "#f0a93b",
  colorError: "#ff8f73",
  colorTextDescription: "#a9b4c6",
};
const STORED = "deskhand.dark";
const Context = createContext<{ dark: boolean; toggle: () => void }>({
  dark: false,
  toggle: () => undefined,
});
export const useTheme = () => useContext(Context);

export function ThemeProvider({ children }: { children: ReactNode }) {
  const { language } = useLanguage();
  const [dark, setDark] = useState(() => localStorage.getItem(STORED) === "true");
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    localStorage.setItem(STORED, String(dark));
  }, [dark]);
  const state = useMemo(() => ({ dark, toggle: () => setDark((is) => !is) }), [dark]);
  return (
    <Context.Provider value={state}>
      <ConfigProvider
        locale={language === "zh" ? zhCN : enUS}
        theme={{
          algorithm: [dark ? ant.darkAlgorithm : ant.defaultAlgorithm, ant.compactAlgorithm],
          token: { ...(dark ? DARK : LIGHT), borderRadius: 6, fontSize: 14 },
          components: { Button: { primaryColor: dark ? "#0b1220" : "#fff" } },
        }}
      >
        <App className="app">{children}</App>
      </ConfigProvider>
    </Context.Provider>
  );
}
