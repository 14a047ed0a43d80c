import type { ReactNode } from "react";
import { useT } from "../../i18n";
import { childOf, childrenOf, nameIn, partOf, partsOf, textOf } from "./logic";
import type { Kind } from "./logic";

interface Props {
  element: Element;
  /** What it gave, where that is known. */
  value?: unknown;
}

/** A boxed expression as nested boxes (DMN 1.5, 10.2), with what its parts gave. */
export function Boxed({ element, value }: Props) {
  const t = useT();
  const kind = kindOf(element);
  if (kind === "literalExpression") {
    const text = textOf(element);
    // What is its own value is lit itself.
    if (text === JSON.stringify(value)) return <code className="lit">{text}</code>;
    return (
      <Known value={value}>
        <code>{text || "–"}</code>
      </Known>
    );
  }
  const caption = t(`boxed.${kind}`);
  if (kind === "decisionTable") return <Rules table={element} caption={caption} />;
  if (kind === "relation") return <Relation of={element} caption={caption} value={value} />;
  const rows = ROWS[kind](element, value);
  return (
    <Known value={rows.some((row) => row.value !== undefined) ? undefined : value}>
      <table className="boxed">
        <caption>{caption}</caption>
        <tbody>
          {rows.map(({ head, part, value: given }, at) => (
            <tr key={at}>
              <th scope="row">{head || t("boxed.result")}</th>
              <td>{part ? <Boxed element={part} value={given} /> : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Known>
  );
}

const kindOf = ({ localName }: Element) =>
  (localName === "encapsulatedLogic" ? "functionDefinition" : localName) as Kind;

/** A box, and lit beside it what it gave. */
function Known({ value, children }: { value: unknown; children: ReactNode }) {
  if (value === undefined) return children;
  return (
    <div className="boxed-known">
      {children} <code className="lit">{JSON.stringify(value)}</code>
    </div>
  );
}

interface Row {
  head: ReactNode;
  part: Element | null;
  value?: unknown;
}

type Rows = (of: Element, value: unknown) => Row[];

const word = (text: string) => <code>{text}</code>;

/** Parts of one kind are called by their own elements' names, which are FEEL's words. */
const named =
  (...names: string[]): Rows =>
  (of) =>
    names.map((name) => ({ head: word(name), part: partOf(childOf(of, name)) }));

const iterator =
  (last: string): Rows =>
  (of) => [
    {
      head: word(`${of.localName} ${of.getAttribute("iteratorVariable") ?? ""} in`),
      part: partOf(childOf(of, "in")),
    },
    ...named(last)(of, undefined),
  ];

const ROWS: Record<Exclude<Kind, "literalExpression" | "decisionTable" | "relation">, Rows> = {
  context: (of, value) =>
    childrenOf(of, "contextEntry").map((entry) => {
      const name = nameIn(entry, "variable");
      return { head: name, part: partOf(entry), value: name ? entryOf(of, value, name) : value };
    }),
  list: (of, value) =>
    partsOf(of).map((part, at) => ({ head: at + 1, part, value: itemOf(value, at) })),
  functionDefinition: (of) => {
    const parameters = childrenOf(of, "formalParameter").map((each) => each.getAttribute("name"));
    return [{ head: word(`(${parameters.join(", ")})`), part: partOf(of) }];
  },
  invocation: (of) => [
    { head: word("()"), part: partOf(of) },
    ...childrenOf(of, "binding").map((binding) => ({
      head: nameIn(binding, "parameter"),
      part: partOf(binding),
    })),
  ],
  conditional: named("if", "then", "else"),
  filter: named("in", "match"),
  for: iterator("return"),
  every: iterator("satisfies"),
  some: iterator("satisfies"),
};

/** Of a context that is the value itself: one with a result gives that alone. */
function entryOf(context: Element, value: unknown, name: string): unknown {
  const gives = childrenOf(context, "contextEntry").some((entry) => !nameIn(entry, "variable"));
  return gives ? undefined : fieldOf(value, name);
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;

const itemOf = (value: unknown, at: number): unknown =>
  Array.isArray(value) ? (value as unknown[])[at] : undefined;

interface TableProps {
  head: ReactNode[];
  rows: ReactNode[][];
  caption: string;
}

function Sheet({ head, rows, caption }: TableProps) {
  return (
    <table className="boxed">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map((cell, at) => (
            <th key={at} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          <tr key={row}>
            {cells.map((cell, at) => (
              <td key={at}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Relation({ of, caption, value }: { of: Element; caption: string; value: unknown }) {
  const columns = childrenOf(of, "column").map((column) => column.getAttribute("name") ?? "");
  const rows = childrenOf(of, "row").map((row, at) =>
    partsOf(row).map((cell, column) => (
      <Boxed
        key={column}
        element={cell}
        value={fieldOf(itemOf(value, at), columns[column] ?? "")}
      />
    )),
  );
  return <Sheet head={columns} rows={rows} caption={caption} />;
}

/** A table within another expression; those that are decisions are drawn by dmn-js. */
function Rules({ table, caption }: { table: Element; caption: string }) {
  const inputs = childrenOf(table, "input").map((input) => {
    const label = input.getAttribute("label");
    return label ?? textOf(childOf(input, "inputExpression"));
  });
  const outputs = childrenOf(table, "output").map((each) => each.getAttribute("name") ?? "");
  const rows = childrenOf(table, "rule").map((rule) =>
    childrenOf(rule, "inputEntry", "outputEntry").map((cell) => word(textOf(cell) || "-")),
  );
  const policy = table.getAttribute("hitPolicy") ?? "UNIQUE";
  return <Sheet head={[...inputs, ...outputs]} rows={rows} caption={`${caption} (${policy})`} />;
}

