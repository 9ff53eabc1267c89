/** Names to choose from while one types: an editable combobox with a list (ARIA Authoring Practices, combobox). */

import { el } from "./dom.ts";
import { address } from "./site.ts";
import { word } from "./words.ts";

interface Suggestion {
  name: string;
  description: string;
  url: string;
}

/** Milliseconds of rest before the server is asked. */
const REST = 120;
const MOST = 8;
let boxes = 0;

/** Let a search field suggest what the server finds; a chosen suggestion opens its page. */
export function suggest(input: HTMLInputElement): void {
  const id = `suggestions-${boxes++}`;
  const list = el("ul", { id, role: "listbox", "aria-label": word("suggestions"), hidden: true, class: "suggestions" });
  const status = el("p", { role: "status", class: "hidden" });
  const holder = el("div", { class: "combobox" });
  input.replaceWith(holder);
  holder.append(input, list, status);
  for (const [name, value] of Object.entries({
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": id,
  }))
    input.setAttribute(name, value);

  let found: Suggestion[] = [];
  let active = -1;
  let timer = 0;
  let asked = new AbortController();

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (place: number) => {
    active = found.length ? (place + found.length) % found.length : -1;
    for (const [index, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(index === active));
      if (index === active) option.scrollIntoView({ block: "nearest" });
    }
    if (active >= 0) input.setAttribute("aria-activedescendant", `${id}-${active}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const show = () => {
    list.replaceChildren(...found.map((entry, place) => option(`${id}-${place}`, entry)));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = word("suggested", { count: found.length });
    mark(-1);
    active = -1;
    input.removeAttribute("aria-activedescendant");
    for (const made of list.children) made.setAttribute("aria-selected", "false");
  };
  const ask = async () => {
    asked.abort();
    asked = new AbortController();
    const text = input.value.trim();
    if (text.length < 2) {
      found = [];
      close();
      return;
    }
    found = await suggestions(text, asked.signal);
    if (document.activeElement === input && !asked.signal.aborted) show();
  };
  const open = (entry: Suggestion | undefined) => {
    if (entry) location.assign(entry.url);
  };

  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, REST);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      close();
      event.preventDefault();
    } else if (event.key === "Enter" && active >= 0) {
      open(found[active]);
      event.preventDefault();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length > 0) {
      if (list.hidden) show();
      mark(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
      event.preventDefault();
    }
  });
  // The field keeps the focus; otherwise the list would close before the click arrives.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const chosen = (event.target as Element).closest("[role=option]");
    open(found[[...list.children].indexOf(chosen as Element)]);
  });
}

function option(id: string, entry: Suggestion): HTMLElement {
  const description = entry.description ? el("span", { class: "detail" }, entry.description) : null;
  return el("li", { id, role: "option", "aria-selected": "false" }, el("span", {}, entry.name), " ", description);
}

/** Ask the server (OpenSearch Suggestions 1.0); what fails gives no suggestions, the form itself still works. */
async function suggestions(text: string, signal: AbortSignal): Promise<Suggestion[]> {
  try {
    const response = await fetch(address("/search/suggest", { q: text }), { signal });
    if (!response.ok) return [];
    const [, names, descriptions, urls] = (await response.json()) as [string, string[], string[], string[]];
    return names
      .map((name, place) => ({ name, description: descriptions[place] ?? "", url: local(urls[place] ?? "") }))
      .filter((entry) => entry.url !== "")
      .slice(0, MOST);
  } catch {
    return [];
  }
}

/** Return an address of this server as a path, so that a reader behind another name stays there; others not at all. */
function local(url: string): string {
  const parsed = new URL(url, location.href);
  if (!/^https?:$/.test(parsed.protocol)) return "";
  return parsed.pathname + parsed.search + parsed.hash;
}
