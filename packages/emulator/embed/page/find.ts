/** Finds an element that the page must have. */
export function find<Kind extends HTMLElement>(
  type: new () => Kind,
  selector: string,
  within: ParentNode = document,
): Kind {
  const found = within.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`The page has no ${selector}.`);
  return found;
}
