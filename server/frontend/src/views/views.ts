/** All views of an answer: the table, and each picture that its columns allow, with the same table behind it. */

import type { Answer } from "../answer.ts";
import { type Picture, pictures } from "../columns.ts";
import { el } from "../dom.ts";
import type { Prefixes } from "../names.ts";
import { table } from "../table.ts";
import { type Tab, tabs } from "../tabs.ts";
import { word } from "../words.ts";
import "./views.css";

/** What a picture needs to know beside the answer. */
export interface Context {
  prefixes: Prefixes;
  title: string;
  /** Write the name of a column as the reader knows it. */
  heading: (column: string) => string;
}

type Draw = (answer: Answer, context: Context) => HTMLElement | Promise<HTMLElement>;

const DRAW: Record<Picture, () => Promise<Draw>> = {
  chart: async () => (await import("./chart.ts")).chart,
  map: async () => (await import("./map.ts")).map,
  graph: async () => (await import("./graph.ts")).graph,
  timeline: async () => (await import("./timeline.ts")).timeline,
};

export interface Options {
  /** Whether the table is a view of its own; where the page has one already it is not. */
  table: boolean;
  first?: string;
  headings?: Record<string, string>;
  opened?: (name: string) => void;
}

/** Return the views of an answer as tabs. */
export function views(answer: Answer, prefixes: Prefixes, title: string, options: Options): HTMLElement {
  const context = { prefixes, title, heading: (column: string) => options.headings?.[column] ?? column };
  const entries: Tab[] = pictures(answer).map((name) => ({
    name,
    text: word(name),
    fill: (panel) => draw(panel, name, answer, context),
  }));
  const own: Tab = {
    name: "table",
    text: word("table"),
    fill: (panel) => panel.append(table(answer, prefixes, title)),
  };
  const all = options.table ? [own, ...entries] : entries;
  return tabs(word("views"), all, options.first ?? "table", options.opened ?? (() => undefined));
}

async function draw(panel: HTMLElement, name: Picture, answer: Answer, context: Context): Promise<void> {
  panel.setAttribute("aria-busy", "true");
  const make = await DRAW[name]();
  panel.append(await make(answer, context), behind(answer, context));
  panel.removeAttribute("aria-busy");
}

function behind(answer: Answer, context: Context): HTMLElement {
  const details = el("details", {}, el("summary", {}, word("same")));
  details.addEventListener("toggle", () => details.append(table(answer, context.prefixes, context.title)), {
    once: true,
  });
  return details;
}

/** Return a frame for a picture wider than the screen, which then scrolls, by keyboard too. */
export function frame(picture: SVGElement, note: string): HTMLElement {
  const region = { class: "scroll drawn", role: "region", "aria-label": word("pictureScroll"), tabindex: 0 };
  return el("figure", {}, el("div", region, picture), el("figcaption", { class: "count" }, note));
}
