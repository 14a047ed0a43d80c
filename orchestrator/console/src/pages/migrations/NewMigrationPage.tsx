import { Button, Select, Skeleton } from "antd";
import { useState } from "react";
import { useNavigate, useParams } from "react-router-dom";
import { useCreateMigration, useSuggestion } from "../../api/migrations";
import type { Pair } from "../../api/migrations";
import { useDefinitions } from "../../api/processes";
import type { Suggestion } from "../../api/types";
import { PageHead } from "../../components/PageHead";
import { Problem } from "../../components/Problem";
import { useT } from "../../i18n";
import { MappingTable } from "./MappingTable";

/** Chooses two versions of a process; their mapping follows. */
export function NewMigrationPage() {
  const t = useT();
  const { sourceKey = "" } = useParams();
  const navigate = useNavigate();
  const definitions = useDefinitions();
  const source = definitions.data?.items.find((d) => d.processDefinitionKey === sourceKey);
  const versions = (definitions.data?.items ?? [])
    .filter((d) => d.processDefinitionId === source?.processDefinitionId)
    .sort((a, b) => b.processDefinitionVersion - a.processDefinitionVersion);
  const options = versions.map((d) => ({
    value: d.processDefinitionKey,
    label: `v${d.processDefinitionVersion}`,
  }));
  const [chosen, setChosen] = useState<string>();
  const target = chosen ?? options.find(({ value }) => value !== sourceKey)?.value;
  const pair = {
    sourceProcessDefinitionKey: sourceKey,
    targetProcessDefinitionKey: target ?? "",
  };
  const suggestion = useSuggestion(pair, target !== undefined);
  return (
    <div className="page">
      <PageHead back="/processes" title={t("migration.title")}>
        <span>{source?.name || source?.processDefinitionId}</span>
        <Select
          size="small"
          aria-label={t("migration.from")}
          value={sourceKey}
          options={options.filter(({ value }) => value !== target)}
          onChange={(key) => navigate(`/processes/migrations/new/${key}`)}
        />
        →
        <Select
          size="small"
          aria-label={t("migration.to")}
          value={target}
          options={options.filter(({ value }) => value !== sourceKey)}
          onChange={setChosen}
        />
      </PageHead>
      <Problem error={definitions.error ?? suggestion.error} />
      {suggestion.data ? (
        <Mapped key={`${sourceKey} ${target}`} pair={pair} suggestion={suggestion.data} />
      ) : (
        <Skeleton active />
      )}
    </div>
  );
}

function Mapped({ pair, suggestion }: { pair: Pair; suggestion: Suggestion }) {
  const t = useT();
  const navigate = useNavigate();
  const create = useCreateMigration();
  const [mapping, setMapping] = useState<Record<string, string>>(() =>
    Object.fromEntries(
      suggestion.mappingInstructions.map((m) => [m.sourceElementId, m.targetElementId]),
    ),
  );
  const plan = () =>
    create.mutate(
      {
        ...pair,
        mappingInstructions: Object.entries(mapping).map(([sourceElementId, targetElementId]) => ({
          sourceElementId,
          targetElementId,
        })),
      },
      { onSuccess: ({ migrationKey }) => navigate(`/processes/migrations/${migrationKey}`) },
    );
  return (
    <>
      <div className="bar">
        <span className="muted">{t("migration.mapping.hint")}</span>
        <Button type="primary" className="push" loading={create.isPending} onClick={plan}>
          {t("migration.plan")}
        </Button>
      </div>
      <Problem error={create.error} />
      <MappingTable
        sources={suggestion.sourceElements}
        targets={suggestion.targetElements}
        mapping={mapping}
        onChange={setMapping}
      />
    </>
  );
}
