import { SettingOutlined } from "@ant-design/icons";
import { Alert, Button, Table } from "antd";
import { useState } from "react";
import { useErrorBudget } from "../../api/quality";
import { useMay } from "../../api/session";
import type { ErrorBudget, ErrorCount } from "../../api/types";
import { Problem } from "../../components/Problem";
import { useLanguage } from "../../i18n";
import { useFieldLabel } from "../inbox/labels";
import { CourseChart } from "./CourseChart";
import { LooksTable } from "./LooksTable";
import { PolicyDialog } from "./PolicyDialog";
import { percent } from "./percent";

const TONE = { UNPROVEN: "info", PROVEN: "success", EXCEEDED: "error" } as const;

/** One budget: what its state means, how it came there, field by field, and its looks. */
export function BudgetPane({ budget }: { budget: ErrorBudget }) {
  const { t, language } = useLanguage();
  const label = useFieldLabel();
  const detail = useErrorBudget(budget.errorBudgetKey);
  const may = useMay("manage_processes");
  const [setting, setSetting] = useState(false);
  const values = {
    share: percent(budget.share, language),
    budget: percent(budget.budget, language),
  };
  return (
    <>
      <Alert
        style={{ margin: "16px 0" }}
        type={TONE[budget.state]}
        showIcon
        message={t(`quality.${budget.state}`, values)}
        description={
          budget.state !== "PROVEN" &&
          t(`quality.needed.${budget.state}`, {
            needed: String(budget.cleanLooksNeeded),
            made: String(budget.cleanLooksMade),
          })
        }
        action={
          may && (
            <Button size="small" icon={<SettingOutlined />} onClick={() => setSetting(true)}>
              {t("quality.set")}
            </Button>
          )
        }
      />
      <Problem error={detail.error} onRetry={() => void detail.refetch()} />
      <div className="quality">
        <section>
          <h3>{t("quality.course")}</h3>
          <CourseChart course={detail.data?.course ?? []} budget={budget.budget} />
        </section>
        <section>
          <h3>{t("quality.counts")}</h3>
          <Table<ErrorCount>
            size="small"
            rowKey="name"
            dataSource={detail.data?.counts}
            pagination={false}
            columns={[
              {
                title: t("vendor.field"),
                dataIndex: "name",
                render: (name: string) => (name === "invoice" ? t("quality.invoice") : label(name)),
              },
              { title: t("quality.wrong"), dataIndex: "wrong", align: "right" },
              { title: t("quality.looks"), dataIndex: "looks", align: "right" },
              {
                title: t("quality.exactBound"),
                dataIndex: "exactBound",
                align: "right",
                render: (bound: number) => percent(bound, language),
              },
              {
                title: t("quality.runningBound"),
                dataIndex: "runningBound",
                align: "right",
                render: (bound: number) => percent(bound, language),
              },
            ]}
          />
        </section>
      </div>
      <h3>{t("quality.list")}</h3>
      <LooksTable budgetKey={budget.errorBudgetKey} />
      {setting && <PolicyDialog budget={budget} onClose={() => setSetting(false)} />}
    </>
  );
}
