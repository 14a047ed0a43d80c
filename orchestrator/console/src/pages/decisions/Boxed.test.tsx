import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { DmnView } from "./DmnView";

const literal = (text: string) => `<literalExpression><text>${text}</text></literalExpression>`;
const entry = (name: string, logic: string) =>
  `<contextEntry><variable name="${name}"/>${logic}</contextEntry>`;
const table = `<decisionTable id="t"><input id="i" label="Net"><inputExpression id="e">
  <text>net</text></inputExpression></input><output id="o" name="level"/><rule id="r">
  <inputEntry id="ri"><text>-</text></inputEntry><outputEntry id="ro"><text>"low"</text></outputEntry>
  </rule></decisionTable>`;

const file = (version: string) => `<definitions
  xmlns="https://www.omg.org/spec/DMN/${version}/MODEL/" id="f" name="F" namespace="n">
  <decision id="terms" name="Terms"><context>
    ${entry("days", literal("14"))}
    ${entry("rates", `<list>${literal("0.02")}${literal("0.03")}</list>`)}
    ${entry("fee", `<conditional><if>${literal("days > 7")}</if><then>${literal("5")}</then>
      <else>${literal("0")}</else></conditional>`)}
    ${entry("grades", `<relation><column name="from"/><column name="grade"/>
      <row>${literal("0")}${literal('"C"')}</row></relation>`)}
    ${entry("sum", `<invocation>${literal("total")}<binding><parameter name="of"/>
      ${literal("rates")}</binding></invocation>`)}
    ${entry("all", `<every iteratorVariable="x"><in>${literal("rates")}</in>
      <satisfies>${literal("x > 0")}</satisfies></every>`)}
  </context></decision>
  <decision id="level" name="Level">${table}</decision>
  <businessKnowledgeModel id="total" name="Total"><encapsulatedLogic>
    <formalParameter name="of"/>${literal("sum(of)")}</encapsulatedLogic></businessKnowledgeModel>
</definitions>`;

const RESULT = { days: 14, rates: [0.02, 0.03], fee: 5, grades: [{ from: 0, grade: "C" }] };
const cells = (row: string) => within(screen.getByRole("row", { name: new RegExp(`^${row}`) }));

it.each(["20180521", "20191111", "20211108", "20230324"])(
  "draws what dmn-js cannot as nested boxes, with what each part gave (%s)",
  async (version) => {
    render(<DmnView xml={file(version)} decisionId="terms" result={RESULT} />);
    const lit = cells("days").getByText("14", { selector: ".lit" });
    expect(lit).toBeInTheDocument();
    expect(cells("rates").getByText("0.03", { selector: ".lit" })).toBeInTheDocument();
    expect(cells("fee").getByText("5", { selector: ".lit" })).toBeInTheDocument();
    expect(cells("grades").getByText('"C"', { selector: ".lit" })).toBeInTheDocument();
    expect(cells("sum").getByText("of")).toBeInTheDocument();
    expect(cells("all").getByText("every x in")).toBeInTheDocument();
    // The functions and tables of the same file are there to be chosen, tables as dmn-js draws them.
    await userEvent.click(await screen.findByText("Total"));
    expect(screen.getByText("(of)")).toBeInTheDocument();
    await userEvent.click(await screen.findByText("Level"));
    await waitFor(() =>
      expect(document.querySelector(".dmn:not([hidden]) .tjs-table")).toBeInTheDocument(),
    );
  },
);
