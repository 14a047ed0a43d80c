import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter, Route, Routes } from "react-router-dom";
import { expect, it } from "vitest";
import { decisionKeys } from "../../api/decisions";
import type { DecisionInstanceDetail } from "../../api/types";
import DecisionInstancePage from "./DecisionInstancePage";

const rule = (id: string, test: string, output: string) =>
  `<rule id="${id}"><inputEntry id="${id}i"><text>${test}</text></inputEntry>
   <outputEntry id="${id}o"><text>${output}</text></outputEntry></rule>`;
const FILE = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="f" name="F"
    namespace="n"><decision id="limit" name="Limit"><decisionTable id="t">
    <input id="in" label="Net"><inputExpression id="e"><text>net</text></inputExpression></input>
    <output id="out" name="level"/>
    ${rule("low", "&lt; 10", '"low"')}${rule("high", "&gt;= 10", '"high"')}
  </decisionTable></decision></definitions>`;

const INSTANCE = {
  decisionEvaluationInstanceKey: "5-1",
  decisionEvaluationKey: "5",
  state: "EVALUATED",
  evaluationDate: "2026-01-01T00:00:00Z",
  evaluationFailure: null,
  decisionDefinitionId: "limit",
  decisionDefinitionKey: "3",
  decisionDefinitionName: "Limit",
  decisionDefinitionType: "DECISION_TABLE",
  decisionDefinitionVersion: 2,
  result: '"high"',
  processInstanceKey: "7",
  evaluatedInputs: [{ inputId: "in", inputName: "Net", inputValue: "12" }],
  matchedRules: [
    {
      ruleId: "high",
      ruleIndex: 2,
      evaluatedOutputs: [{ outputId: "out", outputName: "level", outputValue: '"high"' }],
    },
  ],
  warnings: ["There is no variable tax"],
} as unknown as DecisionInstanceDetail;

it("shows inputs, warnings, the rule that held lit in its table, and the way to its process", async () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(decisionKeys.one("5-1"), INSTANCE);
  client.setQueryData(decisionKeys.xml("3"), FILE);
  const none = { items: [INSTANCE], page: { totalItems: 1 } };
  client.setQueryData(decisionKeys.list({ decisionEvaluationKey: "5" }, 1), none);
  const { container } = render(
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={["/decisions/instances/5-1"]}>
        <Routes>
          <Route path="/decisions/instances/:instanceKey" element={<DecisionInstancePage />} />
        </Routes>
      </MemoryRouter>
    </QueryClientProvider>,
  );
  expect(screen.getByText("There is no variable tax")).toBeInTheDocument();
  expect(screen.getByText("12")).toBeInTheDocument();
  expect(screen.getByText("Rule 2")).toBeInTheDocument();
  const way = screen.getByRole("link", { name: "Open process" });
  expect(way).toHaveAttribute("href", "/processes/7");
  const lit = () => [...container.querySelectorAll<HTMLElement>(".rule-matched")];
  await waitFor(() => expect(lit().length).toBeGreaterThan(0));
  expect(new Set(lit().map((cell) => cell.dataset.rowId))).toEqual(new Set(["high"]));
  // Its licence wants the mark to be seen.
  expect(container.querySelector(".dmn .bjs-powered-by")).toBeInTheDocument();
});
