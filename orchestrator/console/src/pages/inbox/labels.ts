import { isMessage, useT } from "../../i18n";

/** The name of an invoice field in the reader's language; an unknown field names itself. */
export function useFieldLabel(): (field: string) => string {
  const t = useT();
  return (field) => {
    const key = `field.${field}`;
    return isMessage(key) ? t(key) : field;
  };
}
