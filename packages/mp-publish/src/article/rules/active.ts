import type { HtmlFacts, HtmlTag } from "../../html/html-facts.ts";
import type { AddFinding } from "../finding.ts";
import { counted, shortened } from "./listed.ts";
import { isDocument, isScript } from "./script-address.ts";

/** What in a style runs or loads a program, in browsers of old. */
const STYLE =
  /expression\s*\(|-moz-binding\s*:|behaviou?r\s*:\s*url|@import|(?:java|vb)script\s*:/i;
/** Elements of SVG that draw what is in another file. */
const DRAWN = new Set(["use", "image", "feimage", "mpath", "textpath", "tref", "script"]);
/** Elements of SVG that change an attribute later, such as an address. */
const ANIMATED = new Set(["animate", "set", "animatetransform", "animatemotion"]);
const ADDRESS = /^(?:(?:xlink:)?href|on.*)$/i;
/** Elements for which a document in an address is a page of its own, not a picture. */
const OPENED = new Set([
  "a",
  "area",
  "iframe",
  "frame",
  "embed",
  "object",
  "form",
  "button",
  "input",
]);
const OPENS = ["href", "xlink:href", "src", "data-src", "data", "action", "formaction"];

/**
 * Finds what is no script, but runs or loads one, or sends a reader elsewhere. No document and no report says what becomes
 * of it (assumed: nothing good).
 */
export function checkActive({ tags }: HtmlFacts, add: AddFinding): void {
  const found = tags.filter((tag) => reasonOf(tag) !== undefined);
  const [first] = found;
  if (first === undefined) return;
  const kinds = [...new Set(found.map((tag) => `<${tag.name}> with ${reasonOf(tag)}`))];
  const more = kinds.length > 3 ? ` and ${kinds.length - 3} more` : "";
  add(
    "warning",
    "active-content",
    "content",
    `The content has what runs or loads a program, or leads away: ${kinds.slice(0, 3).join(", ")}${more} (${counted(found)}). What WeChat makes of it is not known.`,
    "Remove it.",
  );
}

/** What is active in an element. */
function reasonOf({ name, attributes }: HtmlTag): string | undefined {
  const of = (attribute: string): string => attributes.get(attribute) ?? "";
  if (
    name === "meta" &&
    /^\s*(?:refresh|set-cookie|content-security-policy)/i.test(of("http-equiv"))
  )
    return `http-equiv="${shortened(of("http-equiv").trim())}"`;
  const leading = ["srcdoc", "formaction", "ping", ...(name === "base" ? ["href", "target"] : [])];
  const leads = leading.find((attribute) => attributes.has(attribute));
  if (leads !== undefined) return leads;
  if (DRAWN.has(name)) {
    const address = of("href") || of("xlink:href");
    if (!/^\s*(?:#|$)/.test(address) && (name !== "image" || isDocument(address)))
      return `${attributes.has("href") ? "href" : "xlink:href"}="${shortened(address)}"`;
  }
  if (ANIMATED.has(name) && isAnimatedAddress(attributes)) {
    return `attributeName="${shortened(of("attributename"))}"`;
  }
  if (OPENED.has(name)) {
    const opens = OPENS.find((attribute) => isDocument(of(attribute)));
    if (opens !== undefined) return `${opens}="data:…"`;
  }
  // A comment that is not closed ends with the style.
  const style = of("style").replace(/\/\*.*?(?:\*\/|$)/gs, "");
  return STYLE.test(style.replaceAll("\\", "")) ? "style" : undefined;
}

function isAnimatedAddress(attributes: HtmlTag["attributes"]): boolean {
  const values = ["to", "from", "by", "values"].flatMap((name) =>
    (attributes.get(name) ?? "").split(";"),
  );
  return ADDRESS.test((attributes.get("attributename") ?? "").trim()) || values.some(isScript);
}
