/**
 * The editor: CodeMirror with SPARQL, our names and prefixes.
 *
 * It lives in a shadow root: there its styles are a constructed sheet, which the content-security policy allows; in the
 * document they would be a style element, which it forbids.
 */

import { autocompletion, type Completion, type CompletionContext, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { declarations } from "../names.ts";
import type { Named, Vocabulary } from "../vocabulary.ts";
import { word } from "../words.ts";
import { ranked } from "./ranking.ts";

const KEYWORDS =
  "SELECT CONSTRUCT ASK DESCRIBE WHERE DISTINCT OPTIONAL UNION MINUS FILTER BIND VALUES GRAPH PREFIX EXISTS COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT LANG LANGMATCHES STR STRSTARTS STRENDS CONTAINS LCASE UCASE REGEX BOUND COALESCE IF DATATYPE YEAR MONTH DAY ASC DESC LIMIT OFFSET HAVING UNDEF".split(
    " ",
  );
const PHRASES = ["GROUP BY", "ORDER BY", "FILTER NOT EXISTS"];

export interface Editor {
  readonly text: string;
  set: (text: string) => void;
  /** Add the declarations of prefixes that are used and not declared. */
  complete: () => void;
  fault: (message: string, line: number, column: number) => void;
  clear: () => void;
  focus: () => void;
}

/** Put an editor into a host; `run` is called at Ctrl-Enter, `changed` whenever the text changes. */
export function editor(
  host: HTMLElement,
  text: string,
  known: Vocabulary,
  run: () => void,
  changed: (text: string) => void,
): Editor {
  const root = host.attachShadow({ mode: "open" });
  const parent = document.createElement("div");
  root.append(parent);
  const view = new EditorView({
    parent,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: handled(run) }])),
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        highlightActiveLine(),
        EditorView.lineWrapping,
        StreamLanguage.define(sparql),
        syntaxHighlighting(COLOURS),
        autocompletion({ override: [(context) => complete(context, known)], icons: false }),
        declaring(known),
        EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
        EditorView.contentAttributes.of({ "aria-label": word("editor"), "aria-description": word("editorHint") }),
        EditorView.domEventHandlers({ beforeinput: replace }),
        LOOKS,
      ],
    }),
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    set: (next) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } }),
    complete: () => {
      const found = declarations(view.state.doc.toString(), known.prefixes);
      if (found) view.dispatch({ changes: { from: found.at, insert: found.text } });
    },
    fault: (message, line, column) => mark(view, message, line, column),
    clear: () => view.dispatch(setDiagnostics(view.state, [])),
    focus: () => view.focus(),
  };
}

/**
 * Write over a selection ourselves: a browser that does so keeps the look of what it replaces in a style attribute,
 * which the policy forbids and the console reports.
 */
function replace(event: InputEvent, view: EditorView): boolean {
  if (event.inputType !== "insertText" || event.data === null || view.state.selection.main.empty) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  return true;
}

function handled(act: () => void): () => boolean {
  return () => {
    act();
    return true;
  };
}

function mark(view: EditorView, message: string, line: number, column: number): void {
  const where = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
  const from = Math.min(where.from + Math.max(0, column - 1), where.to);
  const end = view.state.wordAt(from)?.to ?? from + 1;
  const to = Math.min(Math.max(end, from + 1), view.state.doc.length);
  const start = from === to ? Math.max(0, from - 1) : from;
  view.dispatch(setDiagnostics(view.state, [{ from: start, to, severity: "error", message }]), {
    selection: { anchor: from },
    effects: EditorView.scrollIntoView(from, { y: "center" }),
  });
}

/** Add a prefix's declaration in the same step in which its first name is written, so that undo takes both back. */
function declaring(known: Vocabulary) {
  return EditorState.transactionFilter.of((transaction) => {
    if (!transaction.docChanged || !transaction.isUserEvent("input")) return transaction;
    let colon = false;
    transaction.changes.iterChanges((_a, _b, _c, _d, inserted) => {
      colon ||= inserted.toString().includes(":");
    });
    const found = colon ? declarations(transaction.newDoc.toString(), known.prefixes) : null;
    return found ? [transaction, { changes: { from: found.at, insert: found.text }, sequential: true }] : transaction;
  });
}

function complete(context: CompletionContext, known: Vocabulary) {
  const typed = context.matchBefore(/[?$]?[A-Za-z_][\w-]*(?::[\w.-]*)?|[?$]/);
  if (!typed && !context.explicit) return null;
  const text = typed?.text ?? "";
  const options = /^[?$]/.test(text) ? variables(context, text) : [...names(known.terms, text), ...keywords(text)];
  return options.length > 0 ? { from: typed?.from ?? context.pos, options, filter: false } : null;
}

function names(terms: Named[], typed: string): Completion[] {
  return ranked(terms, typed).map(({ name, label, kind }) => ({ label: name, detail: label, type: kind }));
}

function keywords(typed: string): Completion[] {
  const wanted = typed.toUpperCase();
  const fit = [...KEYWORDS, ...PHRASES].filter((name) => wanted.length > 0 && name.startsWith(wanted));
  return fit.map((label) => ({ label, type: "keyword" }));
}

function variables(context: CompletionContext, typed: string): Completion[] {
  const all = new Set(context.state.doc.toString().match(/[?$]\w+/g));
  all.delete(typed);
  return [...all]
    .filter((name) => name.startsWith(typed))
    .sort()
    .map((label) => ({ label, type: "variable" }));
}

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.string, tags.number, tags.bool], color: "var(--good)" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--warn)" },
  { tag: [tags.atom, tags.standard(tags.variableName)], color: "var(--accent)" },
]);

const LOOKS = EditorView.theme({
  "&": {
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    border: "1px solid var(--soft)",
    borderRadius: ".35rem",
    fontSize: ".875rem",
    minHeight: "16rem",
    maxHeight: "min(34rem, 70vh)",
  },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", overflow: "auto", borderRadius: ".35rem" },
  ".cm-content": { padding: ".6rem 0", caretColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--soft)", border: "0" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent) 6%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--accent) 28%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--accent)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", color: "var(--warn)" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
    borderRadius: ".35rem",
    boxShadow: "0 4px 16px rgb(0 0 0 / .15)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "16rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".2rem .6rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent)",
    color: "var(--paper)",
  },
  ".cm-completionDetail": { fontFamily: "var(--sans)", fontStyle: "normal", opacity: ".85" },
  // The stock marks are images in data: addresses, which the policy forbids.
  ".cm-lintRange-error": {
    backgroundImage: "none",
    backgroundColor: "color-mix(in srgb, var(--warn) 20%, transparent)",
    textDecoration: "underline wavy var(--warn)",
  },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--warn)" },
  ".cm-diagnostic": { padding: ".5rem .75rem", maxWidth: "36rem" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--warn)" },
});
