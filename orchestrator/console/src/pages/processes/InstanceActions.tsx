import { Button, Popconfirm, Space } from "antd";
import { useState } from "react";
import { useCancelInstance, useResumeInstance, useSuspendInstance } from "../../api/processes";
import type { ProcessInstance } from "../../api/types";
import { Problem } from "../../components/Problem";
import { useT } from "../../i18n";
import { ModifyDialog } from "./ModifyDialog";

/** What can be done with an instance that has not ended. */
export function InstanceActions({ instance }: { instance: ProcessInstance }) {
  const t = useT();
  const [modifying, setModifying] = useState(false);
  const cancel = useCancelInstance();
  const suspend = useSuspendInstance();
  const resume = useResumeInstance();
  const key = instance.processInstanceKey;
  return (
    <Space className="push">
      <Problem error={cancel.error ?? suspend.error ?? resume.error} />
      {instance.state === "SUSPENDED" ? (
        <Button size="small" type="primary" onClick={() => resume.mutate(key)}>
          {t("process.resume")}
        </Button>
      ) : (
        <Popconfirm title={t("process.suspend.confirm")} onConfirm={() => suspend.mutate(key)}>
          <Button size="small">{t("process.suspend")}</Button>
        </Popconfirm>
      )}
      <Button size="small" onClick={() => setModifying(true)}>
        {t("process.modify")}
      </Button>
      <Popconfirm title={t("process.cancel.confirm")} onConfirm={() => cancel.mutate(key)}>
        <Button size="small" danger loading={cancel.isPending}>
          {t("process.cancel")}
        </Button>
      </Popconfirm>
      {modifying && <ModifyDialog instance={instance} onClose={() => setModifying(false)} />}
    </Space>
  );
}
