import { Checkbox, Table } from "antd";
import { useNavigate, useSearchParams } from "react-router-dom";
import { useDefinitions, useInstances } from "../../api/processes";
import type { InstanceFilter } from "../../api/processes";
import type { ProcessInstance } from "../../api/types";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { StateSelect } from "../../components/StateSelect";
import { StateTag } from "../../components/StateTag";
import { Time } from "../../components/Time";
import { usePaging } from "../../components/paging";
import { useT } from "../../i18n";
import { Definitions } from "./Definitions";
import { Versions } from "./Versions";

const STATES: ProcessInstance["state"][] = ["ACTIVE", "SUSPENDED", "COMPLETED", "TERMINATED"];

export function ProcessesPage() {
  const t = useT();
  const navigate = useNavigate();
  const [address, setAddress] = useSearchParams();
  const chosen = address.get("process") ?? undefined;
  const paging = usePaging<InstanceFilter>({});
  const definitions = useDefinitions();
  const instances = useInstances({ ...paging.filter, processDefinitionId: chosen }, paging.page);
  return (
    <div className="page">
      <Problem error={definitions.error} onRetry={() => void definitions.refetch()} />
      <Definitions
        definitions={definitions.data?.items ?? []}
        loading={definitions.isPending}
        chosen={chosen}
        onChoose={(process) => {
          setAddress(process ? { process } : {});
          paging.narrow({});
        }}
      />
      <Versions definitions={definitions.data?.items ?? []} chosen={chosen} />
      <div className="bar">
        <h2>{t("process.instances")}</h2>
        <StateSelect
          states={STATES}
          value={paging.filter.state}
          onChange={(state) => paging.narrow({ state })}
        />
        <Checkbox
          checked={paging.filter.hasIncident === true}
          onChange={(event) => paging.narrow({ hasIncident: event.target.checked || undefined })}
        >
          {t("process.withIncident")}
        </Checkbox>
      </div>
      <Problem error={instances.error} onRetry={() => void instances.refetch()} />
      <Table<ProcessInstance>
        size="small"
        rowKey="processInstanceKey"
        loading={instances.isPending}
        dataSource={instances.data?.items}
        locale={{
          emptyText: (
            <Nothing
              title={t("process.instances.empty")}
              hint={t("process.instances.empty.hint")}
            />
          ),
        }}
        pagination={paging.pagination(instances.data?.page.totalItems)}
        onRow={({ processInstanceKey }) => ({
          className: "clickable",
          onClick: () => navigate(`/processes/${processInstanceKey}`),
        })}
        columns={[
          {
            title: t("common.state"),
            width: 120,
            render: (_, instance) => (
              <StateTag state={instance.hasIncident ? "INCIDENT" : instance.state} />
            ),
          },
          {
            title: t("process.process"),
            render: (_, instance) =>
              instance.processDefinitionName || instance.processDefinitionId,
          },
          { title: t("process.version"), dataIndex: "processDefinitionVersion", width: 80 },
          { title: t("process.businessKey"), dataIndex: "businessKey", ellipsis: true },
          {
            title: t("process.key"),
            dataIndex: "processInstanceKey",
            render: (key: string) => <code>{key}</code>,
          },
          {
            title: t("common.started"),
            dataIndex: "startDate",
            width: 190,
            render: (value: string) => <Time at={value} />,
          },
          {
            title: t("common.ended"),
            dataIndex: "endDate",
            width: 190,
            render: (value: string | null) => <Time at={value} />,
          },
        ]}
      />
    </div>
  );
}
