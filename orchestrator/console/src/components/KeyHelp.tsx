import { Modal } from "antd";
import { useT } from "../i18n";
import { KEYS } from "./keys";

const PLACES = ["inbox", "processes", "decisions", "everywhere"] as const;

export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  return (
    <Modal title={t("keys.title")} open={open} onCancel={onClose} footer={null} width={400}>
      {PLACES.map((place) => (
        <section key={place}>
          <h3>{t(place === "everywhere" ? "keys.everywhere" : `nav.${place}`)}</h3>
          <dl className="key-help">
            {KEYS[place].map(([action, key]) => (
              <div key={action}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{t(action === "new" && place === "decisions" ? "keys.evaluate" : `keys.${action}`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}
