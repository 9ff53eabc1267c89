/** The answer of a question's page as a picture: its views are offered by a button, and loaded when it is pressed. */

import { fromJson } from "./answer.ts";
import { el } from "./dom.ts";
import { word } from "./words.ts";

/** Offer pictures of the answer at `data-address` (SPARQL results as JSON), above the table that stands there. */
export function offer(place: HTMLElement): void {
  const button = el("button", { type: "button", class: "secondary" }, word("picture"));
  place.append(button);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const [{ views }, { vocabulary }, response] = await Promise.all([
        import("./views/views.ts"),
        import("./vocabulary.ts"),
        fetch(place.dataset.address ?? "", { headers: { Accept: "application/sparql-results+json" } }),
      ]);
      const { prefixes } = await vocabulary();
      const answer = fromJson(await response.json());
      button.replaceWith(
        views(answer, prefixes, place.dataset.title ?? "", {
          table: false,
          headings: JSON.parse(place.dataset.headings ?? "{}"),
        }),
      );
    } catch (error) {
      button.disabled = false;
      place.append(el("p", { class: "problem", role: "alert" }, word("network", { reason: String(error) })));
    }
  });
}
