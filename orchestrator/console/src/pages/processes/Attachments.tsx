import { DeleteOutlined, UploadOutlined } from "@ant-design/icons";
import { Button, Input, Upload } from "antd";
import { useUpload } from "../../api/documents";
import type { DocumentReference } from "../../api/types";
import { Problem } from "../../components/Problem";
import { useT } from "../../i18n";

/** A document, and the variable that is to hold it. */
export interface Attachment {
  name: string;
  document: DocumentReference;
}

interface Props {
  attached: Attachment[];
  onChange: (attached: Attachment[]) => void;
}

/** Files that an instance begins with, each in a variable of its own. */
export function Attachments({ attached, onChange }: Props) {
  const t = useT();
  const upload = useUpload();
  const add = (file: File) =>
    upload.mutate(file, {
      onSuccess: (document) => onChange([...attached, { name: freeName(attached), document }]),
    });
  const at = (index: number, name: string) =>
    onChange(attached.map((each, place) => (place === index ? { ...each, name } : each)));
  return (
    <>
      {attached.map(({ name, document }, index) => (
        <div className="bar" key={`${document.documentId} ${index}`}>
          <Input
            size="small"
            style={{ width: 180 }}
            value={name}
            status={isTaken(attached, index) || !name.trim() ? "error" : undefined}
            aria-label={t("start.variable", { file: document.metadata.fileName })}
            onChange={(event) => at(index, event.target.value)}
          />
          <span>{document.metadata.fileName}</span>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t("start.detach", { file: document.metadata.fileName })}
            onClick={() => onChange(attached.filter((_, place) => place !== index))}
          />
        </div>
      ))}
      <Upload
        showUploadList={false}
        beforeUpload={(file) => {
          add(file);
          return false;
        }}
      >
        <Button size="small" icon={<UploadOutlined />} loading={upload.isPending}>
          {t("start.attach")}
        </Button>
      </Upload>
      <Problem error={upload.error} />
    </>
  );
}

const isTaken = (attached: Attachment[], index: number) =>
  attached.some(({ name }, place) => place < index && name === attached[index]?.name);

/** Whether each has a variable of its own. */
export const areNamed = (attached: Attachment[]) =>
  attached.every(({ name }, index) => name.trim() !== "" && !isTaken(attached, index));

function freeName(attached: Attachment[]): string {
  const taken = new Set(attached.map(({ name }) => name));
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? "document" : `document${count}`;
    if (!taken.has(name)) return name;
  }
}
