import { Alert } from "antd";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/diagram-js.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { useCallback, useEffect } from "react";
import { useDrawing } from "../../components/drawing";
import { useT } from "../../i18n";
import type { Mark } from "./marks";

interface Canvas {
  zoom: (level: "fit-viewport", centre?: "auto") => void;
  addMarker: (element: string, marker: string) => void;
  removeMarker: (element: string, marker: string) => void;
  getRootElement: () => { id: string };
}
interface Overlays {
  add: (element: string, type: string, overlay: object) => void;
  remove: (filter: { type: string }) => void;
}
interface Registry {
  get: (element: string) => unknown;
  getAll: () => { id: string }[];
}

const make = (container: HTMLElement) => new NavigatedViewer({ container });

const BADGE = "live-count";
const STATES = ["active", "failed", "completed"] as const;

function paint(viewer: NavigatedViewer, marks: Mark[]): void {
  const canvas = viewer.get<Canvas>("canvas");
  const overlays = viewer.get<Overlays>("overlays");
  const registry = viewer.get<Registry>("elementRegistry");
  overlays.remove({ type: BADGE });
  for (const { id } of registry.getAll()) {
    for (const state of STATES) canvas.removeMarker(id, `mark-${state}`);
  }
  for (const { elementId, state, live } of marks) {
    // A mark may name the process itself, which is the whole canvas, or an element drawn nowhere.
    if (!registry.get(elementId) || elementId === canvas.getRootElement().id) continue;
    canvas.addMarker(elementId, `mark-${state}`);
    if (live === 0) continue;
    const badge = document.createElement("span");
    badge.className = `badge badge-${state}`;
    badge.textContent = String(live);
    overlays.add(elementId, BADGE, { position: { bottom: 11, left: -11 }, html: badge });
  }
}

/** The model as it was drawn, with the state of one instance painted on it. */
export function Diagram({ xml, marks }: { xml: string; marks: Mark[] }) {
  const t = useT();
  const load = useCallback(
    (drawn: NavigatedViewer) =>
      drawn
        .importXML(xml)
        .then(() => drawn.get<Canvas>("canvas").zoom("fit-viewport", "auto")),
    [xml],
  );
  const { place, viewer, problem } = useDrawing(make, load);
  useEffect(() => {
    if (viewer) paint(viewer, marks);
  }, [viewer, marks]);
  if (problem.includes("no diagram to display")) {
    return <Alert type="info" showIcon message={t("process.diagram.none")} />;
  }
  return (
    <>
      {problem && (
        <Alert type="error" message={t("process.diagram.failed")} description={problem} />
      )}
      <div className="diagram" ref={place} hidden={problem !== ""} />
      <div className="legend">
        {STATES.map((state) => (
          <span key={state} className={`legend-${state}`}>
            {t(`process.legend.${state}`)}
          </span>
        ))}
      </div>
    </>
  );
}
