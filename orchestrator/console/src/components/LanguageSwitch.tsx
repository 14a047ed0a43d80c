import { Segmented } from "antd";
import { useLanguage } from "../i18n";
import type { Language } from "../i18n";

export function LanguageSwitch({ onChosen }: { onChosen?: (language: Language) => void }) {
  const { language, setLanguage } = useLanguage();
  return (
    <Segmented<Language>
      size="small"
      value={language}
      onChange={(chosen) => {
        setLanguage(chosen);
        onChosen?.(chosen);
      }}
      options={[
        { value: "en", label: "EN" },
        { value: "zh", label: "中文" },
      ]}
    />
  );
}
