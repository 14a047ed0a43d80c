import { Modal } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router-dom";
import { useEvaluation } from "../../api/decisions";
import type { Decision } from "../../api/types";
import { ObjectInput, asObject } from "../../components/ObjectInput";
import { Problem } from "../../components/Problem";
import { useT } from "../../i18n";
import { blank, inputsOf } from "./inputs";

interface Props {
  decision: Decision;
  xml: string;
  onClose: () => void;
}

/** Evaluates a decision with what is entered, and shows what it made of it. */
export function EvaluateDialog({ decision, xml, onClose }: Props) {
  const t = useT();
  const navigate = useNavigate();
  const [text, setText] = useState(() => blank(inputsOf(xml)));
  const evaluation = useEvaluation();
  const { decisionDefinitionKey } = decision;
  const evaluate = () => {
    const variables = asObject(text);
    if (!variables || evaluation.isPending) return;
    evaluation.mutate(
      { decisionDefinitionKey, variables },
      {
        onSuccess: ({ evaluatedDecisions }) => {
          const own = evaluatedDecisions.find(
            (each) => each.decisionDefinitionKey === decisionDefinitionKey,
          );
          const shown = own ?? evaluatedDecisions.at(-1);
          if (shown) navigate(`/decisions/instances/${shown.decisionEvaluationInstanceKey}`);
        },
      },
    );
  };
  return (
    <Modal
      open
      width={640}
      title={t("decision.evaluate.title", {
        decision: decision.name ?? decision.decisionDefinitionId,
      })}
      okText={t("decision.evaluate")}
      cancelText={t("common.cancel")}
      confirmLoading={evaluation.isPending}
      onOk={evaluate}
      onCancel={onClose}
    >
      <div
        role="presentation"
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) evaluate();
        }}
      >
        <p className="muted">{t("decision.evaluate.hint")}</p>
        <ObjectInput label={t("decision.inputs.json")} value={text} onChange={setText} />
        <Problem error={evaluation.error} />
      </div>
    </Modal>
  );
}
