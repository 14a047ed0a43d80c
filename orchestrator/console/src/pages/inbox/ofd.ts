/** Reading an OFD file (GB/T 33190, a ZIP of XML files) as far as showing its invoice needs. */

const END_OF_DIRECTORY = 0x06054b50;
const DEFLATED = 8;
const MAX_BYTES = 10 * 1024 * 1024;

interface Entry {
  name: string;
  deflated: boolean;
  content: Uint8Array<ArrayBuffer>;
}

/** Whether these bytes are an archive. */
export const isZip = (bytes: ArrayBuffer) =>
  bytes.byteLength > 4 && new DataView(bytes).getUint32(0, true) === 0x04034b50;

/** The XML of the invoice: the data attached to it, else what its first page shows. */
export async function invoiceXml(bytes: ArrayBuffer): Promise<ArrayBuffer | null> {
  let page: ArrayBuffer | null = null;
  for (const entry of entries(bytes)) {
    if (!entry.name.endsWith(".xml")) continue;
    const content = await unpacked(entry);
    const text = new TextDecoder().decode(content);
    if (/<(\w+:)?EInvoice[\s>]/i.test(text) && !text.includes("ObjectRef")) return content;
    if (/<(\w+:)?Page[\s>]/.test(text)) page ??= content;
  }
  return page;
}

/** The files by the archive's directory, which stands at its end (PKWARE APPNOTE 4.3). */
function* entries(bytes: ArrayBuffer): Generator<Entry> {
  const view = new DataView(bytes);
  let end = bytes.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) return;
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    yield {
      name: new TextDecoder().decode(new Uint8Array(bytes, at + 46, name)),
      deflated: view.getUint16(at + 10, true) === DEFLATED,
      content: new Uint8Array(bytes, start, view.getUint32(at + 20, true)),
    };
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
}

/** The entry's bytes, up to a limit: an archive may unpack to anything. */
async function unpacked({ deflated, content }: Entry): Promise<ArrayBuffer> {
  const packed = new Response(content).body;
  if (!deflated || !packed) return content.slice().buffer;
  const reader = packed.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const bytes: number[] = [];
  while (bytes.length < MAX_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    for (const byte of value) bytes.push(byte);
  }
  return new Uint8Array(bytes).buffer;
}
