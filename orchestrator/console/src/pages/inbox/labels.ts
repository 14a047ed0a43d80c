import { MESSAGES, useT } from "../../i18n";
import type { MessageKey } from "../../i18n";

/** The name of an invoice field in the reader's language; an unknown field names itself. */
export function useFieldLabel(): (field: string) => string {
  const t = useT();
  return (field) => {
    const key = `field.${field}`;
    return key in MESSAGES.en ? t(key as MessageKey) : field;
  };
}
