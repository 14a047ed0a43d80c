import { Form, InputNumber, Modal } from "antd";
import { useSetPolicy } from "../../api/quality";
import type { ErrorBudget } from "../../api/types";
import { Problem } from "../../components/Problem";
import { useT } from "../../i18n";

const SHARES = ["budget", "least", "most"] as const;
type Policy = Record<(typeof SHARES)[number], number>;

const PERCENT = 100;
// More digits than anybody sets, fewer than the error of a multiplication shows.
const rounded = (value: number) => Number(value.toPrecision(9));

/** Sets a budget and its shares of looks, in percent. */
export function PolicyDialog({ budget, onClose }: { budget: ErrorBudget; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Policy>();
  const set = useSetPolicy();
  const save = (values: Policy) => {
    const shares = SHARES.map((name) => [name, rounded(values[name] / PERCENT)] as const);
    const { queue, vendorGroup } = budget;
    set.mutate(
      { queue, vendorGroup, ...(Object.fromEntries(shares) as Policy) },
      { onSuccess: onClose },
    );
  };
  const initial = Object.fromEntries(
    SHARES.map((name) => [name, rounded(budget[name] * PERCENT)]),
  ) as Policy;
  return (
    <Modal
      open
      title={`${budget.queue} · ${budget.vendorGroup === "all" ? t("common.all") : budget.vendorGroup}`}
      okText={t("quality.save")}
      cancelText={t("common.cancel")}
      confirmLoading={set.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Problem error={set.error} />
      <Form form={form} layout="vertical" initialValues={initial} onFinish={save}>
        {SHARES.map((name) => (
          <Form.Item
            key={name}
            name={name}
            label={t(`quality.set.${name}`)}
            rules={[{ required: true }]}
          >
            <InputNumber min={0} max={PERCENT} suffix="%" style={{ width: 180 }} />
          </Form.Item>
        ))}
      </Form>
    </Modal>
  );
}
