/** Answers of the endpoint as one shape: SPARQL 1.1 Query Results JSON, or N-Triples as a table of three columns. */

export interface Term {
  kind: "iri" | "bnode" | "literal";
  value: string;
  datatype?: string;
  lang?: string;
}

export type Row = Record<string, Term | undefined>;

export interface Answer {
  columns: string[];
  rows: Row[];
  boolean?: boolean;
  /** Whether the rows are triples of a graph. */
  triples?: boolean;
}

interface Binding {
  type: string;
  value: string;
  datatype?: string;
  "xml:lang"?: string;
}

interface Results {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, Binding>[] };
}

/** Read an answer in SPARQL 1.1 Query Results JSON. */
export function fromJson(found: Results): Answer {
  if (found.boolean !== undefined) return { columns: [], rows: [], boolean: found.boolean };
  const rows = (found.results?.bindings ?? []).map((binding) =>
    Object.fromEntries(Object.entries(binding).map(([name, value]) => [name, term(value)])),
  );
  return { columns: found.head.vars ?? [], rows };
}

function term(found: Binding): Term {
  const kind = found.type === "uri" ? "iri" : found.type === "bnode" ? "bnode" : "literal";
  return {
    kind,
    value: found.value,
    ...(found.datatype ? { datatype: found.datatype } : {}),
    ...(found["xml:lang"] ? { lang: found["xml:lang"] } : {}),
  };
}

const NODE = /<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?/y;
const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g;
const MEANT: Record<string, string> = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };

/** Read N-Triples (RDF 1.1 N-Triples), as the server writes them. */
export function fromTriples(text: string): Answer {
  const columns = ["subject", "predicate", "object"];
  const rows: Row[] = [];
  for (const line of text.split("\n")) {
    const terms = nodes(line);
    if (terms.length === 3) rows.push(Object.fromEntries(columns.map((name, place) => [name, terms[place]])));
  }
  return { columns, rows, triples: true };
}

function nodes(line: string): Term[] {
  const found: Term[] = [];
  let place = 0;
  while (found.length < 3) {
    while (line[place] === " " || line[place] === "\t") place++;
    NODE.lastIndex = place;
    const match = NODE.exec(line);
    if (!match) break;
    place = NODE.lastIndex;
    const [, iri, blank, literal, lang, datatype] = match;
    if (iri !== undefined) found.push({ kind: "iri", value: unescaped(iri) });
    else if (blank !== undefined) found.push({ kind: "bnode", value: blank });
    else {
      const value = unescaped(literal ?? "");
      found.push({ kind: "literal", value, ...(lang ? { lang } : {}), ...(datatype ? { datatype } : {}) });
    }
  }
  return found;
}

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_, short?: string, long?: string, letter?: string) => {
    const code = short ?? long;
    if (code) return String.fromCodePoint(Number.parseInt(code, 16));
    return MEANT[letter ?? ""] ?? letter ?? "";
  });
}
