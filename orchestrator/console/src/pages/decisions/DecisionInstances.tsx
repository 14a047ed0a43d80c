import { Select, Table } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router-dom";
import { PAGE_SIZE, useDecisionInstances } from "../../api/decisions";
import type { DecisionFilter } from "../../api/decisions";
import type { Decision, DecisionInstance } from "../../api/types";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { StateTag } from "../../components/StateTag";
import { Time } from "../../components/Time";
import { useT } from "../../i18n";

const STATES = ["EVALUATED", "FAILED"] as const;

interface Props {
  of: DecisionFilter;
  /** Decisions of which one can be chosen. */
  choices?: Decision[];
}

interface Narrowed extends Pick<DecisionFilter, "state" | "decisionDefinitionId"> {
  page: number;
}

/** What was decided, the newest first. */
export function DecisionInstances({ of, choices = [] }: Props) {
  const t = useT();
  const navigate = useNavigate();
  const [{ page, ...narrowed }, setNarrowed] = useState<Narrowed>({ page: 1 });
  const instances = useDecisionInstances({ ...of, ...narrowed }, page);
  return (
    <>
      <div className="bar">
        <h2>{t("decision.instances")}</h2>
        {choices.length > 0 && (
          <Select
            allowClear
            size="small"
            style={{ width: 280 }}
            placeholder={t("decision.decision")}
            aria-label={t("decision.decision")}
            value={narrowed.decisionDefinitionId}
            onChange={(id) => setNarrowed({ ...narrowed, decisionDefinitionId: id, page: 1 })}
            options={choices.map((each) => ({
              value: each.decisionDefinitionId,
              label: each.name || each.decisionDefinitionId,
            }))}
          />
        )}
        <Select
          allowClear
          size="small"
          style={{ width: 140 }}
          placeholder={t("common.state")}
          aria-label={t("common.state")}
          value={narrowed.state}
          onChange={(state) => setNarrowed({ ...narrowed, state, page: 1 })}
          options={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        />
      </div>
      <Problem error={instances.error} onRetry={() => void instances.refetch()} />
      <Table<DecisionInstance>
        size="small"
        rowKey="decisionEvaluationInstanceKey"
        loading={instances.isPending}
        dataSource={instances.data?.items}
        locale={{
          emptyText: (
            <Nothing
              title={t("decision.instances.empty")}
              hint={t("decision.instances.empty.hint")}
            />
          ),
        }}
        pagination={{
          current: page,
          pageSize: PAGE_SIZE,
          total: instances.data?.page.totalItems,
          showSizeChanger: false,
          hideOnSinglePage: true,
          onChange: (next) => setNarrowed({ ...narrowed, page: next }),
        }}
        onRow={({ decisionEvaluationInstanceKey }) => ({
          className: "clickable",
          onClick: () => navigate(`/decisions/instances/${decisionEvaluationInstanceKey}`),
        })}
        columns={[
          {
            title: t("common.state"),
            width: 110,
            render: (_, { state }) => <StateTag state={state} />,
          },
          {
            title: t("decision.decision"),
            render: (_, one) => (
              <Link
                to={`/decisions/instances/${one.decisionEvaluationInstanceKey}`}
                onClick={(event) => event.stopPropagation()}
              >
                {one.decisionDefinitionName} v{one.decisionDefinitionVersion}
              </Link>
            ),
          },
          {
            title: t("decision.result"),
            ellipsis: true,
            render: (_, { result, evaluationFailure }) => (
              <code>{evaluationFailure ?? result}</code>
            ),
          },
          { title: t("process.businessKey"), dataIndex: "businessId", ellipsis: true },
          {
            title: t("decision.evaluated"),
            dataIndex: "evaluationDate",
            width: 190,
            render: (value: string) => <Time at={value} />,
          },
        ]}
      />
    </>
  );
}
