import { Skeleton, Tag } from "antd";
import type { ProcessDefinition } from "../../api/types";
import { DeployButton } from "../../components/DeployButton";
import { Nothing } from "../../components/Nothing";
import { useT } from "../../i18n";

interface Props {
  definitions: ProcessDefinition[];
  loading: boolean;
  chosen: string | undefined;
  onChoose: (processDefinitionId: string | undefined) => void;
}

const version = (definition: ProcessDefinition) =>
  definition.processDefinitionVersion;

/** The newest version of each definition, by its id. */
function newest(definitions: ProcessDefinition[]): ProcessDefinition[] {
  const byId = new Map<string, ProcessDefinition>();
  for (const definition of definitions) {
    const known = byId.get(definition.processDefinitionId);
    if (!known || version(known) < version(definition)) {
      byId.set(definition.processDefinitionId, definition);
    }
  }
  return [...byId.values()];
}

export function Definitions({ definitions, loading, chosen, onChoose }: Props) {
  const t = useT();
  return (
    <>
      <div className="bar">
        <h2>{t("process.definitions")}</h2>
        <DeployButton />
      </div>
      {loading && <Skeleton active paragraph={{ rows: 1 }} />}
      {!loading && definitions.length === 0 && (
        <Nothing
          title={t("process.definitions.empty")}
          hint={t("process.definitions.empty.hint")}
        />
      )}
      <div className="queues">
        {newest(definitions).map((definition) => {
          const id = definition.processDefinitionId;
          return (
            <button
              key={id}
              type="button"
              className="queue"
              data-active={id === chosen}
              onClick={() => onChoose(id === chosen ? undefined : id)}
            >
              <strong>{definition.name || id}</strong>{" "}
              <Tag bordered={false}>v{version(definition)}</Tag>
              <div className="muted small">{definition.resourceName}</div>
            </button>
          );
        })}
      </div>
    </>
  );
}
