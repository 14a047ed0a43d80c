import { Skeleton } from "antd";
import { useEffect, useRef, useState } from "react";
import { useBytes } from "../../api/documents";
import { Nothing } from "../../components/Nothing";
import { useT } from "../../i18n";
import { invoiceXml, isZip } from "./ofd";
import { decode, holds, parseXml } from "./xml";
import type { XmlNode } from "./xml";

interface Props {
  documentId: string;
  /** The value of the field in focus: where it stands in the file is lit. */
  value: string | undefined;
}

/** An e-invoice for people: its elements as nested names and values. */
export function XmlView({ documentId, value }: Props) {
  const t = useT();
  const bytes = useBytes(documentId);
  const root = useTree(bytes.data);
  const view = useRef<HTMLDivElement>(null);
  useEffect(() => {
    view.current?.querySelector("[data-active=true]")?.scrollIntoView({ block: "nearest" });
  }, [value, root]);

  if (bytes.isPending || root === undefined)
    return <Skeleton active paragraph={{ rows: 14 }} style={{ padding: 32 }} />;
  if (root === "unsafe") return <Nothing title={t("viewer.xmlUnsafe")} />;
  if (root === null) return <Nothing title={t("viewer.failed")} />;
  return (
    <div className="viewer-page xml" ref={view}>
      <h3>{root.name}</h3>
      <Elements of={root} value={value} />
    </div>
  );
}

/** The tree in the file; undefined while it is being read. */
function useTree(bytes: ArrayBuffer | undefined) {
  const [tree, setTree] = useState<ReturnType<typeof parseXml>>();
  useEffect(() => {
    if (!bytes) return;
    const read = async () => {
      const xml = isZip(bytes) ? await invoiceXml(bytes) : bytes;
      setTree(xml && parseXml(decode(xml)));
    };
    read().catch(() => setTree(null));
  }, [bytes]);
  return tree;
}

function Elements({ of, value }: { of: XmlNode; value: string | undefined }) {
  return (
    <dl>
      {of.children.map((node, at) => (
        <div key={at} data-active={holds(node, value)} className={node.value ? "xml-leaf" : ""}>
          <dt>{node.name}</dt>
          <dd>
            {node.children.length ? <Elements of={node} value={value} /> : node.value}
            {node.hint && <small className="muted"> {node.hint}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
