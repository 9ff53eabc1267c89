/** Which names fit what has been typed: by prefixed name, by local name, or by a word of the label. */

import type { Named } from "../vocabulary.ts";

/** Names offered at once. */
const MOST = 60;

/** Return the names that fit, the best first. */
export function ranked(terms: Named[], typed: string): Named[] {
  const wanted = typed.toLowerCase();
  return terms
    .map((term) => ({ term, rank: rank(term, wanted) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => one.rank - other.rank || one.term.name.localeCompare(other.term.name))
    .slice(0, MOST)
    .map(({ term }) => term);
}

/** Return how well a name fits: 1 best, 0 not at all. */
function rank({ name, label }: Named, wanted: string): number {
  if (name.toLowerCase().startsWith(wanted)) return 1;
  const [prefix = "", local = ""] = wanted.includes(":") ? wanted.split(":") : ["", wanted];
  if (prefix && !name.toLowerCase().startsWith(`${prefix}:`)) return 0;
  const own = name.slice(name.indexOf(":") + 1).toLowerCase();
  if (own.startsWith(local)) return 2;
  const words = label.toLowerCase();
  if (words.startsWith(local)) return 3;
  if (words.split(/[\s,/()-]+/).some((word) => word.startsWith(local))) return 4;
  return local.length > 2 && (own.includes(local) || words.includes(local)) ? 5 : 0;
}
