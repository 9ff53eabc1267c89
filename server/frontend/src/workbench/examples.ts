/** The questions of the graph as examples; their parameters are fields, and the server fills them in. */

import { el } from "../dom.ts";
import { address } from "../site.ts";
import type { Question } from "../vocabulary.ts";
import { word } from "../words.ts";

/** Return a choice of questions; `use` is given the query of the one that is chosen, `fail` what went wrong. */
export function examples(
  questions: Question[],
  use: (query: string) => void,
  fail: (message: string) => void,
): HTMLElement {
  const fields = el("div", { class: "fields" });
  const select = el(
    "select",
    { id: "example" },
    el("option", { value: "" }, word("askNone")),
    ...questions.map(({ name, title }) => el("option", { value: name }, title)),
  );
  let chosen: Question | undefined;
  let latest = 0;
  const load = async () => {
    if (!chosen) return;
    const mine = ++latest;
    const inputs = [...fields.querySelectorAll("input")];
    const given = Object.fromEntries(inputs.filter((input) => input.value).map((input) => [input.name, input.value]));
    try {
      const response = await fetch(address(`/questions/${chosen.name}.rq`, given), {
        headers: { Accept: "application/json;q=0.9, application/sparql-query" },
      });
      const text = response.ok ? await response.text() : "";
      if (mine !== latest) return;
      if (response.ok) use(bare(text, chosen.title));
      else fail(await said(response));
    } catch (error) {
      fail(word("network", { reason: String(error) }));
    }
  };
  select.addEventListener("change", () => {
    chosen = questions.find(({ name }) => name === select.value);
    fields.replaceChildren(...(chosen?.parameters ?? []).map(field));
    load();
  });
  fields.addEventListener("change", load);
  return el("div", { class: "examples" }, el("label", { for: "example" }, word("ask")), select, fields);
}

/** Return a question's query without its header, which says more than a reader of the query needs. */
function bare(text: string, title: string): string {
  return `# ${title}\n${text.replace(/^(?:#[^\n]*\n)+\n*/, "")}`.trimEnd();
}

function field({ name, label, value, type }: Question["parameters"][number]): HTMLElement {
  const input = el("input", { id: `parameter-${name}`, name, autocomplete: "off", spellcheck: "false" });
  input.value = value;
  if (type === "xsd:date") input.type = "date";
  return el("div", { class: "field" }, el("label", { for: `parameter-${name}` }, label), input);
}

/** Return what the server says went wrong, in the language of the page. */
export async function said(response: Response): Promise<string> {
  return (await fault(response)).message;
}

export interface Fault {
  message: string;
  line?: number;
  column?: number;
}

/** Read the error of an answer. */
export async function fault(response: Response): Promise<Fault> {
  const text = await response.text();
  try {
    const { error } = JSON.parse(text) as {
      error: { message: Record<string, string>; line?: number; column?: number };
    };
    const message = error.message[document.documentElement.lang] ?? error.message.en ?? "";
    return { message, ...(error.line ? { line: error.line, column: error.column ?? 1 } : {}) };
  } catch {
    return { message: `${response.status} ${response.statusText}` };
  }
}
