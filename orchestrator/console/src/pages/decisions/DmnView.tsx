import { Alert, Segmented } from "antd";
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-font/css/dmn-embedded.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-drd.css";
import "dmn-js/dist/assets/dmn-js-literal-expression.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import NavigatedViewer from "dmn-js/lib/NavigatedViewer";
import type { View } from "dmn-js/lib/NavigatedViewer";
import { useEffect, useRef, useState } from "react";
import { useT } from "../../i18n";

interface Props {
  xml: string;
  decisionId: string;
  /** Ids of the rules that hold. */
  matched?: readonly string[];
}

const NONE: readonly string[] = [];

/** A decision as it was drawn, the rules that hold lit; and what else its file draws. */
export function DmnView({ xml, decisionId, matched = NONE }: Props) {
  const t = useT();
  const place = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<NavigatedViewer | null>(null);
  const [shown, setShown] = useState(decisionId);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    if (!place.current) return;
    const drawn = new NavigatedViewer({ container: place.current });
    let gone = false;
    drawn
      .importXML(xml, { open: false })
      .then(() => !gone && setViewer(drawn))
      .catch((error: unknown) => !gone && setProblem(String(error)));
    return () => {
      gone = true;
      setViewer(null);
      drawn.destroy();
    };
  }, [xml]);
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
  }, [viewer, shown, matched, t]);
  const views = viewer?.getViews() ?? [];
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
          options={views.map((view) => ({ value: view.element.id, label: nameOf(view) }))}
        />
      )}
      <div
        className="dmn"
        ref={place}
        hidden={problem !== ""}
        role="group"
        aria-label={t("decision.drawing")}
      />
    </>
  );
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

const nameOf = ({ element }: View) => element.name || element.id;

function light(place: HTMLElement | null, rules: readonly string[]): void {
  const cells = place?.querySelectorAll<HTMLElement>("[data-row-id]") ?? [];
  for (const cell of cells) {
    cell.classList.toggle("rule-matched", rules.includes(cell.dataset.rowId ?? ""));
  }
}
