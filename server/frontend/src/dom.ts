/** Build elements; nothing is ever parsed as HTML, and no style attribute is written (the policy forbids it). */

type Value = string | number | boolean | null | undefined;
type Child = Node | string | null | undefined;
export type Attributes = Record<string, Value>;

const SVG = "http://www.w3.org/2000/svg";

function filled<Made extends Element>(made: Made, attributes: Attributes, children: Child[]): Made {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children.filter((child): child is Node | string => child !== null && child !== undefined));
  return made;
}

/** Return an HTML element with attributes (false and null leave one out) and children. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  return filled(document.createElement(name), attributes, children);
}

/** Return an SVG element with attributes and children. */
export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[Name] {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

/** Return a select with its label. */
export function choice(
  label: string,
  options: [value: string, text: string][],
  chosen: string,
  changed: (value: string) => void,
): HTMLElement {
  const select = el("select", {}, ...options.map(([value, text]) => el("option", { value }, text)));
  select.value = chosen;
  select.addEventListener("change", () => changed(select.value));
  return el("label", { class: "choice" }, el("span", {}, label), select);
}
