import { CloudUploadOutlined } from "@ant-design/icons";
import { Alert, Button, Modal, Upload } from "antd";
import { useState } from "react";
import { ApiError } from "../api/client";
import { useDeploy } from "../api/deployments";
import { useMay } from "../api/session";
import { useT } from "../i18n";
import { Problem } from "./Problem";
import { Said } from "./Said";

/** Deploys files, and shows what speaks against them: as findings that refuse them, or as warnings
 * of what is probably not meant. */
export function DeployButton() {
  const t = useT();
  const deploys = useMay("deploy");
  const [open, setOpen] = useState(false);
  const [files, setFiles] = useState<File[]>([]);
  const deploy = useDeploy();
  const close = () => {
    setOpen(false);
    setFiles([]);
    deploy.reset();
  };
  if (!deploys) return null;
  const error = deploy.error instanceof ApiError ? deploy.error : null;
  const refused = error?.findings ?? [];
  return (
    <>
      <Button size="small" icon={<CloudUploadOutlined />} onClick={() => setOpen(true)}>
        {t("deploy.open")}
      </Button>
      <Modal
        open={open}
        width={720}
        title={t("deploy.title")}
        okText={t("deploy.deploy")}
        cancelText={t("common.close")}
        okButtonProps={{ disabled: files.length === 0 }}
        confirmLoading={deploy.isPending}
        onOk={() => deploy.mutate(files, { onSuccess: () => setFiles([]) })}
        onCancel={close}
      >
        <p className="muted">{t("deploy.hint")}</p>
        <Upload
          multiple
          accept=".bpmn,.dmn,.form,.json,.xml"
          fileList={files.map((file, index) => ({ uid: String(index), name: file.name }))}
          beforeUpload={(file, chosen) => {
            if (file === chosen[0]) setFiles([...files, ...chosen]);
            return false;
          }}
          onRemove={({ uid }) => setFiles(files.filter((_, index) => String(index) !== uid))}
        >
          <Button>{t("deploy.choose")}</Button>
        </Upload>
        {refused.length > 0 ? (
          <Told
            type="error"
            title={t("deploy.refused")}
            about={error?.detail.split("\n")[0]}
            findings={refused.map((finding) => ({ ...finding, where: finding.element }))}
          />
        ) : (
          <Problem error={deploy.error} />
        )}
        {deploy.data && <Alert type="success" showIcon message={t("deploy.done")} />}
        {deploy.data && deploy.data.warnings.length > 0 && (
          <Told
            type="warning"
            title={t("deploy.warnings")}
            findings={deploy.data.warnings.map((one) => ({
              ...one,
              where: `${one.resourceName}: ${one.elementId}`,
            }))}
          />
        )}
      </Modal>
    </>
  );
}

interface ToldProps {
  type: "error" | "warning";
  title: string;
  /** Which file is refused. */
  about?: string;
  findings: { where: string; rule: string; message: string }[];
}

function Told({ type, title, about, findings }: ToldProps) {
  return (
    <Alert
      type={type}
      showIcon
      style={{ marginTop: 8 }}
      message={title}
      description={
        <>
          <Said text={about} />
          <ul className="warnings">
            {findings.map(({ where, rule, message }) => (
              <li key={`${where} ${rule} ${message}`}>
                <strong>{where}</strong>: <Said text={message} />{" "}
                <code className="muted">{rule}</code>
              </li>
            ))}
          </ul>
        </>
      }
    />
  );
}
