import { Alert, Button } from "antd";
import { ApiError } from "../api/client";
import { useT } from "../i18n";
import { useMeaning } from "../i18n/told";
import { Said } from "./Said";

/** A failed request as the server explained it: title, detail and stable code. */
export function Problem({ error, onRetry }: { error: Error | null; onRetry?: () => void }) {
  const t = useT();
  const meaning = useMeaning();
  if (!error) return null;
  const known = error instanceof ApiError ? error : null;
  const unreachable = known?.status === 0;
  return (
    <Alert
      type="error"
      showIcon
      style={{ margin: "8px 0" }}
      message={
        unreachable
          ? t("error.unreachable")
          : ((known && meaning("problem", known.code)) ?? known?.title ?? error.message)
      }
      description={
        unreachable ? (
          t("error.unreachable.hint")
        ) : known ? (
          <>
            <Said text={known.detail} /> {known.code && <code>{known.code}</code>}
          </>
        ) : undefined
      }
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t("error.retry")}
          </Button>
        )
      }
    />
  );
}
