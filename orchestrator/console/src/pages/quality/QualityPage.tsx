import { Skeleton, Table } from "antd";
import { useState } from "react";
import { useErrorBudgets } from "../../api/quality";
import type { ErrorBudget } from "../../api/types";
import { Nothing } from "../../components/Nothing";
import { Unseen } from "../../components/Unseen";
import { Problem } from "../../components/Problem";
import { StateTag } from "../../components/StateTag";
import { useLanguage } from "../../i18n";
import { BudgetPane } from "./BudgetPane";
import { percent } from "./percent";

/** How often bots err unseen, and what follows from it: one row for each error budget. */
export default function QualityPage() {
  const { t, language } = useLanguage();
  const budgets = useErrorBudgets();
  const [chosen, setChosen] = useState<string>();
  if (budgets.isPending) return <Skeleton active paragraph={{ rows: 8 }} className="page" />;
  const rows = budgets.data?.items ?? [];
  const shown = rows.find((row) => row.errorBudgetKey === chosen) ?? rows[0];
  const share = (value: number) => percent(value, language);
  return (
    <div className="page">
      <div className="bar">
        <h2>{t("nav.quality")}</h2>
        <span className="muted">{t("quality.about")}</span>
      </div>
      <Problem error={budgets.error} onRetry={() => void budgets.refetch()} />
      <Table<ErrorBudget>
        size="small"
        rowKey="errorBudgetKey"
        dataSource={rows}
        pagination={false}
        rowClassName="clickable"
        onRow={(row) => ({ onClick: () => setChosen(row.errorBudgetKey) })}
        rowSelection={{
          type: "radio",
          getCheckboxProps: ({ queue }) => ({ children: <Unseen>{queue}</Unseen> }),
          columnTitle: <Unseen>{t("common.details")}</Unseen>,
          selectedRowKeys: shown ? [shown.errorBudgetKey] : [],
          onChange: ([key]) => setChosen(String(key)),
        }}
        locale={{
          emptyText: <Nothing title={t("quality.empty")} hint={t("quality.empty.hint")} />,
        }}
        columns={[
          {
            title: t("common.state"),
            dataIndex: "state",
            render: (value: string) => <StateTag state={value} />,
          },
          { title: t("common.queue"), dataIndex: "queue" },
          {
            title: t("quality.vendorGroup"),
            dataIndex: "vendorGroup",
            render: (group: string) => (group === "all" ? t("common.all") : group),
          },
          { title: t("quality.budget"), dataIndex: "budget", align: "right", render: share },
          { title: t("quality.bound"), dataIndex: "bound", align: "right", render: share },
          { title: t("quality.estimate"), dataIndex: "estimate", align: "right", render: share },
          { title: t("quality.looks"), dataIndex: "looks", align: "right" },
          { title: t("quality.share"), dataIndex: "share", align: "right", render: share },
          { title: t("quality.open"), dataIndex: "openLooks", align: "right" },
        ]}
      />
      {shown && <BudgetPane key={shown.errorBudgetKey} budget={shown} />}
    </div>
  );
}
