import { Button, Input, Modal, Typography } from "antd";
import { useState } from "react";
import { useEnrollmentToken } from "../../api/agents";
import { Problem } from "../../components/Problem";
import { useT } from "../../i18n";

/** Creates a one-time token and shows the line that starts an agent with it. */
export function EnrollDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  const [name, setName] = useState("");
  const token = useEnrollmentToken();
  const close = () => {
    token.reset();
    setName("");
    onClose();
  };
  const trimmed = name.trim();
  const command = [
    `deskhand agent run --server ${window.location.origin}`,
    "--bots bots --data agent-data",
    `--enrollment-token ${token.data?.enrollmentToken}`,
    ...(trimmed ? [`--name ${trimmed}`] : []),
  ].join(" ");
  return (
    <Modal title={t("agent.enroll")} open={open} onCancel={close} footer={null}>
      <Problem error={token.error} />
      {token.data ? (
        <>
          <p>{t("agent.enroll.once")}</p>
          <Typography.Paragraph copyable={{ text: command }} className="command">
            {command}
          </Typography.Paragraph>
        </>
      ) : (
        <div className="bar">
          <Input
            value={name}
            placeholder={t("agent.enroll.name")}
            aria-label={t("agent.enroll.name")}
            onChange={(event) => setName(event.target.value)}
          />
          <Button
            type="primary"
            loading={token.isPending}
            onClick={() => token.mutate(trimmed || undefined)}
          >
            {t("agent.enroll.create")}
          </Button>
        </div>
      )}
    </Modal>
  );
}
