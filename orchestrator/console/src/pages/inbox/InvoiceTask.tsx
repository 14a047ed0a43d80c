import { Alert } from "antd";
import { useEffect, useMemo, useState } from "react";
import { asFindings } from "../../api/invoice";
import type { Box, Invoice } from "../../api/invoice";
import type { Variables } from "../../api/types";
import { Said } from "../../components/Said";
import { useT } from "../../i18n";
import { useMeaning, useNamed, useTell } from "../../i18n/told";
import { DecisionBar } from "./DecisionBar";
import { Desk } from "./Desk";
import type { TaskProps } from "./Desk";
import { FieldForm, inputId, worst } from "./FieldForm";
import { LinesTable } from "./LinesTable";
import {
  approval,
  correction,
  draftOf,
  firstDoubtful,
  rejection,
  remarksByField,
  withPlaces,
} from "./draft";
import type { Remark } from "./draft";

interface Props extends TaskProps {
  invoice: Invoice;
  mode: "review" | "approval";
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
  const askedLines = doubtful.has("lines");
  const routed = useRouting(task.variables);
  const locked = disabled || mode === "approval";
  useEffect(() => {
    if (locked) return;
    const goal = first ? document.getElementById(inputId(first)) : askedLines && firstOfLines();
    if (goal) goal.focus();
  }, [first, askedLines, locked]);

  const pick = (field: string) => {
    setActive(field);
    document.getElementById(inputId(field))?.focus();
  };
  const point = (page: number, box: Box) => {
    if (active) setDraft({ ...draft, places: { ...draft.places, [active]: { page, box } } });
  };
  const shown = useMemo(() => withPlaces(invoice, draft), [invoice, draft]);
  const accept = (reason: string) =>
    onComplete(
      mode === "review" ? correction(invoice, draft, reason) : approval("approve", reason),
    );
  const reject = (reason: string) =>
    onComplete(mode === "review" ? rejection(reason) : approval("reject", reason));

  return (
    <Desk
      task={task}
      label={t("invoice.fields")}
      invoice={shown}
      active={active}
      doubtful={doubtful}
      onPick={pick}
      onDraw={locked ? undefined : point}
      foot={
        <DecisionBar
          acceptLabel={t(mode === "review" ? "invoice.submit" : "invoice.approve")}
          disabled={disabled}
          busy={busy}
          onAccept={accept}
          onReject={reject}
        />
      }
    >
      {remarks.size === 0 && invoice.trusted && (
        <Alert
          type={mode === "review" && routed ? "warning" : "success"}
          showIcon
          message={(mode === "review" && routed) || t("invoice.trusted")}
        />
      )}
      {!task.variables.invoice && <Unread error={task.variables.error} />}
      <Problems remarks={remarks.get("") ?? []} />
      <h3>{t("invoice.fields")}</h3>
      {!locked && <p className="muted">{t("invoice.point")}</p>}
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
      <Problems remarks={remarks.get("lines") ?? []} />
      <LinesTable
        lines={draft.lines}
        disabled={locked}
        onChange={(lines) => setDraft({ ...draft, lines })}
      />
    </Desk>
  );
}

/** Why the flow's rules sent the invoice here, which may be for nothing on its page. */
function useRouting({ routing }: Variables): string {
  const meaning = useMeaning();
  const told = routing as { review?: boolean; reason?: string } | null | undefined;
  if (!told?.review || !told.reason) return "";
  return meaning("routing", told.reason) ?? told.reason;
}

function firstOfLines(): HTMLElement | null {
  return document.querySelector(".lines-edit input, .lines-edit button");
}

/** Why the bot could not read the invoice at all, as the process caught its exception. */
function Unread({ error }: { error: unknown }) {
  const t = useT();
  const named = useNamed();
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  if (!code) return null;
  return (
    <Alert
      type="warning"
      showIcon
      message={t("exception.title", { code: named("exception", code) })}
      description={<Said text={message} />}
    />
  );
}

/** What concerns the invoice as a whole, or all of its lines. */
function Problems({ remarks }: { remarks: Remark[] }) {
  const t = useT();
  const tell = useTell();
  if (remarks.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      message={t("invoice.problems")}
      description={remarks.map(({ told }) => (
        <div key={told.own}>{tell(told)}</div>
      ))}
    />
  );
}
