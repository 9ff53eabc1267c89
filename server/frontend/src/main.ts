/** What every page gets: suggestions for its search fields, and its larger parts when they are there. */

import { suggest } from "./suggest.ts";

for (const input of document.querySelectorAll<HTMLInputElement>("form[role=search] input[type=search]")) suggest(input);

const workbench = document.querySelector<HTMLElement>("[data-app=workbench]");
if (workbench) import("./workbench/workbench.ts").then(({ start }) => start(workbench));

const pictures = document.querySelector<HTMLElement>("[data-app=pictures]");
if (pictures) import("./pictures.ts").then(({ offer }) => offer(pictures));

// The switch of the language keeps the place in the page.
for (const link of document.querySelectorAll<HTMLAnchorElement>("a.language"))
  link.addEventListener("click", () => {
    link.hash = location.hash;
  });
