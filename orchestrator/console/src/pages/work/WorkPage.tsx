import { Select, Table, Tooltip } from "antd";
import { useState } from "react";
import { useNavigate, useParams } from "react-router-dom";
import { PAGE_SIZE, useWorkItems } from "../../api/work";
import type { WorkItem, WorkItemState } from "../../api/types";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { StateTag } from "../../components/StateTag";
import { Time } from "../../components/Time";
import { useT } from "../../i18n";
import { useNamed } from "../../i18n/told";
import { ItemDrawer } from "./ItemDrawer";
import { Queues } from "./Queues";

const STATES: WorkItemState[] = ["NEW", "LEASED", "DONE", "FAILED", "REVIEW", "CANCELLED"];

export function WorkPage() {
  const t = useT();
  const named = useNamed();
  const navigate = useNavigate();
  const { itemKey } = useParams();
  const [queue, setQueue] = useState<string>();
  const [state, setState] = useState<WorkItemState>();
  const [page, setPage] = useState(1);
  const items = useWorkItems({ queue, state, page });
  const choose = <T,>(set: (value: T) => void) => (value: T) => {
    set(value);
    setPage(1);
  };
  return (
    <div className="page">
      <Queues
        queue={queue}
        state={state}
        onChoose={(nextQueue, nextState) => {
          choose(setQueue)(nextQueue);
          setState(nextState);
        }}
      />
      <div className="bar">
        <h2>{t("work.items")}</h2>
        {queue && <code>{queue}</code>}
        <Select
          allowClear
          size="small"
          style={{ width: 140 }}
          placeholder={t("common.state")}
          aria-label={t("common.state")}
          value={state}
          onChange={choose(setState)}
          options={STATES.map((value) => ({ value, label: t(`state.${value}` as "state.NEW") }))}
        />
      </div>
      <Problem error={items.error} onRetry={() => void items.refetch()} />
      <Table<WorkItem>
        size="small"
        rowKey="workItemKey"
        loading={items.isPending}
        dataSource={items.data?.items}
        locale={{ emptyText: <Nothing title={t("work.empty")} hint={t("work.empty.hint")} /> }}
        pagination={{
          current: page,
          pageSize: PAGE_SIZE,
          total: items.data?.page.totalItems,
          showSizeChanger: false,
          hideOnSinglePage: true,
          onChange: setPage,
        }}
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
                <Tooltip title={item.exception.message}>
                  <span className="text-error">
                    {named("exception", item.exception.code ?? item.exception.type)}
                  </span>{" "}
                  {item.exception.message}
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
