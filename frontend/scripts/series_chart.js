// Numbers over time, drawn from the table that stands below the drawing. Pages that have a series load it; without it,
// and for whoever does not see drawings, the table says the same.
import { LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

import { colour } from "./chart_colours.js";

use([LineChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

const COLOURS = ["--tblr-primary", "--gh-warm", "--gh-info", "--gh-ok", "--gh-bad", "--gh-mute"];
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "pin", "arrow"];
const LINES = ["solid", "dashed", "dotted", "solid", "dashed", "dotted"];

function read(table) {
  const [, ...names] = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const rows = [...table.tBodies[0].rows];
  return {
    periods: rows.map((row) => row.cells[0].textContent),
    lines: names.map((name, at) => ({
      name,
      points: rows.map((row) => {
        const cell = row.cells[at + 1];
        return { value: cell.dataset.value === "" ? null : Number(cell.dataset.value), written: cell.textContent };
      }),
    })),
  };
}

function options(data, element) {
  const text = element.closest("[lang]") ?? document.documentElement;
  const rightToLeft = getComputedStyle(element.parentElement).direction === "rtl";
  const ink = colour("--tblr-body-color", element);
  const quiet = colour("--tblr-secondary", element);
  const rule = colour("--tblr-border-color", element);
  const surface = colour("--tblr-bg-surface", element);
  const font = { fontFamily: getComputedStyle(element).fontFamily, fontSize: 12.5, color: quiet };
  const number = new Intl.NumberFormat(text.lang, { maximumFractionDigits: 2 });
  const target = element.dataset.target;
  const few = data.periods.length <= 31;
  const values = data.lines.flatMap((line) => line.points.map((point) => point.value)).filter((value) => value !== null);
  if (target !== undefined) values.push(Number(target));
  const spread = Math.max(...values) - Math.min(...values);
  return {
    animation: false,
    textStyle: font,
    grid: { left: 8, right: 16, top: data.lines.length > 1 ? 44 : 24, bottom: 8, containLabel: true },
    legend: data.lines.length > 1 ? { top: 0, left: "center", textStyle: { ...font, color: ink } } : undefined,
    tooltip: {
      trigger: "axis",
      // Drawn, not written: markup would bring styles that the page does not allow.
      renderMode: "richText",
      confine: true,
      backgroundColor: surface,
      borderColor: rule,
      textStyle: { ...font, color: ink },
      formatter: (points) =>
        [points[0].name, ...points.map((point) => `${point.seriesName}: ${data.lines[point.seriesIndex].points[point.dataIndex].written}`)].join("\n"),
    },
    xAxis: {
      type: "category",
      data: data.periods,
      inverse: rightToLeft,
      boundaryGap: false,
      axisLabel: { ...font, hideOverlap: true },
      axisLine: { lineStyle: { color: rule } },
      axisTick: { show: false },
    },
    yAxis: {
      type: "value",
      position: rightToLeft ? "right" : "left",
      // What changes little far from nought would be a flat line with nought in sight.
      scale: values.length > 0 && Math.min(...values) > 2 * spread,
      axisLabel: { ...font, formatter: (value) => number.format(value) },
      splitLine: { lineStyle: { color: rule } },
    },
    series: data.lines.map((line, at) => ({
      type: "line",
      name: line.name,
      data: line.points.map((point) => point.value),
      symbol: SYMBOLS[at],
      symbolSize: 7,
      showSymbol: few,
      lineStyle: { width: 2.5, type: LINES[at] },
      itemStyle: { color: colour(COLOURS[at], element) },
      markLine:
        at === 0 && target !== undefined
          ? {
              silent: true,
              symbol: "none",
              lineStyle: { color: ink, type: "dashed", width: 1.5 },
              label: { ...font, color: ink, position: rightToLeft ? "insideStartTop" : "insideEndTop", formatter: element.dataset.targetLabel },
              data: [{ yAxis: Number(target) }],
            }
          : undefined,
    })),
  };
}

function draw(element) {
  const figure = element.closest("figure");
  const details = figure.querySelector("details");
  const data = read(figure.querySelector("table"));
  if (data.periods.length < 2) return;
  element.classList.add("is-drawn");
  details.open = false;
  const chart = init(element, null, { renderer: "svg" });
  const paint = () => chart.setOption(options(data, element), true);
  paint();
  new ResizeObserver(() => chart.resize()).observe(element);
  new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  // On paper stands the table, whether it was open or not.
  let wasOpen = false;
  addEventListener("beforeprint", () => {
    wasOpen = details.open;
    details.open = true;
  });
  addEventListener("afterprint", () => {
    details.open = wasOpen;
  });
}

document.querySelectorAll("[data-series-chart]").forEach(draw);
