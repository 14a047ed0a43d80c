import type { Forecast } from "../api/types";
import { useT } from "../i18n";

type Props = Pick<Forecast, "reason" | "stuckAt" | "missing"> & { verdict: string | null };

/** Why a dry run says what it says; the reason of the server where its parts do not tell. */
export function ForecastText({ verdict, reason, stuckAt, missing }: Props) {
  const t = useT();
  const told = verdict === "OK" || verdict === "LACKS_VARIABLE";
  return (
    <>
      {stuckAt.length > 0
        ? t("forecast.stuckAt", { elements: stuckAt.join(", ") })
        : !told && reason}
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
