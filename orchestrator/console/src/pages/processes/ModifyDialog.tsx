import { Alert, App, Button, List, Modal, Select, Space } from "antd";
import { useState } from "react";
import { useSuggestion } from "../../api/migrations";
import { useElements, useModification } from "../../api/processes";
import type { ProcessInstance } from "../../api/types";
import { ForecastText } from "../../components/ForecastText";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { useT } from "../../i18n";
import { modificationOf } from "./instructions";
import type { Instruction } from "./instructions";

const KINDS: Instruction["kind"][] = ["move", "activate", "terminate"];
const NOT_BY_HAND = ["startEvent", "boundaryEvent"];

/** Collects instructions to move tokens, tries them and applies them. */
export function ModifyDialog({
  instance,
  onClose,
}: {
  instance: ProcessInstance;
  onClose: () => void;
}) {
  const t = useT();
  const { message } = App.useApp();
  const [instructions, setInstructions] = useState<Instruction[]>([]);
  const modification = useModification(instance.processInstanceKey);
  const change = (changed: Instruction[]) => {
    setInstructions(changed);
    modification.try.reset();
  };
  const apply = () =>
    modification.apply.mutate(modificationOf(instructions), {
      onSuccess: () => {
        void message.success(t("modify.done"));
        onClose();
      },
    });
  const forecast = modification.try.data;
  return (
    <Modal
      title={t("modify.title")}
      open
      width={640}
      onCancel={onClose}
      footer={
        <Space>
          <Button
            disabled={instructions.length === 0}
            loading={modification.try.isPending}
            onClick={() => modification.try.mutate(modificationOf(instructions))}
          >
            {t("modify.try")}
          </Button>
          <Button
            type="primary"
            disabled={instructions.length === 0}
            loading={modification.apply.isPending}
            onClick={apply}
          >
            {t("modify.apply")}
          </Button>
        </Space>
      }
    >
      <p className="muted">{t("modify.hint")}</p>
      <NewInstruction instance={instance} onAdd={(one) => change([...instructions, one])} />
      <List
        size="small"
        dataSource={instructions}
        locale={{ emptyText: <Nothing title={t("modify.empty")} /> }}
        renderItem={(one, index) => (
          <List.Item
            actions={[
              <Button
                key="remove"
                size="small"
                onClick={() => change(instructions.filter((_, other) => other !== index))}
              >
                {t("modify.remove")}
              </Button>,
            ]}
          >
            {t(`modify.${one.kind}`)} {"from" in one && <code>{one.from}</code>}
            {one.kind === "move" && " → "}
            {"to" in one && <code>{one.to}</code>}
          </List.Item>
        )}
      />
      {forecast && (
        <Alert
          type={forecast.verdict === "OK" ? "success" : "warning"}
          message={t(`state.${forecast.verdict}`)}
          description={<ForecastText {...forecast} />}
        />
      )}
      <Problem error={modification.try.error ?? modification.apply.error} />
    </Modal>
  );
}

function NewInstruction({
  instance,
  onAdd,
}: {
  instance: ProcessInstance;
  onAdd: (instruction: Instruction) => void;
}) {
  const t = useT();
  const [kind, setKind] = useState<Instruction["kind"]>("move");
  const [from, setFrom] = useState<string>();
  const [to, setTo] = useState<string>();
  const elements = useElements(instance.processInstanceKey);
  const definition = instance.processDefinitionKey;
  const model = useSuggestion({
    sourceProcessDefinitionKey: definition,
    targetProcessDefinitionKey: definition,
  });
  const alive = new Set(
    elements.data?.items
      .filter(({ state, type }) => state === "ACTIVE" && type !== "PROCESS")
      .map(({ elementId }) => elementId),
  );
  const targets = model.data?.targetElements.filter(({ type }) => !NOT_BY_HAND.includes(type));
  const made: Instruction | null =
    kind === "activate"
      ? to ? { kind, to } : null
      : kind === "terminate"
        ? from ? { kind, from } : null
        : from && to ? { kind, from, to } : null;
  return (
    <Space wrap>
      <Select
        aria-label={t("modify.action")}
        value={kind}
        onChange={setKind}
        style={{ width: 110 }}
        options={KINDS.map((value) => ({ value, label: t(`modify.${value}`) }))}
      />
      {kind !== "activate" && (
        <Select
          aria-label={t("modify.from")}
          placeholder={t("modify.from")}
          value={from}
          onChange={setFrom}
          style={{ width: 180 }}
          options={[...alive].map((value) => ({ value, label: value }))}
        />
      )}
      {kind !== "terminate" && (
        <Select
          showSearch
          aria-label={t("modify.to")}
          placeholder={t("modify.to")}
          value={to}
          onChange={setTo}
          style={{ width: 180 }}
          options={targets?.map(({ elementId, elementName }) => ({
            value: elementId,
            label: elementName || elementId,
          }))}
        />
      )}
      <Button disabled={!made} onClick={() => made && onAdd(made)}>
        {t("modify.add")}
      </Button>
    </Space>
  );
}
