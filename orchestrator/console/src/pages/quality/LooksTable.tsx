import { Table, Tag } from "antd";
import { Link } from "react-router-dom";
import { useSecondLooks } from "../../api/quality";
import type { SecondLook } from "../../api/types";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { StateTag } from "../../components/StateTag";
import { Time } from "../../components/Time";
import { usePaging } from "../../components/paging";
import { useLanguage } from "../../i18n";
import { useFieldLabel } from "../inbox/labels";
import { percent } from "./percent";

/** The looks of a budget; what was read and what is true only of those that are settled. */
export function LooksTable({ budgetKey }: { budgetKey: string }) {
  const { t, language } = useLanguage();
  const paging = usePaging({});
  const looks = useSecondLooks(budgetKey, paging.page);
  return (
    <>
      <Problem error={looks.error} onRetry={() => void looks.refetch()} />
      <Table<SecondLook>
        size="small"
        rowKey="secondLookKey"
        loading={looks.isPending}
        dataSource={looks.data?.items}
        pagination={paging.pagination(looks.data?.page.totalItems)}
        locale={{ emptyText: <Nothing title={t("quality.list.empty")} /> }}
        columns={[
          {
            title: t("common.state"),
            dataIndex: "state",
            width: 110,
            render: (value: string) => <StateTag state={value} />,
          },
          {
            title: t("quality.document"),
            render: (_, look) =>
              look.processInstanceKey ? (
                <Link to={`/processes/${look.processInstanceKey}`}>{look.title ?? "–"}</Link>
              ) : (
                (look.title ?? "–")
              ),
          },
          { title: t("quality.found"), render: (_, look) => <Outcome look={look} /> },
          {
            title: t("quality.drawnAt"),
            dataIndex: "share",
            width: 90,
            align: "right",
            render: (share: number) => percent(share, language),
          },
          { title: t("quality.by"), dataIndex: "answeredBy", width: 120 },
          {
            title: t("common.created"),
            dataIndex: "drawnAt",
            width: 190,
            render: (value: string) => <Time at={value} />,
          },
          {
            title: t("common.ended"),
            dataIndex: "settledAt",
            width: 190,
            render: (value: string | null) => <Time at={value} />,
          },
        ]}
      />
    </>
  );
}

function Outcome({ look }: { look: SecondLook }) {
  const { t } = useLanguage();
  const label = useFieldLabel();
  if (look.holds) return <Tag color="warning">{t("quality.holds")}</Tag>;
  if (!look.wrong) return null;
  if (look.wrong.length === 0) return <Tag color="success">{t("quality.right")}</Tag>;
  return look.wrong.map((name) => (
    <div key={name}>
      {label(name)}: <del>{look.reading?.[name] || "–"}</del> {look.truth?.[name] || "–"}
    </div>
  ));
}
