/** Ask the endpoint, and write the addresses of a query. */

import { type Answer, fromJson, fromTriples } from "../answer.ts";
import { address } from "../site.ts";
import { type Fault, fault } from "./examples.ts";

/** Characters of a query that still fit into an address everywhere. */
const FITS = 6000;
const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9";

/** Say whether a query is short enough for an address. */
export function fits(query: string): boolean {
  return encodeURIComponent(query).length <= FITS;
}

/** Return the address of the workbench with a query in it; one that is too long stands behind the hash. */
export function permalink(query: string, view: string): string {
  if (!fits(query)) return `${address("/sparql")}#query=${encodeURIComponent(query)}&view=${view}`;
  return address("/sparql", { query }) + (view && view !== "table" ? `#view=${view}` : "");
}

/** Return query and view of an address. */
export function linked(): { query: string; view: string } {
  const behind = new URLSearchParams(location.hash.slice(1));
  const query = behind.get("query") ?? new URLSearchParams(location.search).get("query") ?? "";
  return { query, view: behind.get("view") ?? "table" };
}

/** Return the address of the answer in a format. */
export function download(query: string, format: string): string {
  return address("/sparql", { query, format });
}

/** Ask; return the answer, or what is wrong with the query. Aborting rejects with an AbortError. */
export async function ask(query: string, signal: AbortSignal): Promise<Answer | Fault> {
  const response = await fetch(fits(query) ? address("/sparql", { query }) : address("/sparql"), {
    headers: { Accept: ACCEPT },
    signal,
    ...(fits(query) ? {} : { method: "POST", body: new URLSearchParams({ query }) }),
  });
  if (!response.ok) return fault(response);
  const kind = response.headers.get("Content-Type") ?? "";
  return kind.includes("n-triples") ? fromTriples(await response.text()) : fromJson(await response.json());
}
