import { Button, Input } from "antd";
import type { InputRef } from "antd";
import { useRef, useState } from "react";
import { useT } from "../../i18n";
import { useKeys } from "../../components/keys";

interface Props {
  acceptLabel: string;
  disabled: boolean;
  busy: boolean;
  onAccept: (reason: string) => void;
  onReject: (reason: string) => void;
}

/** Accept or reject, by button or key. A rejection needs its reason. */
export function DecisionBar({ acceptLabel, disabled, busy, onAccept, onReject }: Props) {
  const t = useT();
  const [reason, setReason] = useState("");
  const [needed, setNeeded] = useState(false);
  const input = useRef<InputRef>(null);
  const blocked = disabled || busy;

  const accept = () => !blocked && onAccept(reason.trim());
  const reject = () => {
    if (blocked) return;
    if (reason.trim()) {
      onReject(reason.trim());
      return;
    }
    setNeeded(true);
    input.current?.focus();
  };
  // Whoever types the reason of a rejection means that, never to accept.
  const submit = needed ? reject : accept;
  useKeys({ submit, approve: accept, reject });

  return (
    <div className="decision">
      <Input
        ref={input}
        value={reason}
        disabled={disabled}
        status={needed && !reason.trim() ? "error" : undefined}
        placeholder={t(needed ? "invoice.reason.needed" : "invoice.reason")}
        aria-label={t("invoice.reason")}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={(event) => needed && !event.ctrlKey && !event.metaKey && reject()}
        onBlur={() => !reason.trim() && setNeeded(false)}
      />
      <Button danger disabled={blocked} onClick={reject}>
        {t("invoice.reject")} <kbd>r</kbd>
      </Button>
      <Button type="primary" loading={busy} disabled={blocked} onClick={accept}>
        {acceptLabel} <kbd>Ctrl ⏎</kbd>
      </Button>
    </div>
  );
}
