/** Tabs with their panels, for keyboard and screen reader (ARIA Authoring Practices, tabs with automatic activation). */

import { el } from "./dom.ts";

export interface Tab {
  name: string;
  text: string;
  fill: (panel: HTMLElement) => void | Promise<void>;
}

let sets = 0;

/** Return a row of tabs and their panels; a panel is filled when it is first opened. */
export function tabs(label: string, entries: Tab[], first: string, opened: (name: string) => void): HTMLElement {
  const id = `tabs-${sets++}`;
  const buttons = entries.map((entry) =>
    el(
      "button",
      { type: "button", role: "tab", id: `${id}-${entry.name}`, "aria-controls": `${id}-${entry.name}-p` },
      entry.text,
    ),
  );
  const panels = entries.map((entry) =>
    el("div", {
      role: "tabpanel",
      id: `${id}-${entry.name}-p`,
      "aria-labelledby": `${id}-${entry.name}`,
      class: "panel",
    }),
  );
  const filled = new Set<number>();
  const open = (place: number, tell: boolean) => {
    for (const [index, button] of buttons.entries()) {
      button.setAttribute("aria-selected", String(index === place));
      button.tabIndex = index === place ? 0 : -1;
      const panel = panels[index];
      if (panel) panel.hidden = index !== place;
    }
    const [entry, panel] = [entries[place], panels[place]];
    if (!entry || !panel) return;
    if (tell) opened(entry.name);
    if (filled.has(place)) return;
    filled.add(place);
    entry.fill(panel);
  };
  for (const [place, button] of buttons.entries()) {
    button.addEventListener("click", () => open(place, true));
    button.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1, Home: -place, End: entries.length - 1 - place }[event.key];
      if (step === undefined) return;
      const next = (place + step + entries.length) % entries.length;
      open(next, true);
      buttons[next]?.focus();
      event.preventDefault();
    });
  }
  const start = Math.max(
    0,
    entries.findIndex((entry) => entry.name === first),
  );
  open(start, false);
  return el("div", { class: "tabs" }, el("div", { role: "tablist", "aria-label": label }, ...buttons), ...panels);
}
