import { useRef, useState } from "react";
import type { PointerEvent, ReactNode } from "react";
import type { PageSize } from "../../api/documents";
import type { Box } from "../../api/invoice";
import { boxBetween, scaleBox } from "./boxes";
import type { Point } from "./boxes";

interface Props {
  size: PageSize;
  zoom: number;
  onDraw?: (box: Box) => void;
  children: ReactNode;
}

/** A page to point at: dragging over it draws the box of the value that stands there. */
export function PageSheet({ size, zoom, onDraw, children }: Props) {
  const sheet = useRef<HTMLDivElement>(null);
  const [from, setFrom] = useState<Point | null>(null);
  const [box, setBox] = useState<Box | null>(null);

  const drag = (event: PointerEvent) => {
    if (!from || !sheet.current) return;
    const to = { x: event.clientX, y: event.clientY };
    setBox(boxBetween(from, to, sheet.current.getBoundingClientRect(), size));
  };
  const stop = () => {
    if (box) onDraw?.(box);
    setFrom(null);
    setBox(null);
  };
  return (
    <div
      ref={sheet}
      className="viewer-page"
      data-drawable={onDraw !== undefined}
      style={{ width: `${zoom * 100}%`, aspectRatio: `${size.width} / ${size.height}` }}
      onPointerDown={(event) => onDraw && setFrom({ x: event.clientX, y: event.clientY })}
      onPointerMove={drag}
      onPointerUp={stop}
      onPointerLeave={stop}
    >
      {children}
      {box && <Drawn box={box} size={size} />}
    </div>
  );
}

function Drawn({ box, size }: { box: Box; size: PageSize }) {
  const { left, top, width, height } = scaleBox(box, size);
  return (
    <div
      className="box"
      data-active="true"
      style={{ left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` }}
    />
  );
}
