import { App, Button, Table } from "antd";
import { Link } from "react-router-dom";
import { useIncidents, useResolveIncident } from "../../api/processes";
import { useMay } from "../../api/session";
import type { Incident } from "../../api/types";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { Said } from "../../components/Said";
import { StateTag } from "../../components/StateTag";
import { Time } from "../../components/Time";
import { Unseen } from "../../components/Unseen";
import { useT } from "../../i18n";
import { useNamed } from "../../i18n/told";

export function IncidentsTable({ instanceKey }: { instanceKey: string }) {
  const t = useT();
  const named = useNamed();
  const { message } = App.useApp();
  const incidents = useIncidents(instanceKey);
  const resolve = useResolveIncident();
  const manages = useMay("manage_processes");
  return (
    <>
      <Problem error={incidents.error ?? resolve.error} />
      <Table<Incident>
        size="small"
        rowKey="incidentKey"
        loading={incidents.isPending}
        dataSource={incidents.data?.items}
        pagination={false}
        locale={{ emptyText: <Nothing title={t("process.incidents.empty")} /> }}
        columns={[
          {
            title: t("common.state"),
            width: 110,
            dataIndex: "state",
            render: (state: string) => <StateTag state={state} />,
          },
          { title: t("process.element"), dataIndex: "elementId" },
          {
            title: t("process.type"),
            dataIndex: "errorType",
            render: (type: string) => named("incident", type),
          },
          {
            title: t("process.message"),
            dataIndex: "errorMessage",
            render: (text: string) => <Said text={text} />,
          },
          {
            title: t("work.item"),
            dataIndex: "workItemKey",
            render: (key: string | null) => key && <Link to={`/work/${key}`}>{key}</Link>,
          },
          {
            title: t("common.created"),
            dataIndex: "creationTime",
            width: 190,
            render: (value: string) => <Time at={value} />,
          },
          {
            title: <Unseen>{t("common.actions")}</Unseen>,
            width: 90,
            hidden: !manages,
            render: (_, incident) =>
              incident.state === "ACTIVE" && (
                <Button
                  size="small"
                  type="primary"
                  loading={resolve.isPending && resolve.variables === incident.incidentKey}
                  onClick={() =>
                    resolve.mutate(incident.incidentKey, {
                      onSuccess: () => void message.success(t("process.resolved")),
                    })
                  }
                >
                  {t("process.resolve")}
                </Button>
              ),
          },
        ]}
      />
    </>
  );
}
