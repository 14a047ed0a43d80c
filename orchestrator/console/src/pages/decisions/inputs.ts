import type { Variables } from "../../api/types";

const NAME = /^[\p{L}_][\p{L}\p{N}_]*/u;

/** What the decisions of a DMN file may read: its input data, and the names that its tables begin
 * their inputs with, save what other decisions of the file give. */
export function inputsOf(xml: string): string[] {
  const file = new DOMParser().parseFromString(xml, "application/xml");
  const all = (tag: string) => [...file.getElementsByTagNameNS("*", tag)];
  const names = (tag: string) =>
    all(tag).flatMap((each) => {
      const variable = each.getElementsByTagNameNS("*", "variable")[0];
      return [variable?.getAttribute("name") ?? each.getAttribute("name") ?? ""];
    });
  const read = all("inputExpression").flatMap((each) => {
    const text = each.getElementsByTagNameNS("*", "text")[0]?.textContent.trim() ?? "";
    return NAME.exec(text) ?? [];
  });
  const given = new Set(["", ...names("decision")]);
  return [...new Set([...names("inputData"), ...read])].filter((name) => !given.has(name));
}

/** Each name without a value yet, to be filled in. */
export function blank(names: string[]): string {
  const variables: Variables = Object.fromEntries(names.map((name) => [name, null]));
  return names.length > 0 ? JSON.stringify(variables, null, 2) : "{\n  \n}";
}
