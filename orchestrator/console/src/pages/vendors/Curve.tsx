import type { CurvePoint } from "../../api/types";
import { Nothing } from "../../components/Nothing";
import { useT } from "../../i18n";

const WIDTH = 520;
const HEIGHT = 150;
const BASE = 116;
const TALL = 92;

/** The share of invoices that pass by themselves, by how many of their vendor came before. */
export function Curve({ points }: { points: CurvePoint[] }) {
  const t = useT();
  if (points.length === 0) return <Nothing title={t("vendor.curve.empty")} />;
  const step = WIDTH / Math.max(points.length, 6);
  return (
    <svg
      className="curve"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t("vendor.curve")}
    >
      <line x1={0} x2={WIDTH} y1={BASE} y2={BASE} className="curve-axis" />
      {points.map((point, index) => (
        <Bar key={point.seen} point={point} x={index * step} width={step} />
      ))}
      <text x={WIDTH} y={HEIGHT - 2} textAnchor="end" className="curve-note">
        {t("vendor.curve.axis")}
      </text>
    </svg>
  );
}

function Bar({ point, x, width }: { point: CurvePoint; x: number; width: number }) {
  const t = useT();
  const { seen, invoices, straightThrough } = point;
  const share = straightThrough / invoices;
  const height = share * TALL;
  const percent = Math.round(share * 100);
  return (
    <g>
      <title>{t("vendor.curve.point", { seen, invoices, straightThrough })}</title>
      <rect x={x + width * 0.2} width={width * 0.6} y={BASE - height} height={height} rx={3} />
      <text x={x + width / 2} y={BASE - height - 6} textAnchor="middle">
        {percent}%
      </text>
      <text x={x + width / 2} y={BASE + 16} textAnchor="middle" className="curve-note">
        {seen}
      </text>
    </g>
  );
}
