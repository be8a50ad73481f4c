// Updates the page once a second; unchanged rows stay, so that open ones stay open.

const sources = new WeakMap<Element, string>();

/** The HTML of a row as the server sent it, before it was opened. */
function sourceOf(row: Element): string {
  const known = sources.get(row) ?? row.outerHTML;
  sources.set(row, known);
  return known;
}

export function rememberRows(): void {
  for (const row of document.querySelectorAll("[data-key]")) sourceOf(row);
}

const foldings = (row: Element): HTMLDetailsElement[] => [...row.querySelectorAll("details")];
const stops = (row: Element): HTMLElement[] => [
  ...row.querySelectorAll<HTMLElement>("summary, button, a, pre"),
];

function replaceRow(old: Element, fresh: Element): Element {
  sourceOf(fresh);
  for (const [at, folding] of foldings(fresh).entries()) {
    const before = foldings(old)[at];
    if (!before?.open) continue;
    folding.open = true;
    // Until the new details are fetched.
    const shown = [...before.querySelectorAll(":scope > .open > *")];
    folding.querySelector(":scope > .open")?.replaceChildren(...shown);
  }
  const focused = stops(old).findIndex((stop) => stop.matches(":focus"));
  old.replaceWith(fresh);
  if (focused >= 0) (stops(fresh)[focused] ?? stops(fresh)[0])?.focus();
  return fresh;
}

const keyOf = (row: Element): string => row.getAttribute("data-key") ?? "";

function renewRows(list: Element, fresh: Element): void {
  const old = new Map([...list.children].map((row) => [keyOf(row), row]));
  let at = list.firstElementChild;
  for (const next of [...fresh.children]) {
    const before = old.get(keyOf(next));
    old.delete(keyOf(next));
    if (before === undefined) {
      sourceOf(next);
      list.insertBefore(next, at);
      continue;
    }
    const here = before === at;
    const row = sourceOf(before) === next.outerHTML ? before : replaceRow(before, next);
    if (here) at = row.nextElementSibling;
    else list.insertBefore(row, at);
  }
  for (const gone of old.values()) gone.remove();
}

/** Replaces what differs in a fetched page. */
export function renewPage(fresh: Document): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-part]")) {
    const next = fresh.querySelector(`[data-part="${part.dataset["part"]}"]`);
    if (next && part.innerHTML !== next.innerHTML) part.replaceChildren(...next.childNodes);
  }
  for (const list of document.querySelectorAll<HTMLElement>("[data-rows]")) {
    const next = fresh.querySelector(`[data-rows="${list.dataset["rows"]}"]`);
    if (next) renewRows(list, next);
  }
}
