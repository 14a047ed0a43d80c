import { Alert, Badge, Skeleton, Space, Tabs } from "antd";
import { useMemo } from "react";
import { useParams } from "react-router-dom";
import { useDefinitionXml, useElements, useIncidents, useInstance } from "../../api/processes";
import { useMay } from "../../api/session";
import { PageHead } from "../../components/PageHead";
import { Problem } from "../../components/Problem";
import { Time } from "../../components/Time";
import { useT } from "../../i18n";
import { Diagram } from "./Diagram";
import { ElementsTable } from "./ElementsTable";
import { HistoryTable } from "./HistoryTable";
import { IncidentsTable } from "./IncidentsTable";
import { InstanceActions } from "./InstanceActions";
import { VariablesTable } from "./VariablesTable";
import { marksOf } from "./marks";

export default function InstancePage() {
  const { instanceKey = "" } = useParams();
  const t = useT();
  const instance = useInstance(instanceKey);
  const xml = useDefinitionXml(instance.data?.processDefinitionKey);
  const elements = useElements(instanceKey);
  const incidents = useIncidents(instanceKey);
  const manages = useMay("manage_processes");
  const marks = useMemo(() => marksOf(elements.data?.items ?? []), [elements.data]);
  const open = incidents.data?.items.filter((incident) => incident.state === "ACTIVE") ?? [];
  const data = instance.data;
  if (instance.isPending) return <Skeleton active className="page" />;
  if (!data) {
    return (
      <div className="page">
        <Problem error={instance.error} onRetry={() => void instance.refetch()} />
      </div>
    );
  }
  return (
    <div className="page">
      <PageHead
        back="/processes"
        title={data.processDefinitionName || data.processDefinitionId}
        state={data.hasIncident ? "INCIDENT" : data.state}
      >
        <Space className="muted" size={16}>
          <span>v{data.processDefinitionVersion}</span>
          {data.businessKey && <span>{data.businessKey}</span>}
          <code>{data.processInstanceKey}</code>
          <span>
            <Time at={data.startDate} /> → <Time at={data.endDate} />
          </span>
        </Space>
        {manages && data.endDate === null && <InstanceActions instance={data} />}
      </PageHead>
      {data.isSealed && (
        <Alert type="info" showIcon message={t("sealed.title")} description={t("sealed.instance")} />
      )}
      <Problem error={xml.error ?? elements.error} />
      {xml.data ? <Diagram xml={xml.data} marks={marks} /> : <Skeleton active />}
      <Tabs
        size="small"
        items={[
          {
            key: "variables",
            label: t("process.variables"),
            children: <VariablesTable instanceKey={instanceKey} sealed={data.isSealed} />,
          },
          {
            key: "incidents",
            label: (
              <Badge count={open.length} size="small" offset={[10, 0]}>
                {t("process.incidents")}
              </Badge>
            ),
            children: <IncidentsTable instanceKey={instanceKey} />,
          },
          {
            key: "elements",
            label: t("process.elements"),
            children: <ElementsTable instanceKey={instanceKey} />,
          },
          {
            key: "history",
            label: t("process.history"),
            children: <HistoryTable instanceKey={instanceKey} />,
          },
        ]}
      />
    </div>
  );
}
