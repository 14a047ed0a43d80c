import { Modal } from "antd";
import { useT } from "../../i18n";
import { KEYS } from "./keys";

export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  return (
    <Modal title={t("keys.title")} open={open} onCancel={onClose} footer={null} width={360}>
      <dl className="key-help">
        {KEYS.map(([action, key]) => (
          <div key={action}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`keys.${action}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
