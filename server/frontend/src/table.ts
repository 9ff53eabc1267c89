/** An answer as a table: things as links, columns that sort. */

import type { Answer, Row, Term } from "./answer.ts";
import { type Column, columns, isOpen, numeric } from "./columns.ts";
import { el } from "./dom.ts";
import { compact, type Prefixes } from "./names.ts";
import { href, language } from "./site.ts";
import { number, word } from "./words.ts";

/** Rows shown before one asks for all. */
const SHOWN = 500;
const ORDER = new Intl.Collator(language, { numeric: true });

/** Return a table of an answer. */
export function table(answer: Answer, prefixes: Prefixes, caption: string): HTMLElement {
  const shown = columns(answer).filter((column) => !column.hidden);
  const body = el("tbody");
  const holder = el("div");
  let rows = answer.rows;
  let most = SHOWN;
  let sorted = "";
  let down = false;

  const count = el("p", { class: "count" });
  const fill = () => {
    body.replaceChildren(...rows.slice(0, most).map((row) => line(row, shown, prefixes)));
    count.replaceChildren(counted(rows.length));
    if (rows.length <= most) return;
    const all = el("button", { type: "button", class: "quiet" }, word("rowsAll"));
    all.addEventListener("click", () => {
      most = rows.length;
      fill();
    });
    count.replaceChildren(word("rowsShown", { shown: most, count: rows.length }), " ", all);
  };
  const heads = shown.map((column) => {
    const button = el("button", { type: "button", class: "sort" }, column.name);
    const head = el("th", { scope: "col", class: column.kind === "number" ? "number" : null }, button);
    button.addEventListener("click", () => {
      down = sorted === column.name && !down;
      sorted = column.name;
      rows = [...answer.rows].sort((one, other) => (down ? -1 : 1) * compared(one[column.name], other[column.name]));
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      fill();
    });
    return head;
  });
  fill();
  holder.append(
    el(
      "div",
      { class: "scroll", role: "region", "aria-label": word("scroll"), tabindex: 0 },
      el("table", {}, el("caption", { class: "quiet" }, caption), el("thead", {}, el("tr", {}, ...heads)), body),
    ),
    count,
  );
  return holder;
}

/** Write how many rows there are. */
export function counted(count: number): string {
  return count === 1 ? word("row") : word("rows", { count });
}

/** Write a term as a reader wants it: prefixed names, days and numbers in the language's form. */
export function written(term: Term | undefined, prefixes: Prefixes): string {
  if (!term) return "";
  if (term.kind === "iri") return compact(term.value, prefixes);
  if (term.kind === "bnode") return `_:${term.value}`;
  const value = numeric(term);
  if (!Number.isNaN(value)) return number(value);
  return isOpen(term) && /date/i.test(term.datatype ?? "") ? "…" : term.value;
}

function line(row: Row, shown: Column[], prefixes: Prefixes): HTMLElement {
  return el("tr", {}, ...shown.map((column) => cell(row, column, prefixes)));
}

function cell(row: Row, column: Column, prefixes: Prefixes): HTMLElement {
  const term = row[column.name];
  const iris = column.kind === "text" && /^(https?:\S+)( https?:\S+)*$/.test(term?.value ?? "");
  if (term && iris) {
    const links = term.value.split(" ").map((iri) => el("li", {}, link(iri, compact(iri, prefixes))));
    return el("td", {}, el("ul", { class: "plain" }, ...links));
  }
  const iri = row[column.link]?.value ?? "";
  const text = written(term, prefixes);
  const lang = term?.lang && term.lang !== language ? term.lang : null;
  const type = column.kind === "number" ? "number" : column.kind === "date" ? "day" : null;
  return el("td", { class: type, lang }, iri && text ? link(iri, text) : text);
}

function link(iri: string, text: string): Node {
  const where = href(iri);
  return where ? el("a", { href: where }, text) : document.createTextNode(text);
}

function compared(one: Term | undefined, other: Term | undefined): number {
  if (!one || !other) return Number(!one) - Number(!other);
  const difference = numeric(one) - numeric(other);
  return Number.isNaN(difference) ? ORDER.compare(one.value, other.value) : difference;
}
