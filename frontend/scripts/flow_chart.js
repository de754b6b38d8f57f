// Who took what from whom, drawn: givers on the side where reading begins, takers opposite. A page of its own loads it;
// the table beside the drawing says the same, so where this does not run nothing is missing.
import { SankeyChart } from "echarts/charts";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

import { colour } from "./chart_colours.js";

use([SankeyChart, SVGRenderer]);

const ROW = 26;
const LEAST = 280;

function series(data, element) {
  const rightToLeft = document.documentElement.dir === "rtl";
  const begins = rightToLeft ? "right" : "left";
  const ink = colour("--tblr-body-color", element);
  const accent = colour("--tblr-primary", element);
  const quiet = colour("--tblr-secondary", element);
  const node = (side, name) => ({
    name: `${side}:${name}`,
    itemStyle: { color: side === "giver" ? accent : quiet },
    label: { position: (side === "giver") === rightToLeft ? "left" : "right" },
  });
  const givers = [...new Set(data.links.map(([giver]) => giver))];
  const takers = [...new Set(data.links.map(([, taker]) => taker))];
  return {
    animation: false,
    series: {
      type: "sankey",
      left: 4,
      right: 4,
      top: 8,
      bottom: 8,
      nodeGap: 9,
      nodeWidth: 10,
      draggable: false,
      emphasis: { focus: "adjacency" },
      lineStyle: { color: accent, opacity: 0.22, curveness: 0.5 },
      label: {
        color: ink,
        fontFamily: getComputedStyle(element).fontFamily,
        fontSize: 12.5,
        formatter: ({ name }) => name.slice(name.indexOf(":") + 1),
      },
      data: [...givers.map((name) => node("giver", name)), ...takers.map((name) => node("taker", name))],
      links: data.links.map(([giver, taker, value]) => {
        const ends = [`giver:${giver}`, `taker:${taker}`];
        // What is drawn from the left to the right is read from the right to the left.
        const [source, target] = begins === "right" ? ends.reverse() : ends;
        return { source, target, value };
      }),
    },
  };
}

function draw(element) {
  const data = JSON.parse(document.getElementById(element.dataset.flowChart).textContent);
  if (!data.links.length) return;
  const sides = [0, 1].map((side) => new Set(data.links.map((link) => link[side])).size);
  element.classList.add("is-drawn");
  element.style.height = `${Math.max(LEAST, Math.max(...sides) * ROW)}px`;
  const chart = init(element, null, { renderer: "svg" });
  const paint = () => chart.setOption(series(data, element), true);
  paint();
  new ResizeObserver(() => chart.resize()).observe(element);
  new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
}

document.querySelectorAll("[data-flow-chart]").forEach(draw);
