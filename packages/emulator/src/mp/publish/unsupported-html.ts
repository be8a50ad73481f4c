import { html } from "../../html/html.ts";
import { type ContentWork, cut } from "./content-work.ts";
import type { HtmlTag } from "./html-tags.ts";

/** Reported: removed with what is in them. */
const WHOLE = new Set(["style", "video", "audio", "object", "applet", "select", "textarea"]);
/** Reported: removed; they have no content. */
const VOID = new Set(["link", "meta", "base", "input", "embed", "frame"]);
/** Reported: forms are removed. That what is in them stays is assumed. */
const SHELL = new Set(["form", "button"]);

const FIXED = /(?:^|;)\s*position\s*:\s*fixed\b[^;]*/gi;

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

/** Documented: JavaScript is removed. What counts as JavaScript is assumed. */
const isScript = ({ name, value }: { name: string; value: string }): boolean =>
  /^\s*(javascript|vbscript):/i.test(value) || /^on./.test(name);

/** Removes scripts in attributes; and, as reported, `id` and `position: fixed`. */
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
    } else if (strips && name === "style" && value.search(FIXED) !== -1) {
      const left = value.replace(FIXED, "").replace(/^\s*;\s*/, "");
      edits.push({ start, end, text: left.trim() === "" ? "" : String(html` style="${left}"`) });
      warnings.push("removed position: fixed");
    }
  }
}
