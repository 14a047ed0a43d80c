import { Alert, Segmented } from "antd";
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-font/css/dmn-embedded.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-drd.css";
import "dmn-js/dist/assets/dmn-js-literal-expression.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import NavigatedViewer from "dmn-js/lib/NavigatedViewer";
import { useCallback, useEffect, useMemo, useState } from "react";
import { Scrollable } from "../../components/Scrollable";
import { useDrawing } from "../../components/drawing";
import { isMessage, useT } from "../../i18n";
import type { Translate } from "../../i18n";
import { Boxed } from "./Boxed";
import { asDmn13, boxesOf } from "./logic";

interface Props {
  xml: string;
  decisionId: string;
  /** Ids of the rules that hold. */
  matched?: readonly string[];
  /** What the decision gave, where it has been asked. */
  result?: unknown;
}

const NONE: readonly string[] = [];

/** A decision as it was drawn, the rules that hold lit; and what else its file draws. */
export function DmnView({ xml, decisionId, matched = NONE, result }: Props) {
  const t = useT();
  const [shown, setShown] = useState(decisionId);
  const load = useCallback(
    (drawn: NavigatedViewer) => drawn.importXML(asDmn13(xml), { open: false }),
    [xml],
  );
  const make = useCallback((container: HTMLElement) => viewerIn(container, t), [t]);
  const { place, viewer, problem, setProblem } = useDrawing(make, load);
  useEffect(() => {
    const view = viewer?.getViews().find(({ element }) => element.id === shown);
    if (!viewer || !view) return;
    viewer
      .open(view)
      .then(() => {
        light(place.current, matched);
        name(place.current, t("decision.rules.number"));
      })
      .catch((error: unknown) => setProblem(String(error)));
  }, [viewer, shown, matched, place, setProblem, t]);
  const boxes = useMemo(() => boxesOf(xml), [xml]);
  const boxed = boxes.find(({ id }) => id === shown);
  const views = [
    ...(viewer?.getViews() ?? [])
      .filter(({ type }) => type !== "boxedExpression")
      .map(({ element }) => element),
    ...boxes,
  ];
  return (
    <>
      {problem && (
        <Alert type="error" message={t("decision.drawing.failed")} description={problem} />
      )}
      {views.length > 1 && (
        <Segmented
          size="small"
          aria-label={t("decision.views")}
          value={shown}
          onChange={setShown}
          options={views.map(({ id, name }) => ({ value: id, label: name ?? id }))}
        />
      )}
      {boxed && (
        <Scrollable label={t("decision.drawing")} className="dmn-boxes">
          <Boxed element={boxed.element} value={shown === decisionId ? result : undefined} />
        </Scrollable>
      )}
      <div
        className="dmn"
        ref={place}
        hidden={problem !== "" || boxed !== undefined}
        role="group"
        aria-label={t("decision.drawing")}
      />
    </>
  );
}

/** A viewer whose own words are in the language. */
function viewerIn(container: HTMLElement, t: Translate): NavigatedViewer {
  const words = (text: string) => {
    const key = `dmn.${text}`;
    return isMessage(key) ? t(key) : text;
  };
  const options = { additionalModules: [{ translate: ["value", words] }] };
  return new NavigatedViewer({ container, decisionTable: options, literalExpression: options });
}

/** What dmn-js leaves out for who does not see or has no mouse. */
function name(place: HTMLElement | null, rules: string): void {
  const heading = place?.querySelector("th.index-column:empty");
  const said = document.createElement("span");
  said.className = "unseen";
  said.textContent = rules;
  heading?.append(said);
  place?.querySelector(".tjs-table-container")?.setAttribute("tabindex", "0");
}

function light(place: HTMLElement | null, rules: readonly string[]): void {
  const cells = place?.querySelectorAll<HTMLElement>("[data-row-id]") ?? [];
  for (const cell of cells) {
    cell.classList.toggle("rule-matched", rules.includes(cell.dataset.rowId ?? ""));
  }
}
