import { Table, Tooltip } from "antd";
import { useNavigate, useParams } from "react-router-dom";
import { useWorkItems } from "../../api/work";
import type { WorkFilter } from "../../api/work";
import type { WorkItem, WorkItemState } from "../../api/types";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { StateSelect } from "../../components/StateSelect";
import { StateTag } from "../../components/StateTag";
import { Time } from "../../components/Time";
import { usePaging } from "../../components/paging";
import { useT } from "../../i18n";
import { useSay } from "../../i18n/sentences";
import { useNamed } from "../../i18n/told";
import { ItemDrawer } from "./ItemDrawer";
import { Queues } from "./Queues";

const STATES: WorkItemState[] = ["NEW", "LEASED", "DONE", "FAILED", "REVIEW", "CANCELLED"];

export function WorkPage() {
  const t = useT();
  const named = useNamed();
  const say = useSay();
  const navigate = useNavigate();
  const { itemKey } = useParams();
  const paging = usePaging<WorkFilter>({});
  const { queue, state } = paging.filter;
  const items = useWorkItems(paging.filter, paging.page);
  return (
    <div className="page">
      <Queues
        queue={queue}
        state={state}
        onChoose={paging.narrow}
      />
      <div className="bar">
        <h2>{t("work.items")}</h2>
        {queue && <code>{queue}</code>}
        <StateSelect
          states={STATES}
          value={state}
          onChange={(state) => paging.narrow({ state })}
        />
      </div>
      <Problem error={items.error} onRetry={() => void items.refetch()} />
      <Table<WorkItem>
        size="small"
        rowKey="workItemKey"
        loading={items.isPending}
        dataSource={items.data?.items}
        locale={{ emptyText: <Nothing title={t("work.empty")} hint={t("work.empty.hint")} /> }}
        pagination={paging.pagination(items.data?.page.totalItems)}
        onRow={(item) => ({
          className: "clickable",
          onClick: () => navigate(`/work/${item.workItemKey}`),
        })}
        columns={[
          {
            title: t("common.state"),
            dataIndex: "state",
            width: 110,
            render: (state: string, item) => <StateTag state={item.held ? "SUSPENDED" : state} />,
          },
          {
            title: t("common.queue"),
            dataIndex: "queue",
            render: (value: string) => <code>{value}</code>,
          },
          { title: t("work.reference"), dataIndex: "reference", ellipsis: true },
          {
            title: t("work.attempts"),
            width: 90,
            render: (_, item) => `${item.attempts} / ${item.maxAttempts}`,
          },
          {
            title: t("work.exception"),
            ellipsis: true,
            render: (_, item) =>
              item.exception && (
                <Tooltip title={say(item.exception.message ?? "")}>
                  <span className="text-error">
                    {named("exception", item.exception.code ?? item.exception.type)}
                  </span>{" "}
                  {say(item.exception.message ?? "")}
                </Tooltip>
              ),
          },
          {
            title: t("work.updated"),
            dataIndex: "updatedAt",
            width: 190,
            render: (value: string) => <Time at={value} />,
          },
        ]}
      />
      <ItemDrawer itemKey={itemKey} onClose={() => navigate("/work")} />
    </div>
  );
}
