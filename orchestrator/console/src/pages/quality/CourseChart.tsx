import { LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use as register } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import type { CoursePoint } from "../../api/types";
import { Nothing } from "../../components/Nothing";
import { useLanguage } from "../../i18n";
import { useTheme } from "../../theme";
import { percent } from "./percent";

register([LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const BOUND = "#1f5eff";
const ESTIMATE = "#16845b";
const BUDGET = "#d4380d";

/** Bound and estimate against the budget, look after look; on a logarithmic scale, because a
 * bound comes down from 100 % to a thousandth of it. */
export function CourseChart({ course, budget }: { course: CoursePoint[]; budget: number }) {
  const { t, language } = useLanguage();
  const { dark } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const empty = course.length === 0;
  useEffect(() => {
    if (!place.current || empty) return;
    const chart = init(place.current, dark ? "dark" : undefined, { renderer: "svg" });
    const shown = (value: unknown) => percent(Number(value), language);
    const line = (name: string, colour: string, values: [string, number][], dashed = false) => ({
      type: "line" as const,
      name,
      color: colour,
      showSymbol: values.length === 1,
      lineStyle: { type: dashed ? ("dashed" as const) : ("solid" as const) },
      data: values,
    });
    chart.setOption({
      animation: false,
      backgroundColor: "transparent",
      grid: { left: 64, right: 16, top: 36, bottom: 28 },
      legend: { top: 0 },
      tooltip: { trigger: "axis", valueFormatter: shown },
      xAxis: { type: "time" },
      yAxis: { type: "log", min: budget / 10, max: 1, axisLabel: { formatter: shown } },
      series: [
        line(t("quality.bound"), BOUND, course.map((p) => [p.time, p.bound])),
        // A logarithm has no place for 0: no line where no error was found.
        line(
          t("quality.estimate"),
          ESTIMATE,
          course.filter((p) => p.estimate > 0).map((p) => [p.time, p.estimate]),
        ),
        line(t("quality.budget"), BUDGET, course.map((p) => [p.time, budget]), true),
      ],
    });
    const resize = new ResizeObserver(() => chart.resize());
    resize.observe(place.current);
    return () => {
      resize.disconnect();
      chart.dispose();
    };
  }, [course, budget, language, dark, t, empty]);
  if (empty) return <Nothing title={t("quality.course.empty")} hint={t("quality.course.hint")} />;
  return <div ref={place} className="course" role="img" aria-label={t("quality.course")} />;
}
