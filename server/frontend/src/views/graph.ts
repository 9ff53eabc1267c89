/** An answer as a network: things as nodes, rows as links between them. */

import type { SimulationLinkDatum, SimulationNodeDatum } from "d3-force";
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import type { Answer, Row } from "../answer.ts";
import { columns, nodes } from "../columns.ts";
import { choice, el, svg } from "../dom.ts";
import { href } from "../site.ts";
import { written } from "../table.ts";
import { word } from "../words.ts";
import { short } from "./chart.ts";
import { type Context, frame } from "./views.ts";

/** Nodes shown; more cannot be told apart. */
const MOST = 120;
const STEPS = 300;
/** Room for the longest name, on the right of its node. */
const NAME = 230;

interface Node extends SimulationNodeDatum {
  id: string;
  text: string;
  side: "from" | "to";
  degree: number;
}

interface Link extends SimulationLinkDatum<Node> {
  text: string;
}

interface Net {
  nodes: Node[];
  links: Link[];
  cut: boolean;
}

/** Return a network, with the choice of what its two ends are. */
export function graph(answer: Answer, context: Context): HTMLElement {
  const place = el("div");
  const ends = answer.triples ? ["subject", "object"] : nodes(columns(answer)).map((column) => column.name);
  let [from = "", to = ""] = ends;
  const draw = () => place.replaceChildren(legend(from, to, context), drawn(net(answer, from, to, context), context));
  draw();
  if (ends.length < 3) return place;
  const options = ends.map((name): [string, string] => [name, context.heading(name)]);
  return el(
    "div",
    {},
    el(
      "div",
      { class: "choices" },
      choice(word("from"), options, from, (chosen) => {
        from = chosen;
        draw();
      }),
      choice(word("to"), options, to, (chosen) => {
        to = chosen;
        draw();
      }),
    ),
    place,
  );
}

function legend(from: string, to: string, context: Context): HTMLElement {
  const entry = (side: Node["side"], name: string) =>
    el(
      "span",
      { class: "key" },
      svg(
        "svg",
        { width: 12, height: 12, "aria-hidden": "true", class: "net" },
        svg("circle", { cx: 6, cy: 6, r: 5, class: side }),
      ),
      context.heading(name),
    );
  return el("p", { class: "count keys" }, entry("from", from), entry("to", to));
}

/** Return nodes and links of an answer; the first nodes only where there are too many. */
export function net(answer: Answer, from: string, to: string, context: Context): Net {
  const shown = columns(answer);
  const link = (name: string) => shown.find((column) => column.name === name)?.link || name;
  const known = new Map<string, Node>();
  const links = new Map<string, Link>();
  let cut = false;
  const node = (row: Row, name: string, side: Node["side"]): Node | null => {
    const term = row[link(name)];
    if (!term || (answer.triples && term.kind === "literal")) return null;
    const found = known.get(term.value);
    if (found) return found;
    if (known.size >= MOST) {
      cut = true;
      return null;
    }
    const made: Node = { id: term.value, text: written(row[name], context.prefixes), side, degree: 0 };
    known.set(term.value, made);
    return made;
  };
  for (const row of answer.rows) {
    const source = node(row, from, "from");
    const target = source && node(row, to, "to");
    if (!source || !target || source === target) continue;
    const text = answer.triples ? written(row.predicate, context.prefixes) : "";
    const id = `${source.id} ${target.id}`;
    if (links.has(id)) continue;
    links.set(id, { source, target, text });
    source.degree++;
    target.degree++;
  }
  return { nodes: [...known.values()].filter((each) => each.degree > 0), links: [...links.values()], cut };
}

function drawn(found: Net, context: Context): HTMLElement {
  arrange(found);
  const [left, top, width, height] = bounds(found.nodes);
  const many = found.nodes.length > 70;
  const note = [
    word("graphOf", { count: found.nodes.length, links: found.links.length }),
    found.cut ? word("graphTooBig", { count: found.nodes.length }) : "",
  ].join(" ");
  const picture = svg(
    "svg",
    {
      viewBox: `${left} ${top} ${width} ${height}`,
      width,
      role: "group",
      "aria-label": `${context.title} – ${note}`,
      class: "net",
    },
    ...found.links.map((link) => {
      const [source, target] = [link.source as Node, link.target as Node];
      const label = [source.text, link.text, target.text].filter(Boolean).join(" – ");
      return svg("line", { x1: source.x, y1: source.y, x2: target.x, y2: target.y }, svg("title", {}, label));
    }),
    ...found.nodes.map((node) => {
      const [x = 0, y = 0] = [node.x, node.y];
      const named = !many || node.degree > 1 || node.side === "from";
      const mark = [
        svg("title", {}, node.text),
        svg("circle", { cx: x, cy: y, r: Math.min(14, 5 + Math.sqrt(node.degree) * 1.6), class: node.side }),
        named ? svg("text", { x: x + 10, y: y - 9 }, short(node.text, 34)) : null,
      ];
      const where = href(node.id);
      return where ? svg("a", { href: where, "aria-label": node.text }, ...mark) : svg("g", {}, ...mark);
    }),
  );
  return frame(picture, note);
}

function arrange(found: Net): void {
  forceSimulation(found.nodes)
    .force("link", forceLink<Node, Link>(found.links).distance(70))
    .force("charge", forceManyBody().strength(-240).distanceMax(360))
    .force("x", forceX().strength(0.06))
    .force("y", forceY().strength(0.12))
    .force("collide", forceCollide(20))
    .stop()
    .tick(STEPS);
}

/** Return left, top, width and height of what has to be seen, names included. */
function bounds(all: Node[]): [number, number, number, number] {
  const [xs, ys] = [all.map(({ x = 0 }) => x), all.map(({ y = 0 }) => y)];
  const [left, top] = [Math.min(...xs) - 30, Math.min(...ys) - 30];
  const [right, bottom] = [Math.max(...xs) + NAME, Math.max(...ys) + 30];
  return [left, top, Math.max(700, right - left), bottom - top].map(Math.round) as [number, number, number, number];
}
