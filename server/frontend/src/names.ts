/** Prefixed names: shorten IRIs, and find the prefixes that a query uses and does not declare. */

/** The permanent base of all our IRIs. */
export const BASE = "https://w3id.org/chefsache/";

export type Prefixes = Record<string, string>;

const LOCAL = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?$/;
/** What may hold a colon and is no prefixed name: comments, IRIs, strings. */
const ASIDE = /#[^\n]*|<[^\s<>"{}|^`\\]*>|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
const DECLARED = /\bPREFIX\s+([A-Za-z][\w-]*)?:/gi;
const USED = /(?:^|[^\w:?$-])([A-Za-z][\w-]*):(?=[\w:%\\]|[\s;.,)}\]]|$)/g;

/** Return the prefixed name of an IRI, or the IRI where no prefix fits. */
export function compact(iri: string, prefixes: Prefixes): string {
  let best = "";
  let chosen = "";
  for (const [name, namespace] of Object.entries(prefixes)) {
    if (iri.startsWith(namespace) && namespace.length > best.length && LOCAL.test(iri.slice(namespace.length))) {
      best = namespace;
      chosen = name;
    }
  }
  return best ? `${chosen}:${iri.slice(best.length)}` : iri;
}

/** Return the known prefixes that a query uses and does not declare, in the order of their names. */
export function missing(text: string, known: Prefixes): string[] {
  const bare = text.replace(ASIDE, (aside) => " ".repeat(aside.length));
  const declared = new Set([...bare.matchAll(DECLARED)].map((match) => match[1] ?? ""));
  const rest = bare.replace(DECLARED, " ");
  const used = new Set([...rest.matchAll(USED)].map((match) => match[1] ?? ""));
  return [...used].filter((name) => known[name] !== undefined && !declared.has(name)).sort();
}

export interface Insertion {
  at: number;
  text: string;
}

/** Return the declarations to add, and where: after the last one that stands already, else before the query. */
export function declarations(text: string, known: Prefixes): Insertion | null {
  const names = missing(text, known);
  if (names.length === 0) return null;
  const lines = names.map((name) => `PREFIX ${name}: <${known[name]}>\n`).join("");
  const last = [...text.matchAll(/^[ \t]*(?:PREFIX|BASE)\b[^\n]*(?:\n|$)/gim)].at(-1);
  if (last) {
    const at = last.index + last[0].length;
    return { at, text: text[at - 1] === "\n" ? lines : `\n${lines}` };
  }
  const head = /^(?:[ \t]*#[^\n]*\n|[ \t]*\n)*/.exec(text)?.[0].length ?? 0;
  return { at: head, text: `${lines}\n` };
}
