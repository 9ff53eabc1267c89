/** An answer in time: a bar for each row, documented where it is solid, possible where it is pale. */

import { axisTop } from "d3-axis";
import { scaleUtc } from "d3-scale";
import { select } from "d3-selection";
import type { Answer, Row } from "../answer.ts";
import { columns, day, isOpen, type Span, span } from "../columns.ts";
import { svg } from "../dom.ts";
import { href } from "../site.ts";
import { written } from "../table.ts";
import { word } from "../words.ts";
import { short } from "./chart.ts";
import { type Context, frame } from "./views.ts";

const MOST = 120;
const WIDTH = 1000;
const LEFT = 330;
const RIGHT = 24;
const LINE = 26;
const TOP = 34;

interface Bar {
  text: string;
  iri: string;
  start: Date | null;
  end: Date | null;
  surelyStart: Date | null;
  surelyEnd: Date | null;
}

/** Return a timeline. */
export function timeline(answer: Answer, context: Context): HTMLElement {
  const all = bars(answer, context);
  const shown = all.slice(0, MOST);
  const days = shown.flatMap((bar) => [bar.start, bar.end, bar.surelyStart, bar.surelyEnd]).filter((at) => at !== null);
  const [first, last] = [Math.min(...days.map(Number)), Math.max(...days.map(Number))];
  const room = Math.max((last - first) * 0.04, 30 * 24 * 3600 * 1000);
  const x = scaleUtc()
    .domain([first - room, last + room])
    .range([LEFT, WIDTH - RIGHT]);
  const height = TOP + shown.length * LINE + 8;
  const axis = svg("g", { transform: `translate(0,${TOP - 6})`, class: "axis", "aria-hidden": "true" });
  select(axis).call(
    axisTop<Date>(x)
      .ticks(8)
      .tickFormat(tick)
      .tickSizeInner(-(height - TOP)),
  );
  const notes = [word("timelineOf")];
  if (shown.length < answer.rows.length) notes.push(word("timelineShown", { shown: shown.length, count: all.length }));
  const note = notes.join(" ");
  const picture = svg(
    "svg",
    {
      viewBox: `0 0 ${WIDTH} ${height}`,
      width: WIDTH,
      role: "group",
      "aria-label": `${context.title} – ${word("timeline")}`,
      class: "timeline",
    },
    axis,
    ...shown.map((bar, place) => drawn(bar, TOP + place * LINE, x)),
  );
  return frame(picture, note);
}

function bars(answer: Answer, context: Context): Bar[] {
  const found = columns(answer);
  const when = span(found);
  if (!when) return [];
  const texts = found.filter((column) => !column.hidden && (column.kind === "text" || column.kind === "iri"));
  const varying = texts.filter((column) => new Set(answer.rows.map((row) => row[column.name]?.value)).size > 1);
  const named = (varying.length > 0 ? varying : texts).slice(0, 3);
  const made = answer.rows.map((row): Bar => {
    const parts = named.map((column) => written(row[column.name], context.prefixes));
    const link = named.map((column) => row[column.link]?.value ?? "").find(Boolean) ?? "";
    return {
      text: parts.filter((part) => part && !part.startsWith("http")).join(" · "),
      iri: link,
      ...times(row, when),
    };
  });
  return made
    .filter((bar) => bar.start || bar.end || bar.surelyStart || bar.surelyEnd)
    .sort((one, other) => Number(earliest(one)) - Number(earliest(other)));
}

function times(row: Row, when: Span): Pick<Bar, "start" | "end" | "surelyStart" | "surelyEnd"> {
  const single = when.start === when.end;
  return {
    start: day(row[when.start]),
    end: day(row[when.end], true) ?? (single ? day(row[when.start], true) : null),
    surelyStart: isOpen(row[when.surelyStart]) ? null : day(row[when.surelyStart]),
    surelyEnd: isOpen(row[when.surelyEnd]) ? null : day(row[when.surelyEnd], true),
  };
}

function earliest(bar: Bar): Date | null {
  return bar.start ?? bar.surelyStart ?? bar.surelyEnd ?? bar.end;
}

function drawn(bar: Bar, top: number, x: (at: Date) => number): SVGElement {
  const middle = top + LINE / 2;
  const from = bar.start ? x(bar.start) : LEFT;
  const to = bar.end ? x(bar.end) : WIDTH - RIGHT;
  const solid: [number, number] | null =
    bar.surelyStart && bar.surelyEnd && bar.surelyStart <= bar.surelyEnd
      ? [x(bar.surelyStart), x(bar.surelyEnd)]
      : null;
  const dates = [bar.start, bar.end].map((at) => (at ? at.toISOString().slice(0, 10) : "…")).join(" – ");
  const parts = [
    svg("title", {}, `${bar.text}: ${dates}`),
    svg("text", { x: LEFT - 12, y: middle, class: "end" }, short(bar.text, 44)),
    svg("rect", { x: from, y: top + 7, width: Math.max(3, to - from), height: LINE - 14, class: "possible", rx: 2 }),
    solid
      ? svg("rect", {
          x: solid[0],
          y: top + 7,
          width: Math.max(4, solid[1] - solid[0]),
          height: LINE - 14,
          class: "bar",
          rx: 2,
        })
      : null,
    bar.start ? null : svg("path", { d: `M${LEFT + 2} ${middle}l8 -5v10z`, class: "arrow" }),
    bar.end ? null : svg("path", { d: `M${WIDTH - RIGHT - 2} ${middle}l-8 -5v10z`, class: "arrow" }),
  ];
  const where = href(bar.iri);
  const label = `${bar.text}, ${dates}`;
  return where ? svg("a", { href: where, "aria-label": label }, ...parts) : svg("g", {}, ...parts);
}

function tick(at: Date): string {
  const text = at.toISOString();
  if (text.slice(5, 10) === "01-01") return text.slice(0, 4);
  return text.slice(8, 10) === "01" ? text.slice(0, 7) : text.slice(0, 10);
}
