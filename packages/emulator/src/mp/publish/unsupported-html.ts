import { html } from "../../html/html.ts";
import { type ContentWork, cut } from "./content-work.ts";
import type { HtmlTag } from "./html-reader.ts";

/** Reported: removed. That what is in them goes too is assumed. */
const WHOLE = new Set(
  "style video audio object applet select textarea canvas noscript template datalist frameset portal".split(
    " ",
  ),
);
/** Reported: removed; they have no content. */
const VOID = new Set("link meta base input embed frame track".split(" "));
/** Reported: forms are removed. That what is in them stays is assumed. */
const SHELL = new Set(
  "form button label fieldset legend option optgroup output progress meter slot".split(" "),
);

const PLACED = /(?:^|;)\s*position\s*:\s*(absolute|fixed|(?:-webkit-)?sticky)\b[^;]*/gi;

export const isStrippedWhole = ({ exchange }: ContentWork, { name }: HtmlTag): boolean =>
  name === "script" || (exchange.mp.options.unsupportedHtml !== "keep" && WHOLE.has(name));

/** Removes a tag that WeChat does not keep; returns whether it did. */
export function stripTag({ exchange, edits, warnings }: ContentWork, tag: HtmlTag): boolean {
  if (exchange.mp.options.unsupportedHtml === "keep") return false;
  if (!VOID.has(tag.name) && !SHELL.has(tag.name)) return false;
  edits.push(cut(tag));
  if (!tag.closes) warnings.push(`removed <${tag.name}>`);
  return true;
}

const ADDRESSES = new Set("href src data action formaction xlink:href".split(" "));

/** Documented: JavaScript is removed. What counts as JavaScript is assumed. */
const isScript = ({ name, value }: { name: string; value: string }): boolean =>
  /^on[a-z]/.test(name) ||
  (ADDRESSES.has(name) && /^[\0- ]*(?:javascript|vbscript):/i.test(value.replace(/[\t\n\r]/g, "")));

/** Removes scripts in attributes; and, as reported, `id` and what `position` takes out of the text. */
export function stripAttributes({ exchange, edits, warnings }: ContentWork, tag: HtmlTag): void {
  const strips = exchange.mp.options.unsupportedHtml !== "keep";
  for (const attribute of tag.attributes) {
    const { name, value, start, end } = attribute;
    if (isScript(attribute)) {
      edits.push(cut(attribute));
      warnings.push(`removed a script: ${name}`);
    } else if (strips && name === "id") {
      edits.push(cut(attribute));
      warnings.push("removed id");
    } else if (strips && name === "style" && value.search(PLACED) !== -1) {
      const kinds = [...value.matchAll(PLACED)].map(([, kind = ""]) => kind.toLowerCase());
      const left = value.replace(PLACED, "").replace(/^\s*;\s*/, "");
      edits.push({ start, end, text: left.trim() === "" ? "" : String(html` style="${left}"`) });
      warnings.push(`removed position: ${kinds[0]}`);
    }
  }
}
