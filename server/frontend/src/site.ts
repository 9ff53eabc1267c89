/** Where the server is, and which language the page has. */

import { BASE } from "./names.ts";

/** The path under which the server is published; the bundle lies in its static/app/assets/. */
export const ROOT = new URL(/* @vite-ignore */ "../../../", import.meta.url).pathname.replace(/\/$/, "");

const ROOMS = ["id/", "vocab/", "graph/", "ontology", "shapes"];

export type Language = "de" | "en";

export const language: Language = document.documentElement.lang === "en" ? "en" : "de";

/** Return an address of the server; a language that the reader chose in the address stays chosen. */
export function address(path: string, parameters: Record<string, string> = {}): string {
  const chosen = new URLSearchParams(location.search).get("lang");
  const query = new URLSearchParams({ ...parameters, ...(chosen ? { lang: chosen } : {}) }).toString();
  return ROOT + path + (query ? `?${query}` : "");
}

/** Return where a reader finds an IRI: our own at this server, others as they are, none that is no web address. */
export function href(iri: string): string {
  if (!iri.startsWith(BASE)) return /^https?:\/\//.test(iri) ? iri : "";
  const local = iri.slice(BASE.length);
  if (!ROOMS.some((room) => local.startsWith(room))) return iri;
  const [path = "", fragment] = local.split("#");
  return address(`/${path}`) + (fragment ? `#${fragment}` : "");
}
