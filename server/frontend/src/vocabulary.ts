/** What the server tells the workbench: prefixes, terms with their labels, and the questions with their parameters. */

import type { Prefixes } from "./names.ts";
import { address, language } from "./site.ts";

export interface Named {
  /** The prefixed name. */
  name: string;
  label: string;
  kind: "class" | "property" | "concept";
}

export interface Parameter {
  name: string;
  label: string;
  type: string;
  value: string;
}

export interface Question {
  name: string;
  title: string;
  parameters: Parameter[];
}

export interface Vocabulary {
  prefixes: Prefixes;
  terms: Named[];
  questions: Question[];
}

let asked: Promise<Vocabulary> | undefined;

/** Return the vocabulary; the server is asked once. */
export function vocabulary(): Promise<Vocabulary> {
  asked ??= load();
  return asked;
}

async function load(): Promise<Vocabulary> {
  const response = await fetch(address("/sparql/terms.json", { lang: language }));
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  return (await response.json()) as Vocabulary;
}
