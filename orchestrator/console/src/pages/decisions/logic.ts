/** The decision logic of a DMN file, as it is written there. */

/** The elements that hold logic (DMN 1.5, 10.2 and 8): one of them is what decides. */
export const KINDS = [
  "literalExpression",
  "decisionTable",
  "context",
  "list",
  "relation",
  "functionDefinition",
  "invocation",
  "conditional",
  "filter",
  "for",
  "every",
  "some",
] as const;
export type Kind = (typeof KINDS)[number];

export interface Logic {
  id: string;
  name: string;
  element: Element;
}

/** Of DMN's versions dmn-js reads one, which draws all that it knows of the others alike. */
export const asDmn13 = (xml: string) =>
  xml.replace(
    /https?:\/\/www\.omg\.org\/spec\/DMN\/\d{8}\/(MODEL|DMNDI)\//g,
    "https://www.omg.org/spec/DMN/20191111/$1/",
  );

/** What dmn-js cannot draw: decisions other than tables and single expressions, and the functions
 * of business knowledge models. */
export function boxesOf(xml: string): Logic[] {
  const file = new DOMParser().parseFromString(xml, "application/xml");
  return [...file.documentElement.children].flatMap((drawn) => {
    const id = drawn.getAttribute("id") ?? "";
    const name = drawn.getAttribute("name") ?? id;
    const element = childOf(drawn, "encapsulatedLogic") ?? decided(drawn);
    return element ? [{ id, name, element }] : [];
  });
}

const DRAWN = ["decisionTable", "literalExpression"];

function decided(drawn: Element): Element | null {
  const element = drawn.localName === "decision" ? partOf(drawn) : null;
  return element && !DRAWN.includes(element.localName) ? element : null;
}

export const childrenOf = (of: Element, ...names: string[]) =>
  [...of.children].filter(({ localName }) => names.includes(localName));

export const childOf = (of: Element | null, name: string) =>
  (of && childrenOf(of, name)[0]) ?? null;

/** The expression that an element holds. */
export const partOf = (of: Element | null) => (of && childrenOf(of, ...KINDS)[0]) ?? null;

export const partsOf = (of: Element) => childrenOf(of, ...KINDS);

export const textOf = (of: Element | null) => childOf(of, "text")?.textContent.trim() ?? "";

export const nameIn = (of: Element, variable: string) =>
  childOf(of, variable)?.getAttribute("name") ?? "";
