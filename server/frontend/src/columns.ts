/** What the columns of an answer hold, and which pictures can be drawn from it. */

import type { Answer, Row, Term } from "./answer.ts";
import { BASE } from "./names.ts";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(
  ["integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger"].map((name) => XSD + name),
);
const DATES = new Set(["date", "dateTime", "gYear", "gYearMonth"].map((name) => XSD + name));
/** The days that stand for "open" on either side. */
const FIRST = "0001-01-01";
const LAST = "9999-12-31";
/** Columns of our questions that belong together although their names do not say so. */
const PARTNERS: Record<string, string> = {
  municipality: "authority",
  fieldLabel: "field",
  kindLabel: "kind",
  publisherLabel: "publisher",
  schemeLabel: "scheme",
};
const STARTS = ["from", "start", "startDate", "begin", "since", "knownFrom", "earliestStart", "latestStart"];
const ENDS = ["to", "end", "endDate", "until", "knownTo", "latestEnd", "earliestEnd"];

export type Kind = "iri" | "number" | "date" | "text";

export interface Column {
  name: string;
  kind: Kind;
  /** The column that holds the IRI of what this one names; its own name where it holds IRIs itself. */
  link: string;
  /** Whether it only gives the IRI of another column, and needs no place of its own in a table. */
  hidden: boolean;
}

/** Return what each column holds. */
export function columns(answer: Answer): Column[] {
  const kinds = new Map(answer.columns.map((name) => [name, kind(answer.rows, name)]));
  const links = new Map<string, string>();
  for (const name of answer.columns) {
    const partner = [`${name}Iri`, PARTNERS[name] ?? ""].find((other) => kinds.get(other) === "iri");
    if (partner && kinds.get(name) !== "iri") links.set(name, partner);
  }
  const hidden = new Set(links.values());
  return answer.columns.map((name) => {
    const found = kinds.get(name) ?? "text";
    return { name, kind: found, link: links.get(name) ?? (found === "iri" ? name : ""), hidden: hidden.has(name) };
  });
}

function kind(rows: Row[], name: string): Kind {
  const terms = rows.map((row) => row[name]).filter((term): term is Term => term !== undefined);
  if (terms.length === 0) return "text";
  if (terms.every((term) => term.kind === "iri")) return "iri";
  if (terms.every((term) => NUMBERS.has(term.datatype ?? ""))) return "number";
  return terms.every((term) => DATES.has(term.datatype ?? "")) ? "date" : "text";
}

/** Return the number in a cell, or NaN. */
export function numeric(term: Term | undefined): number {
  return term && NUMBERS.has(term.datatype ?? "") ? Number(term.value) : Number.NaN;
}

/** Return the first or last day that a date of any precision means; null where it is open or no date. */
export function day(term: Term | undefined, end = false): Date | null {
  const match = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(term?.value ?? "");
  if (!match || isOpen(term)) return null;
  const [, year, month, date] = match.map(Number);
  if (!year) return null;
  if (month && date) return new Date(Date.UTC(year, month - 1, date));
  if (month) return new Date(Date.UTC(year, end ? month : month - 1, end ? 0 : 1));
  return new Date(Date.UTC(year, end ? 11 : 0, end ? 31 : 1));
}

/** Say whether a date stands for an open start or end. */
export function isOpen(term: Term | undefined): boolean {
  return term?.value.startsWith(FIRST) === true || term?.value.startsWith(LAST) === true;
}

export interface Span {
  /** The columns of the possible span, and within it of the documented one; all four may be the same. */
  start: string;
  end: string;
  surelyStart: string;
  surelyEnd: string;
}

/** Return the columns that say from when to when, or null where there is no date. */
export function span(found: Column[]): Span | null {
  const dates = found.filter((column) => column.kind === "date").map((column) => column.name);
  const first = (names: string[]) => names.find((name) => dates.includes(name)) ?? "";
  const start = first(STARTS);
  const end = first(ENDS);
  if (start || end) {
    const surely = dates.includes("latestStart") && dates.includes("earliestEnd");
    return { start, end, surelyStart: surely ? "latestStart" : start, surelyEnd: surely ? "earliestEnd" : end };
  }
  const only = dates[0];
  return only ? { start: only, end: only, surelyStart: only, surelyEnd: only } : null;
}

/** Return the latitude and longitude columns, if there are any. */
export function position(found: Column[]): [string, string] | null {
  const numbers = found.filter((column) => column.kind === "number").map((column) => column.name);
  const latitude = numbers.find((name) => /^lat(itude)?$/i.test(name));
  const longitude = numbers.find((name) => /^(lon|long|lng|longitude)$/i.test(name));
  return latitude && longitude ? [latitude, longitude] : null;
}

/** Return the official key in an IRI of an authority or of what belongs to one, else nothing. */
export function key(iri: string): string {
  return new RegExp(`^${BASE}id/(\\d{2,8})(?:-|$)`).exec(iri)?.[1] ?? "";
}

/** Return the columns whose IRIs have a place, the authorities themselves first. */
export function placed(answer: Answer, found: Column[]): string[] {
  const share = (name: string, whole: boolean) =>
    answer.rows.filter((row) => {
      const iri = row[name]?.value ?? "";
      return key(iri) !== "" && (!whole || /\/id\/\d+$/.test(iri));
    }).length;
  const names = found.filter((column) => column.kind === "iri").map((column) => column.name);
  return names
    .filter((name) => share(name, false) > 0)
    .sort((one, other) => share(other, true) - share(one, true) || share(other, false) - share(one, false));
}

/** Return the columns whose values are things, and so can be nodes. */
export function nodes(found: Column[]): Column[] {
  return found.filter((column) => column.link !== "" && !column.hidden && !/^claim/i.test(column.name));
}

export const PICTURES = ["chart", "map", "graph", "timeline"] as const;
export type Picture = (typeof PICTURES)[number];

/** Return the pictures that an answer allows. */
export function pictures(answer: Answer): Picture[] {
  if (answer.rows.length === 0) return [];
  const found = columns(answer);
  const allowed: Record<Picture, boolean> = {
    chart: !answer.triples && found.some((column) => !column.hidden),
    map: position(found) !== null || placed(answer, found).length > 0,
    graph: answer.triples === true || nodes(found).length > 1,
    timeline: span(found) !== null,
  };
  return PICTURES.filter((name) => allowed[name]);
}
