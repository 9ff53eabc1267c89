/** An answer as bars: a value for each thing, or how many rows each thing has. */

import { axisTop } from "d3-axis";
import { scaleBand, scaleLinear } from "d3-scale";
import { select } from "d3-selection";
import type { Answer } from "../answer.ts";
import { columns, numeric } from "../columns.ts";
import { choice, el, svg } from "../dom.ts";
import { written } from "../table.ts";
import { number, word } from "../words.ts";
import { type Context, frame } from "./views.ts";

/** Bars shown; more would be a wall. */
const MOST = 60;
const WIDTH = 760;
const BAR = 26;
const LETTER = 7.8;

/** Return a bar chart, with the choice of what is drawn. */
export function chart(answer: Answer, context: Context): HTMLElement {
  const found = columns(answer).filter((column) => !column.hidden);
  const numbers = found.filter((column) => column.kind === "number").map((column) => column.name);
  const names = found.map((column) => column.name);
  const texts = found.filter((column) => column.kind !== "number").map((column) => column.name);
  let category = texts.find((name) => new Set(answer.rows.map((row) => row[name]?.value)).size > 1) ?? names[0] ?? "";
  let value = numbers.at(-1) ?? "";
  const place = el("div");
  const draw = () => place.replaceChildren(drawn(answer, category, value, context));
  const options = (list: string[]): [string, string][] => list.map((name) => [name, context.heading(name)]);
  draw();
  return el(
    "div",
    {},
    el(
      "div",
      { class: "choices" },
      choice(word("category"), options(names), category, (chosen) => {
        category = chosen;
        draw();
      }),
      choice(word("value"), [["", word("count")], ...options(numbers)], value, (chosen) => {
        value = chosen;
        draw();
      }),
    ),
    place,
  );
}

function drawn(answer: Answer, category: string, value: string, context: Context): HTMLElement {
  const bars = sums(answer, category, value, context).slice(0, MOST);
  const what = value ? context.heading(value) : word("count");
  const label = word("chartOf", { value: what, category: context.heading(category) });
  const longest = Math.max(...bars.map(([name]) => name.length));
  const left = Math.min(330, Math.max(60, longest * LETTER + 12));
  const height = bars.length * BAR;
  const x = scaleLinear()
    .domain([Math.min(0, ...bars.map(([, size]) => size)), Math.max(0, ...bars.map(([, size]) => size))])
    .nice()
    .range([left, WIDTH - 70]);
  const y = scaleBand()
    .domain(bars.map(([name]) => name))
    .range([28, 28 + height])
    .padding(0.25);
  const axis = svg("g", { transform: "translate(0,24)", class: "axis", "aria-hidden": "true" });
  select(axis).call(
    axisTop(x)
      .ticks(5)
      .tickFormat((tick) => number(Number(tick)))
      .tickSizeInner(-height - 4),
  );
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${height + 36}`, width: WIDTH, role: "img", "aria-label": label, class: "chart" },
    axis,
    ...bars.map(([name, size]) => {
      const top = y(name) ?? 0;
      const middle = top + y.bandwidth() / 2;
      const [from, to] = [x(Math.min(0, size)), x(Math.max(0, size))];
      return svg(
        "g",
        {},
        svg("title", {}, `${name}: ${number(size)}`),
        svg("text", { x: left - 8, y: middle, class: "end" }, short(name, left / LETTER - 2)),
        svg("rect", { x: from, y: top, width: Math.max(1, to - from), height: y.bandwidth(), class: "bar", rx: 2 }),
        svg("text", { x: to + 6, y: middle, class: "soft" }, number(size)),
      );
    }),
  );
  return frame(picture, label);
}

function sums(answer: Answer, category: string, value: string, context: Context): [string, number][] {
  const found = new Map<string, number>();
  for (const row of answer.rows) {
    const name = written(row[category], context.prefixes) || "–";
    const size = value ? numeric(row[value]) : 1;
    if (!Number.isNaN(size)) found.set(name, (found.get(name) ?? 0) + size);
  }
  const entries = [...found];
  return value ? entries : entries.sort(([, one], [, other]) => other - one);
}

/** Cut a text that is too long for its place. */
export function short(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1)).trimEnd()}…`;
}
