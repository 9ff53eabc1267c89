/** An answer on the map: Germany as the points of all its municipalities, above them the places of the rows. */

import { geoMercator } from "d3-geo";
import { scaleSqrt } from "d3-scale";
import type { Answer, Row } from "../answer.ts";
import { columns, key, numeric, placed, position } from "../columns.ts";
import { choice, el, svg } from "../dom.ts";
import { href } from "../site.ts";
import { written } from "../table.ts";
import { number, word } from "../words.ts";
import { type Places, type Point, places } from "./places.ts";
import { type Context, frame } from "./views.ts";

const WIDTH = 560;
const HEIGHT = 740;
const MARGIN = 14;

interface Mark {
  at: Point;
  rows: Row[];
  iri: string;
}

/** Return a map, with the choice of what the size of a mark says. */
export async function map(answer: Answer, context: Context): Promise<HTMLElement> {
  const found = await places();
  const numbers = columns(answer).filter((column) => column.kind === "number" && !/^(lat|lon|lng)/i.test(column.name));
  const place = el("div");
  const all = marks(answer, found);
  let size = numbers.at(-1)?.name ?? "";
  const draw = () => place.replaceChildren(drawn(answer, all, size, found, context));
  draw();
  if (numbers.length === 0) return place;
  const options = numbers.map((column): [string, string] => [column.name, context.heading(column.name)]);
  const select = choice(word("size"), [["", word("sizeNone")], ...options], size, (chosen) => {
    size = chosen;
    draw();
  });
  return el("div", {}, el("div", { class: "choices" }, select), place);
}

function marks(answer: Answer, found: Places): Mark[] {
  const shown = columns(answer);
  const numbers = position(shown);
  const holders = placed(answer, shown);
  const byPlace = new Map<string, Mark>();
  for (const row of answer.rows) {
    const iri = holders.map((name) => row[name]?.value ?? "").find((value) => key(value) !== "") ?? "";
    const at = numbers ? point(row, numbers) : found.find(key(iri));
    if (!at) continue;
    const mark = byPlace.get(at.join());
    if (mark) mark.rows.push(row);
    else byPlace.set(at.join(), { at, rows: [row], iri: numbers ? first(row) : iri });
  }
  return [...byPlace.values()];
}

function point(row: Row, [latitude, longitude]: [string, string]): Point | null {
  const at: Point = [numeric(row[longitude]), numeric(row[latitude])];
  return at.some(Number.isNaN) ? null : at;
}

function first(row: Row): string {
  return Object.values(row).find((term) => term?.kind === "iri")?.value ?? "";
}

function drawn(answer: Answer, all: Mark[], size: string, found: Places, context: Context): HTMLElement {
  const points = found.all.length > 0 ? found.all : all.map((mark) => mark.at);
  const box: [Point, Point] = [
    [MARGIN, MARGIN],
    [WIDTH - MARGIN, HEIGHT - MARGIN],
  ];
  const project = geoMercator().fitExtent(box, { type: "MultiPoint", coordinates: points });
  const sizes = all.map((mark) => amount(mark, size));
  const radius = scaleSqrt()
    .domain([0, Math.max(1, ...sizes)])
    .range([0, 24]);
  const ground = found.all.map((at) => {
    const [x = 0, y = 0] = project(at) ?? [];
    return `M${x.toFixed(1)} ${y.toFixed(1)}h0`;
  });
  const placed = all.reduce((sum, mark) => sum + mark.rows.length, 0);
  const note = word("mapOf", { count: placed, all: answer.rows.length });
  const dots = [...all.entries()]
    .map(([index, mark]) => ({ mark, size: sizes[index] ?? 0 }))
    .sort((one, other) => other.size - one.size)
    .map(({ mark, size: value }) => {
      const [x = 0, y = 0] = project(mark.at) ?? [];
      const r = size ? Math.max(2.5, radius(value)) : 5.5;
      const label = described(mark, size ? `${context.heading(size)}: ${number(value)}` : "", answer, context);
      const circle = svg("circle", { cx: x, cy: y, r, class: "mark" }, svg("title", {}, label));
      const where = href(mark.iri);
      return where ? svg("a", { href: where, "aria-label": label }, circle) : circle;
    });
  const label = `${context.title} – ${note}`;
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, role: "group", "aria-label": label, class: "map" },
    svg("path", { d: ground.join(""), class: "ground", "aria-hidden": "true" }),
    ...dots,
  );
  return frame(picture, note);
}

function amount(mark: Mark, size: string): number {
  return mark.rows.map((row) => (size ? numeric(row[size]) : 1)).reduce((sum, one) => sum + (one || 0), 0);
}

/** Say what lies here: the texts of the first row, and how many more rows there are. */
function described(mark: Mark, value: string, answer: Answer, context: Context): string {
  const shown = columns(answer).filter((column) => !column.hidden && column.kind === "text");
  const row = mark.rows[0];
  const texts = shown
    .map((column) => written(row?.[column.name], context.prefixes))
    .filter((text) => text !== "" && !text.startsWith("http"))
    .slice(0, 4);
  const name = texts.join(" · ") || mark.iri;
  const more = mark.rows.length > 1 ? ` (+ ${number(mark.rows.length - 1)})` : "";
  return [name + more, value].filter(Boolean).join(" – ");
}
