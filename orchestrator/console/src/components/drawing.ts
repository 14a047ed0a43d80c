import { useEffect, useRef, useState } from "react";

interface Viewer {
  destroy(): void;
}

/** A viewer of bpmn.io in `place`, once it shows what `load` gives it, or why it cannot. */
export function useDrawing<V extends Viewer>(
  make: (container: HTMLElement) => V,
  load: (viewer: V) => Promise<unknown>,
) {
  const place = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<V | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    if (!place.current) return;
    const drawn = make(place.current);
    let gone = false;
    load(drawn)
      .then(() => !gone && setViewer(drawn))
      .catch((error: unknown) => !gone && setProblem(String(error)));
    return () => {
      gone = true;
      setViewer(null);
      drawn.destroy();
    };
  }, [make, load]);
  return { place, viewer, problem, setProblem };
}
