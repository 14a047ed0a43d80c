import type { Forecast } from "../api/types";
import { isMessage, useT } from "../i18n";
import { Said } from "./Said";

type Finding = Forecast["findings"][number];
type Props = Pick<Forecast, "reason" | "stuckAt" | "missing" | "findings"> & {
  verdict: string | null;
};

/** Why a dry run says what it says. */
export function ForecastText({ verdict, reason, stuckAt, missing, findings }: Props) {
  const t = useT();
  const told = verdict === "OK" || verdict === "LACKS_VARIABLE" || findings.length > 0;
  return (
    <>
      {stuckAt.length > 0
        ? t("forecast.stuckAt", { elements: stuckAt.join(", ") })
        : !told && <Said text={reason} />}
      {findings.map((finding) => (
        <Why key={`${finding.code} ${finding.elementId}`} finding={finding} />
      ))}
      {missing.map(({ name, elementId, mayComeFrom }) => (
        <div key={name} className="muted small">
          {t("forecast.missing", { name, element: elementId })}
          {mayComeFrom.length > 0 &&
            ` (${t("forecast.mayCome", { elements: mayComeFrom.join(", ") })})`}
        </div>
      ))}
    </>
  );
}

/** In the person's language where its code is known, with the server's own words on hovering. */
function Why({ finding: { code, elementId, message } }: { finding: Finding }) {
  const t = useT();
  const key = `why.${code}`;
  if (!isMessage(key)) return <Said text={message} />;
  return <div title={message}>{t(key, { element: elementId })}</div>;
}
