import type { HtmlFacts, HtmlTag } from "../../html/html-facts.ts";
import type { AddFinding } from "../finding.ts";
import { counted, shortened } from "./listed.ts";

/** Kinds of elements that WeChat removes, with what to do instead. */
const ELEMENTS: readonly (readonly [names: string, suggestion: string])[] = [
  ["style link", "Write the styles into style attributes, as tools that inline CSS do."],
  [
    "video audio source track",
    "Upload a video with uploadVideoMaterial and show it with videoFrame.",
  ],
  [
    "form input button select textarea option label fieldset",
    "Write it as text, such as ☑ for a ticked box.",
  ],
  ["object embed applet canvas frame frameset portal", "Show a picture of it."],
  ["meta base noscript template slot", "Remove it."],
];
/** Nobody says what becomes of these. */
const UNKNOWN = new Set("details summary dialog math foreignobject marquee".split(" "));
/** Hosts whose frames published articles have. */
const FRAMES = new Set(["mp.weixin.qq.com", "v.qq.com"]);
const POSITION = /(?:^|;)\s*position\s*:\s*(?:absolute|fixed|sticky)/i;
const DRAWN = /^(?:style|fill|stroke|filter|clip-path|mask|cursor|marker(?:-\w+)?)$/;

/** Finds what WeChat removes from the content without a word. */
export function checkStripped({ tags }: HtmlFacts, add: AddFinding): void {
  const warn = (
    rule: Parameters<AddFinding>[1],
    found: readonly HtmlTag[],
    message: (first: HtmlTag, count: string) => string,
    suggestion: string,
    severity: "warning" | "unknown" = "warning",
  ): void => {
    const [first] = found;
    if (first === undefined) return;
    add(severity, rule, "content", message(first, counted(found)), suggestion);
  };
  const named = (found: readonly HtmlTag[]): string =>
    [...new Set(found.map(({ name }) => `<${name}>`))].join(", ");

  for (const [names, suggestion] of ELEMENTS) {
    const kind = new Set(names.split(" "));
    // The source of a <picture> chooses between pictures, and SVG has <style> too.
    const found = tags.filter((tag) => kind.has(tag.name) && !isPictureSource(tag));
    warn(
      "removed-element",
      found,
      (_, count) => `WeChat removes ${named(found)} (${count}).`,
      suggestion,
    );
  }
  const unknown = tags.filter(({ name }) => UNKNOWN.has(name));
  warn(
    "unknown-element",
    unknown,
    (_, count) => `What WeChat makes of ${named(unknown)} is not known (${count}).`,
    "Use plain text or a picture of it.",
    "unknown",
  );
  warn(
    "removed-frame",
    tags.filter(isForeignFrame),
    (tag, count) =>
      `WeChat removes frames of other sites, such as ${shortened(frameAddress(tag)) || "one without an address"} (${count}).`,
    "Remove it, or upload the video with uploadVideoMaterial.",
  );
  warn(
    "removed-id",
    tags.filter(({ attributes }) => (attributes.get("id") ?? "") !== ""),
    ({ name, attributes }, count) =>
      `WeChat removes the attribute id, such as id="${shortened(attributes.get("id") ?? "")}" of <${name}> (${count}).`,
    "Do without it: links to places within the article lead nowhere.",
  );
  warn(
    "svg-reference",
    tags.filter((tag) => reference(tag) !== undefined),
    (tag, count) =>
      `A drawing needs ids, which WeChat removes: ${shortened(reference(tag) ?? "")} (${count}).`,
    "Draw it without references (MathJax: fontCache none), or make it a picture.",
  );
  warn(
    "removed-position",
    tags.filter(({ attributes }) => POSITION.test(attributes.get("style") ?? "")),
    ({ name }, count) =>
      `WeChat removes position: absolute, fixed and sticky, such as that of <${name}> (${count}).`,
    "Lay it out without position.",
  );
  warn(
    "css-variable",
    tags.filter(({ attributes }) => usesVariable(attributes)),
    ({ name }, count) =>
      `WeChat does not keep the definition of var(--…), such as that of <${name}> (${count}).`,
    "Write the value in its place.",
  );
}

function isPictureSource({ name, attributes }: HtmlTag): boolean {
  return name === "source" && (attributes.has("srcset") || attributes.has("data-srcset"));
}

function frameAddress({ attributes }: HtmlTag): string {
  return (attributes.get("data-src") || attributes.get("src") || "").trim();
}

function isForeignFrame(tag: HtmlTag): boolean {
  if (tag.name !== "iframe" || tag.attributes.has("data-mpvid")) return false;
  const address = frameAddress(tag).replace(/^\/\//, "https://");
  return !URL.canParse(address) || !FRAMES.has(new URL(address).hostname);
}

/** What a drawing takes from another place of the document by its id. */
function reference({ name, attributes }: HtmlTag): string | undefined {
  for (const [attribute, value] of attributes) {
    if (/^(?:xlink:)?href$/.test(attribute)) {
      if (name !== "a" && name !== "area" && /^\s*#./.test(value))
        return `<${name} ${attribute}="${value}">`;
    } else if (DRAWN.test(attribute)) {
      const id = /url\(\s*["']?#([^)"']{0,80})/i.exec(value)?.[1];
      if (id !== undefined) return `url(#${id}) in ${attribute} of <${name}>`;
    }
  }
  return undefined;
}

function usesVariable(attributes: HtmlTag["attributes"]): boolean {
  return ["style", "fill", "stroke"].some((name) => /var\(\s*--/i.test(attributes.get(name) ?? ""));
}
