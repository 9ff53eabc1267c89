/** The query workbench: takes the place of the plain form on /sparql. */

import type { Answer } from "../answer.ts";
import { el } from "../dom.ts";
import type { Prefixes } from "../names.ts";
import { counted } from "../table.ts";
import { views } from "../views/views.ts";
import { vocabulary } from "../vocabulary.ts";
import { number, word } from "../words.ts";
import { ask, download, fits, linked, permalink } from "./asking.ts";
import { code, LANGUAGES, type ProgramLanguage } from "./code.ts";
import { type Editor, editor } from "./editor.ts";
import { examples, type Fault } from "./examples.ts";
import "./workbench.css";

const TABLES = { CSV: "csv", TSV: "tsv", JSON: "json", XML: "xml" };
const GRAPHS = { Turtle: "ttl", "N-Triples": "nt", "JSON-LD": "jsonld", "RDF/XML": "rdf" };

/** Start the workbench in its place on the page; the plain form stays where that fails. */
export async function start(place: HTMLElement): Promise<void> {
  const form = place.querySelector<HTMLFormElement>("form.query");
  const plain = place.querySelector<HTMLTextAreaElement>("textarea");
  if (!form || !plain) return;
  const known = await vocabulary();
  const answer = el("div", { class: "answer" });
  const status = el("p", { role: "status", class: "count" });
  const problem = el("div", { role: "alert" });
  const button = el("button", { type: "submit" }, word("run"));
  const host = el("div", { class: "editor" });
  const { query, view } = linked();
  let running: AbortController | null = null;
  let opened = view;

  const complain = (fault: Fault) => {
    problem.replaceChildren(el("p", { class: "problem" }, fault.message));
    if (fault.line) written.fault(fault.message, fault.line, fault.column ?? 1);
  };
  const run = async () => {
    running?.abort();
    written.complete();
    written.clear();
    problem.replaceChildren();
    status.textContent = word("running");
    button.textContent = word("cancel");
    const mine = new AbortController();
    running = mine;
    const started = performance.now();
    try {
      const asked = written.text;
      const found = await ask(asked, mine.signal);
      if ("message" in found) {
        status.textContent = "";
        answer.replaceChildren();
        complain(found);
        return;
      }
      history.replaceState(null, "", permalink(asked, opened));
      status.textContent = said(found, performance.now() - started);
      answer.replaceChildren(
        ...shown(found, asked, known.prefixes, opened, (name) => {
          opened = name;
          history.replaceState(null, "", permalink(asked, name));
        }),
      );
    } catch (error) {
      if (running !== mine) return;
      status.textContent = mine.signal.aborted ? word("cancelled") : "";
      if (!mine.signal.aborted) complain({ message: word("network", { reason: String(error) }) });
    } finally {
      if (running === mine) {
        running = null;
        button.textContent = word("run");
      }
    }
  };
  const use = (text: string) => {
    written.set(text);
    opened = "table";
    run();
  };

  const asForm = el("form", { class: "query", method: "get", action: form.action });
  asForm.addEventListener("submit", (event) => {
    event.preventDefault();
    if (running) running.abort();
    else run();
  });
  asForm.append(
    host,
    el("div", { class: "row" }, button, el("span", { class: "hint" }, word("editorHint"))),
    status,
    problem,
  );
  place.replaceChildren(
    examples(known.questions, use, (message) => complain({ message })),
    asForm,
    answer,
  );
  const written: Editor = editor(host, query || plain.value.trim(), known, run, () => undefined);
  if (query) run();
}

function said(found: Answer, milliseconds: number): string {
  if (found.boolean !== undefined) return "";
  const count = found.triples ? `${number(found.rows.length)} ${word("triple")}` : counted(found.rows.length);
  return word("time", { count, seconds: Math.round(milliseconds) / 1000 });
}

function shown(
  found: Answer,
  query: string,
  prefixes: Prefixes,
  first: string,
  opened: (name: string) => void,
): HTMLElement[] {
  if (found.boolean !== undefined) return [el("p", { class: "yesno" }, word(found.boolean ? "yes" : "no"))];
  if (found.rows.length === 0) return [el("p", { class: "empty" }, word("none"))];
  return [
    views(found, prefixes, word("editor"), { table: true, first, opened }),
    downloads(query, found.triples === true),
    programs(query, found.triples === true),
  ];
}

function downloads(query: string, triples: boolean): HTMLElement {
  const formats = Object.entries(triples ? GRAPHS : TABLES);
  const link = el("a", { href: permalink(query, "") }, word("link"));
  if (fits(query)) {
    const links = formats.flatMap(([text, format]) => [" ", el("a", { href: download(query, format) }, text)]);
    return el("p", { class: "downloads" }, word("download"), ...links, " · ", link);
  }
  const buttons = formats.map(([text, format]) =>
    el("button", { name: "format", value: format, class: "quiet" }, text),
  );
  const hidden = el("input", { type: "hidden", name: "query", value: query });
  const form = el("form", { method: "post", class: "downloads", action: download("", "").split("?")[0] ?? "" });
  form.append(hidden, word("download"), ...buttons, link);
  return form;
}

function programs(query: string, triples: boolean): HTMLElement {
  const endpoint = new URL(download("", "").split("?")[0] ?? "", location.href).href;
  const text = el("code");
  const copied = el("span", { role: "status", class: "hint" });
  let language: ProgramLanguage = "curl";
  const write = () => {
    text.textContent = code(language, endpoint, query, triples);
    copied.textContent = "";
  };
  const buttons = LANGUAGES.map((name) => {
    const button = el("button", { type: "button", class: "quiet", "aria-pressed": String(name === language) }, name);
    button.addEventListener("click", () => {
      language = name;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      write();
    });
    return button;
  });
  const copy = el("button", { type: "button", class: "secondary" }, word("copy"));
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent ?? "");
    copied.textContent = word("copied");
  });
  write();
  return el(
    "details",
    { class: "programs" },
    el("summary", {}, word("code")),
    el("div", { class: "row" }, ...buttons),
    el("pre", { tabindex: 0 }, text),
    el("div", { class: "row" }, copy, copied),
  );
}
