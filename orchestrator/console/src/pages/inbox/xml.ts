/** One element of an XML document, ready to be shown. */
export interface XmlNode {
  name: string;
  value: string;
  /** Attributes that say something about the value, such as its currency or unit. */
  hint: string;
  children: XmlNode[];
}

/** The text of XML bytes, in the encoding that they declare. */
export function decode(bytes: ArrayBuffer): string {
  const head = new TextDecoder("latin1").decode(bytes.slice(0, 100));
  const declared = /encoding=["']([\w-]+)["']/.exec(head)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(declared).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** The document as a tree; null when it is not well-formed, "unsafe" when it has a DTD. */
export function parseXml(text: string): XmlNode | "unsafe" | null {
  if (/<!\s*(DOCTYPE|ENTITY)/.test(text)) return "unsafe";
  const root = new DOMParser().parseFromString(text, "application/xml").documentElement;
  return root.querySelector("parsererror") || root.nodeName === "parsererror" ? null : asNode(root);
}

function asNode(element: Element): XmlNode {
  const children = [...element.children].map(asNode);
  const attributes = [...element.attributes].filter((each) => !/^xmlns|^xsi:/.test(each.name));
  return {
    name: words(element.localName),
    value: children.length ? "" : element.textContent.trim(),
    hint: attributes.map((each) => each.value).join(" "),
    children,
  };
}

/** `BuyerOrderReference` reads `Buyer Order Reference`; `IBANID` and 发票号码 stay as they are. */
function words(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1 $2");
}

/** Whether an element holds a field's value, however the file writes its date or amount. */
export function holds(node: XmlNode, value: string | undefined): boolean {
  return Boolean(value) && node.children.length === 0 && plain(node.value) === plain(value ?? "");
}

function plain(value: string): string {
  if (/^-?\d+(\.\d+)?$/.test(value)) return String(Number(value));
  return value.replace(/[\s\-.]/g, "");
}
