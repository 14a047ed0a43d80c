import { Alert } from "antd";
import { useEffect, useMemo, useState } from "react";
import { documentOf } from "../../api/documents";
import { asFindings } from "../../api/invoice";
import type { Invoice } from "../../api/invoice";
import type { UserTaskDetail, Variables } from "../../api/types";
import { useT } from "../../i18n";
import { DecisionBar } from "./DecisionBar";
import { DocumentViewer } from "./DocumentViewer";
import { FieldForm, inputId, worst } from "./FieldForm";
import { LinesTable } from "./LinesTable";
import { approval, correction, draftOf, firstDoubtful, rejection, remarksByField } from "./draft";

interface Props {
  task: UserTaskDetail;
  invoice: Invoice;
  mode: "review" | "approval";
  disabled: boolean;
  busy: boolean;
  onComplete: (variables: Variables) => void;
}

/** The page beside its fields: in a review they can be corrected, in an approval only read. */
export function InvoiceTask({ task, invoice, mode, disabled, busy, onComplete }: Props) {
  const t = useT();
  const findings = asFindings(task.variables.findings);
  const [draft, setDraft] = useState(() => draftOf(invoice));
  const [first] = useState(() => firstDoubtful(invoice, findings));
  const [active, setActive] = useState<string | null>(first);
  const remarks = useMemo(() => remarksByField(invoice.doubts, findings), [invoice, findings]);
  const doubtful = useMemo(
    () => new Set([...remarks].flatMap(([field, own]) => (worst(own) ? [field] : []))),
    [remarks],
  );
  const locked = disabled || mode === "approval";
  useEffect(() => {
    if (first && !locked) document.getElementById(inputId(first))?.focus();
  }, [first, locked]);

  const pick = (field: string) => {
    setActive(field);
    document.getElementById(inputId(field))?.focus();
  };
  const accept = (reason: string) =>
    onComplete(
      mode === "review" ? correction(invoice, draft, reason) : approval("approve", reason),
    );
  const reject = (reason: string) =>
    onComplete(mode === "review" ? rejection(reason) : approval("reject", reason));

  return (
    <div className="desk">
      <DocumentViewer
        document={documentOf(task.variables)}
        invoice={invoice}
        active={active}
        doubtful={doubtful}
        onPick={pick}
      />
      <div className="desk-side">
        <div className="desk-form">
          <General remarks={remarks.get("") ?? []} calm={remarks.size === 0 && invoice.trusted} />
          <h3>{t("invoice.fields")}</h3>
          <FieldForm
            invoice={invoice}
            draft={draft}
            remarks={remarks}
            active={active}
            disabled={locked}
            onFocus={setActive}
            onChange={(field, value) =>
              setDraft({ ...draft, values: { ...draft.values, [field]: value } })
            }
          />
          <h3>{t("invoice.lines")}</h3>
          <LinesTable
            lines={draft.lines}
            disabled={locked}
            onChange={(lines) => setDraft({ ...draft, lines })}
          />
        </div>
        <DecisionBar
          acceptLabel={t(mode === "review" ? "invoice.submit" : "invoice.approve")}
          disabled={disabled}
          busy={busy}
          onAccept={accept}
          onReject={reject}
        />
      </div>
    </div>
  );
}

/** What concerns the invoice as a whole. */
function General({ remarks, calm }: { remarks: { message: string }[]; calm: boolean }) {
  const t = useT();
  if (calm) return <Alert type="success" showIcon message={t("invoice.trusted")} />;
  if (remarks.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      message={t("invoice.problems")}
      description={remarks.map(({ message }) => (
        <div key={message}>{message}</div>
      ))}
    />
  );
}
