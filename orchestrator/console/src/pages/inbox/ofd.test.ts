import { expect, it } from "vitest";
import { invoiceXml, isZip } from "./ofd";

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
const DATA = "<eInvoice><InvoiceNo>7</InvoiceNo></eInvoice>";

// Written by Python's zipfile: tags that point at text, beside the data or the page that has it.
const DEFLATED_DATA =
  "UEsDBBQAAAAIAAAAIQDmRc6WOQAAAFwAAAAFAAAAVC54bWyzybdK9cwry89MTlWoyM3JK7bKt1UqVbKzybeC" +
  "Cvvlgzj+SVmpySVBqWl2hjb6yFwQD0mlPsI8OwBQSwMEFAAAAAgAAAAhAH71OjwaAAAALQAAAAcAAABhL28u" +
  "eG1ss0n1zCvLz0xOtbOBMvzy7cxt9BEcG324EgBQSwECFAMUAAAACAAAACEA5kXOljkAAABcAAAABQAAAAAA" +
  "AAAAAAAAgAEAAAAAVC54bWxQSwECFAMUAAAACAAAACEAfvU6PBoAAAAtAAAABwAAAAAAAAAAAAAAgAFcAAAA" +
  "YS9vLnhtbFBLBQYAAAAAAgACAGgAAACbAAAAAAA=";
const STORED_DATA =
  "UEsDBBQAAAAAAAAAIQB+9To8LQAAAC0AAAAHAAAAYS9vLnhtbDxlSW52b2ljZT48SW52b2ljZU5vPjc8L0lu" +
  "dm9pY2VObz48L2VJbnZvaWNlPlBLAQIUAxQAAAAAAAAAIQB+9To8LQAAAC0AAAAHAAAAAAAAAAAAAACAAQAA" +
  "AABhL28ueG1sUEsFBgAAAAABAAEANQAAAFIAAAAAAA==";
const PAGE_ALONE =
  "UEsDBBQAAAAIAAAAIQDmRc6WOQAAAFwAAAAFAAAAVC54bWyzybdK9cwry89MTlWoyM3JK7bKt1UqVbKzybeC" +
  "Cvvlgzj+SVmpySVBqWl2hjb6yFwQD0mlPsI8OwBQSwMEFAAAAAgAAAAhAO8QD+orAAAANwAAAAUAAABQLnht" +
  "bLPJtwpITE9VqMjNySu2yrdVKlWys8m3CkmtKHHOT0m1M7fRR+KBOCDldgBQSwECFAMUAAAACAAAACEA5kXO" +
  "ljkAAABcAAAABQAAAAAAAAAAAAAAgAEAAAAAVC54bWxQSwECFAMUAAAACAAAACEA7xAP6isAAAA3AAAABQAA" +
  "AAAAAAAAAAAAgAFcAAAAUC54bWxQSwUGAAAAAAIAAgBmAAAAqgAAAAAA";

async function read(archive: string) {
  const xml = await invoiceXml(fromBase64(archive));
  return xml && new TextDecoder().decode(xml);
}

it("finds the invoice's data in the archive, deflated or stored", async () => {
  expect(isZip(fromBase64(DEFLATED_DATA))).toBe(true);
  expect(await read(DEFLATED_DATA)).toBe(DATA);
  expect(await read(STORED_DATA)).toBe(DATA);
});

it("takes the page where there is no data", async () => {
  expect(await read(PAGE_ALONE)).toContain("<o:TextCode>7</o:TextCode>");
});

it("finds nothing in what is no archive", async () => {
  const text = new TextEncoder().encode("<Invoice/> and more than twenty bytes").buffer;
  expect(isZip(text)).toBe(false);
  expect(await invoiceXml(text)).toBeNull();
});
