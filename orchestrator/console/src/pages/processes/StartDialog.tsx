import { Alert, App, Form, Input, Modal, Select, Skeleton } from "antd";
import { useImperativeHandle, useRef, useState } from "react";
import type { Ref } from "react";
import { useNavigate } from "react-router-dom";
import { useStart, useStartForm } from "../../api/processes";
import { useMay } from "../../api/session";
import type { ProcessDefinition, Variables } from "../../api/types";
import { ObjectInput, asObject } from "../../components/ObjectInput";
import { Problem } from "../../components/Problem";
import { useForm } from "../../components/formjs";
import { useT } from "../../i18n";
import { Attachments, areNamed } from "./Attachments";
import type { Attachment } from "./Attachments";

interface Props {
  /** Of one process, the newest first. */
  versions: [ProcessDefinition, ...ProcessDefinition[]];
  onClose: () => void;
}

const NEWEST = 0;

/** Starts an instance of the newest version, or of one that is chosen, with what it begins with. */
export default function StartDialog({ versions, onClose }: Props) {
  const t = useT();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [version, setVersion] = useState(NEWEST);
  const [businessKey, setBusinessKey] = useState("");
  const [attached, setAttached] = useState<Attachment[]>([]);
  const given = useRef<Given>(null);
  const start = useStart();
  const adds = useMay("add_documents");
  const [newest] = versions;
  const definition =
    versions.find((each) => each.processDefinitionVersion === version) ?? newest;
  const form = useStartForm(definition.processDefinitionKey);

  const submit = () => {
    const variables = given.current?.submit();
    if (!variables || !areNamed(attached) || start.isPending) return;
    const documents = attached.map(({ name, document }) => [name.trim(), document]);
    start.mutate(
      {
        processDefinitionId: definition.processDefinitionId,
        processDefinitionVersion: version === NEWEST ? -1 : version,
        variables: { ...variables, ...Object.fromEntries(documents) } as Variables,
        businessKey: businessKey.trim() || null,
      },
      {
        onSuccess: ({ processInstanceKey, alreadyStarted }) => {
          if (alreadyStarted) void message.info(t("start.already"));
          else void message.success(t("start.done"));
          navigate(`/processes/${processInstanceKey}`);
        },
      },
    );
  };
  return (
    <Modal
      open
      width={720}
      title={t("start.title", { process: newest.name || newest.processDefinitionId })}
      okText={t("start.start")}
      cancelText={t("common.cancel")}
      confirmLoading={start.isPending}
      okButtonProps={{ disabled: form.data === undefined }}
      onOk={submit}
      onCancel={onClose}
    >
      <div
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
        }}
        role="presentation"
      >
        <Form layout="vertical" component="div">
          <Form.Item label={t("process.version")} htmlFor="start-version">
            <Select
              id="start-version"
              value={version}
              onChange={setVersion}
              options={[
                {
                  value: NEWEST,
                  label: t("start.newest", { version: newest.processDefinitionVersion }),
                },
                ...versions.map((each) => ({
                  value: each.processDefinitionVersion,
                  label: [`v${each.processDefinitionVersion}`, each.versionTag]
                    .filter(Boolean)
                    .join(" · "),
                })),
              ]}
            />
          </Form.Item>
          <Form.Item
            label={t("process.businessKey")}
            htmlFor="start-key"
            help={t("start.businessKey.hint")}
          >
            <Input
              id="start-key"
              value={businessKey}
              maxLength={500}
              onChange={(event) => setBusinessKey(event.target.value)}
            />
          </Form.Item>
        </Form>
        {form.isPending && <Skeleton active paragraph={{ rows: 3 }} />}
        {form.data && <StartForm key={definition.processDefinitionKey} schema={form.data} handle={given} />}
        {form.data === null && <StartVariables handle={given} />}
        {adds && (
          <>
            <h3>{t("start.documents")}</h3>
            <Attachments attached={attached} onChange={setAttached} />
          </>
        )}
        <Problem error={form.error ?? start.error} />
      </div>
    </Modal>
  );
}

/** What an instance begins with, when nothing is wrong with it. */
interface Given {
  submit: () => Variables | null;
}

function StartForm({ schema, handle }: { schema: object; handle: Ref<Given> }) {
  const [nothing] = useState<Variables>({});
  const { place, problem, submit } = useForm(schema, nothing, false);
  useImperativeHandle(handle, () => ({ submit }), [submit]);
  return (
    <>
      <div ref={place} />
      {problem && <Alert type="error" showIcon message={problem} />}
    </>
  );
}

function StartVariables({ handle }: { handle: Ref<Given> }) {
  const t = useT();
  const [text, setText] = useState("{\n  \n}");
  useImperativeHandle(handle, () => ({ submit: () => asObject(text) }), [text]);
  return (
    <>
      <h3>{t("start.variables")}</h3>
      <ObjectInput label={t("start.variables")} value={text} onChange={setText} />
    </>
  );
}
