/** The query as a few lines of a program, ready to be pasted. */

export const LANGUAGES = ["curl", "Python", "R", "JavaScript"] as const;
export type ProgramLanguage = (typeof LANGUAGES)[number];

type Write = (endpoint: string, query: string, triples: boolean) => string;

const TABLE = "text/csv";
const GRAPH = "text/turtle";

const WRITE: Record<ProgramLanguage, Write> = {
  curl: (endpoint, query, triples) =>
    [
      `curl '${endpoint}' \\`,
      `  --header 'Accept: ${triples ? GRAPH : TABLE}' \\`,
      `  --data-urlencode query='${query.replaceAll("'", "'\\''")}'`,
    ].join("\n"),
  Python: (endpoint, query, triples) =>
    triples
      ? [
          "import requests",
          "from rdflib import Graph",
          "",
          `query = ${python(query)}`,
          `answer = requests.post(${JSON.stringify(endpoint)}, data={"query": query},`,
          `                       headers={"Accept": "${GRAPH}"}, timeout=60)`,
          "answer.raise_for_status()",
          'graph = Graph().parse(data=answer.text, format="turtle")',
          "print(len(graph))",
        ].join("\n")
      : [
          "import io",
          "",
          "import pandas",
          "import requests",
          "",
          `query = ${python(query)}`,
          `answer = requests.post(${JSON.stringify(endpoint)}, data={"query": query},`,
          `                       headers={"Accept": "${TABLE}"}, timeout=60)`,
          "answer.raise_for_status()",
          "# Keys begin with zeros: keep them as text.",
          "table = pandas.read_csv(io.StringIO(answer.text), dtype=str)",
          "print(table)",
        ].join("\n"),
  R: (endpoint, query, triples) =>
    [
      "library(httr2)",
      ...(triples ? [] : ["library(readr)"]),
      "",
      `query <- ${rawString(query)}`,
      `answer <- request(${JSON.stringify(endpoint)}) |>`,
      "  req_body_form(query = query) |>",
      `  req_headers(Accept = "${triples ? GRAPH : TABLE}") |>`,
      "  req_perform() |>",
      "  resp_body_string()",
      triples ? "cat(answer)" : "table <- read_csv(I(answer), col_types = cols(.default = col_character()))",
    ].join("\n"),
  JavaScript: (endpoint, query, triples) =>
    [
      `const query = ${template(query)};`,
      `const response = await fetch(${JSON.stringify(endpoint)}, {`,
      '  method: "POST",',
      `  headers: { Accept: "${triples ? GRAPH : "application/sparql-results+json"}" },`,
      "  body: new URLSearchParams({ query }),",
      "});",
      "if (!response.ok) throw new Error(await response.text());",
      triples
        ? "console.log(await response.text());"
        : "const { results } = await response.json();\nconsole.log(results.bindings);",
    ].join("\n"),
};

/** Return the program that asks an endpoint a query; `triples` says that the answer is a graph. */
export function code(language: ProgramLanguage, endpoint: string, query: string, triples: boolean): string {
  return WRITE[language](endpoint, query, triples);
}

function python(text: string): string {
  return `"""${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"""`;
}

function template(text: string): string {
  return `\`${text.replace(/[\\`]|\$\{/g, "\\$&")}\``;
}

/** Quote as a raw string of R 4, with as many dashes as its end needs. */
function rawString(text: string): string {
  let dashes = "";
  while (text.includes(`]${dashes}"`)) dashes += "-";
  return `r"${dashes}[${text}]${dashes}"`;
}
