import { useT } from "../../i18n";
import { useFieldLabel } from "../inbox/labels";

/** What a vendor is known by: `seller_vat/DE1`, `iban/DE2`, `name/acme`. */
export function Sign({ sign }: { sign: string }) {
  const t = useT();
  const label = useFieldLabel();
  const [kind = "", ...value] = sign.split("/");
  return (
    <>
      <span className="muted">{kind === "name" ? t("common.name") : label(kind)}</span>{" "}
      <code>{value.join("/")}</code>
    </>
  );
}
