import { App, ConfigProvider, theme as ant } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { createContext, useContext, useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { useLanguage } from "./i18n";

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
          token: { colorPrimary: "#1f5eff", borderRadius: 6, fontSize: 14 },
        }}
      >
        <App className="app">{children}</App>
      </ConfigProvider>
    </Context.Provider>
  );
}
