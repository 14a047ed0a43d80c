import { PlusOutlined } from "@ant-design/icons";
import { Alert, Button, Popconfirm, Space, Table, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router-dom";
import { useAgents, useDrain } from "../../api/agents";
import { useMay } from "../../api/session";
import type { Agent } from "../../api/types";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { StateTag } from "../../components/StateTag";
import { Time } from "../../components/Time";
import { Unseen } from "../../components/Unseen";
import { useT } from "../../i18n";
import { useTell } from "../../i18n/told";
import { EnrollDialog } from "./EnrollDialog";

export function AgentsPage() {
  const t = useT();
  const agents = useAgents();
  const drain = useDrain();
  const manages = useMay("manage_agents");
  const [enrolling, setEnrolling] = useState(false);
  return (
    <div className="page">
      <div className="bar">
        <h2>{t("nav.agents")}</h2>
        {manages && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEnrolling(true)}>
            {t("agent.enroll")}
          </Button>
        )}
      </div>
      <Problem error={agents.error ?? drain.error} onRetry={() => void agents.refetch()} />
      {agents.data?.items.map((agent) => <Problems key={agent.agentKey} of={agent} />)}
      <Table<Agent>
        size="small"
        rowKey="agentKey"
        loading={agents.isPending}
        dataSource={agents.data?.items}
        pagination={false}
        locale={{ emptyText: <Nothing title={t("agent.empty")} hint={t("agent.empty.hint")} /> }}
        columns={[
          {
            title: t("agent.status"),
            dataIndex: "status",
            width: 110,
            render: (value: string) => <StateTag state={value} />,
          },
          { title: t("common.name"), dataIndex: "name" },
          { title: t("agent.machine"), dataIndex: "machine" },
          {
            title: t("agent.queues"),
            dataIndex: "queues",
            render: (queues: string[]) =>
              queues.map((queue) => (
                <Tag key={queue} bordered={false}>
                  {queue}
                </Tag>
              )),
          },
          {
            title: t("agent.runs"),
            dataIndex: "runs",
            render: (runs: Agent["runs"]) =>
              runs.length === 0 ? (
                <span className="muted">{t("agent.idle")}</span>
              ) : (
                <Space direction="vertical" size={0}>
                  {runs.map((run) => (
                    <Link key={run.runKey} to={`/work/${run.workItemKey}`}>
                      {run.queue}
                    </Link>
                  ))}
                </Space>
              ),
          },
          {
            title: t("agent.lastSeen"),
            dataIndex: "lastSeen",
            width: 190,
            render: (value: string) => <Time at={value} />,
          },
          {
            title: <Unseen>{t("common.actions")}</Unseen>,
            width: 90,
            hidden: !manages,
            render: (_, agent) => (
              <Popconfirm
                title={t("agent.drain.confirm")}
                onConfirm={() => drain.mutate(agent.agentKey)}
              >
                <Button size="small" disabled={agent.status !== "ONLINE"}>
                  {t("agent.drain")}
                </Button>
              </Popconfirm>
            ),
          },
        ]}
      />
      <EnrollDialog open={enrolling} onClose={() => setEnrolling(false)} />
    </div>
  );
}

/** What is wrong on its machine, such as a bot that it had to leave out. */
function Problems({ of }: { of: Agent }) {
  const t = useT();
  const tell = useTell();
  if (of.problems.length === 0 || of.status === "OFFLINE") return null;
  return (
    <Alert
      showIcon
      type="warning"
      className="agent-problems"
      message={t("agent.problems", { name: of.name })}
      description={of.problems.map(({ code, values = {}, message }) => (
        <div key={message}>
          {tell({ by: "agent", notes: [{ key: code, values }], own: message })}
        </div>
      ))}
    />
  );
}
