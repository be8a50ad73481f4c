import { createForeignContext } from "../html/foreign-context.ts";
import { pictureUrls } from "../html/pictures.ts";
import type { HtmlFacts, HtmlTag } from "./html-facts.ts";

/** Elements whose content holds no tags, and is nothing that a reader sees; in SVG they are as all others. */
const RAW = /^(?:script|style|textarea|title|xmp|iframe|noembed|noframes)$/;
const TAG_NAME = /<(\/?)([a-z][^\s/>]*)/iy;
const COMMENT = /<!--(?:-?>|[\s\S]*?(?:--!?>|$))|<[!?/][^>]*(?:>|$)/y;
const ATTRIBUTE =
  /[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*|(?=[\s>]))))?/y;
const TAG_END = /[\s/]*>/y;

/**
 * Finds tags and text as the tokeniser of the HTML standard does, in one pass; it builds no tree.
 * The rules of articles ask for no more, and an HTML parser would be most of a bundle. `readHtml` knows
 * every entity besides.
 */
export function scanHtml(html: string): HtmlFacts {
  const tags: HtmlTag[] = [];
  let text = "";
  let at = 0;
  const foreign = createForeignContext();
  while (at < html.length) {
    const next = html.indexOf("<", at);
    const end = next < 0 ? html.length : next;
    text += html.slice(at, end);
    at = end;
    if (next < 0) break;
    const tag = readTag(html, at);
    if (tag !== undefined) {
      at = tag.end;
      const { name, attributes, isStart, selfClosing } = tag;
      if (isStart) tags.push({ name, attributes });
      else foreign.close(name);
      const isForeign = isStart && foreign.open(name, selfClosing);
      if (isStart && !isForeign && RAW.test(name)) at = rawEnd(html, at, name);
      continue;
    }
    const comment = match(COMMENT, html, at);
    if (comment === undefined) text += "<";
    at += comment?.[0].length ?? 1;
  }
  const pictures = new Set(tags.flatMap(({ name, attributes }) => pictureUrls(name, attributes)));
  return { text: decodeEntities(text), tags, pictures: [...pictures] };
}

interface ReadTag extends HtmlTag {
  readonly isStart: boolean;
  readonly selfClosing: boolean;
  readonly end: number;
}

/** The tag at a position; one that never ends is none, and swallows the rest. */
function readTag(html: string, start: number): ReadTag | undefined {
  const head = match(TAG_NAME, html, start);
  if (head === undefined) return undefined;
  const [whole, slash, name = ""] = head;
  const attributes = new Map<string, string>();
  let at = start + whole.length;
  for (;;) {
    const end = match(TAG_END, html, at);
    const selfClosing = end?.[0].endsWith("/>") ?? false;
    const tag = { name: name.toLowerCase(), attributes, isStart: slash === "", selfClosing };
    if (end !== undefined) return { ...tag, end: at + end[0].length };
    const attribute = match(ATTRIBUTE, html, at);
    if (attribute === undefined) return { ...tag, isStart: false, end: html.length };
    const [all, key = "", double, single, bare] = attribute;
    const value = decodeEntities(double ?? single ?? bare ?? "");
    // The first of two with one name counts.
    if (!attributes.has(key.toLowerCase())) attributes.set(key.toLowerCase(), value);
    at += all.length;
  }
}

function rawEnd(html: string, start: number, name: string): number {
  const end = new RegExp(`</${name}(?=[\\s/>])`, "gi");
  end.lastIndex = start;
  return end.exec(html)?.index ?? html.length;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};
/** Stands for an entity that is not known here: every one of them is one character, or nearly. */
const OTHER = "\ufffd";

/** Decodes entities; an unknown one becomes one character, so that counts stay right. */
function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z][a-z\d]{1,31}));/gi,
    (all, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? OTHER;
      const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}
