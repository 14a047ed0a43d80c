import { Button, Checkbox, InputNumber, Popconfirm, Space } from "antd";
import { useState } from "react";
import { useMigrationStep } from "../../api/migrations";
import type { Migration } from "../../api/types";
import { Problem } from "../../components/Problem";
import { useT } from "../../i18n";

/** What may be done next, by the state of the plan. */
export function Steps({ migration }: { migration: Migration }) {
  const t = useT();
  const [size, setSize] = useState(1);
  const [includeRisky, setIncludeRisky] = useState(false);
  const step = useMigrationStep(migration.migrationKey);
  const { state } = migration;
  const waits = state === "READY" || state === "PAUSED";
  const under = state === "CANARY" || state === "RUNNING";
  return (
    <>
      <Space wrap className="bar">
        {waits && (
          <>
            <Button onClick={() => step.mutate({ path: "canary", body: { size, includeRisky } })}>
              {t("migration.canary")}
            </Button>
            <InputNumber
              min={1}
              value={size}
              aria-label={t("migration.canary")}
              onChange={(value) => setSize(value ?? 1)}
            />
            <Button
              type="primary"
              onClick={() => step.mutate({ path: "continuation", body: { includeRisky } })}
            >
              {t("migration.continue")}
            </Button>
            <Checkbox
              checked={includeRisky}
              onChange={(event) => setIncludeRisky(event.target.checked)}
            >
              {t("migration.risky")}
            </Checkbox>
          </>
        )}
        {state === "READY" && (
          <Button onClick={() => step.mutate({ path: "dry-run" })}>{t("migration.again")}</Button>
        )}
        {under && (
          <Button onClick={() => step.mutate({ path: "pause" })}>{t("migration.pause")}</Button>
        )}
        {(under || state === "PAUSED" || state === "DONE") && (
          <Popconfirm
            title={t("migration.revert.confirm")}
            onConfirm={() => step.mutate({ path: "reversion" })}
          >
            <Button danger>{t("migration.revert")}</Button>
          </Popconfirm>
        )}
      </Space>
      <Problem error={step.error} />
    </>
  );
}
