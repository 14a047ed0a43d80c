import { Table, Tag } from "antd";
import { Link } from "react-router-dom";
import { useDecisionInstances } from "../../api/decisions";
import { useElements } from "../../api/processes";
import type { ElementInstance } from "../../api/types";
import { Said } from "../../components/Said";
import { StateTag } from "../../components/StateTag";
import { Time } from "../../components/Time";
import { Unseen } from "../../components/Unseen";
import { useT } from "../../i18n";
import { useKind } from "../../i18n/told";

export function ElementsTable({ instanceKey }: { instanceKey: string }) {
  const t = useT();
  const kind = useKind();
  const elements = useElements(instanceKey);
  const decided = useDecided(instanceKey);
  return (
    <Table<ElementInstance>
      size="small"
      rowKey="elementInstanceKey"
      loading={elements.isPending}
      dataSource={elements.data?.items}
      pagination={false}
      expandable={{
        columnTitle: <Unseen>{t("common.details")}</Unseen>,
        rowExpandable: ({ warnings }) => warnings.length > 0,
        expandedRowRender: ({ warnings }) => <Warnings warnings={warnings} />,
      }}
      columns={[
        {
          title: t("common.state"),
          width: 120,
          render: (_, element) => (
            <StateTag state={element.hasIncident ? "INCIDENT" : element.state} />
          ),
        },
        {
          title: t("process.element"),
          render: (_, { elementName, elementId, elementInstanceKey, warnings }) => (
            <>
              {elementName || elementId}{" "}
              {decided.has(elementInstanceKey) && (
                <Link className="underlined" to={`/decisions/instances/${decided.get(elementInstanceKey)}`}>
                  {t("decision.open")}
                </Link>
              )}{" "}
              {warnings.length > 0 && (
                <Tag color="warning" bordered={false}>
                  {t("process.warnings", { count: warnings.length })}
                </Tag>
              )}
            </>
          ),
        },
        {
          title: t("process.type"),
          dataIndex: "type",
          render: (type: string) => kind("element", type),
        },
        {
          title: t("common.started"),
          dataIndex: "startDate",
          render: (value: string) => <Time at={value} />,
        },
        {
          title: t("common.ended"),
          dataIndex: "endDate",
          render: (value: string | null) => <Time at={value} />,
        },
      ]}
    />
  );
}

/** The decision that each business rule task asked last, by the task's instance. */
function useDecided(instanceKey: string): Map<string, string> {
  const decisions = useDecisionInstances({ processInstanceKey: instanceKey });
  const asked = decisions.data?.items.filter(
    (one) => one.decisionDefinitionKey === one.rootDecisionDefinitionKey,
  );
  // The newest comes first and is to be kept.
  return new Map(
    asked
      ?.reverse()
      .map((one) => [one.elementInstanceKey ?? "", one.decisionEvaluationInstanceKey]),
  );
}

/** What FEEL expressions could not tell, and read as null. */
function Warnings({ warnings }: Pick<ElementInstance, "warnings">) {
  return (
    <ul className="warnings">
      {warnings.map(({ expression, message }) => (
        <li key={`${expression} ${message}`}>
          <Said text={message} /> <code className="muted">{expression}</code>
        </li>
      ))}
    </ul>
  );
}
