import { own } from "@wechat-edge/core/internal/upload";
import type { Attribute, ValuePart } from "./attribute.ts";
import { createForeignContext } from "./foreign-context.ts";
import { CDATA, type HtmlListener, RAW_TEXT, type StartTag } from "./listener.ts";

const TAG_NAME = /<(\/?)([a-z][^\t\n\f\r />]*)/iy;
const COMMENT = /<!--(?:-?>|[\s\S]*?(?:--!?>|$))|<[!?/][^>]*(?:>|$)/y;
const ATTRIBUTE =
  /[\t\n\f\r /]*([^\t\n\f\r />][^\t\n\f\r />=]*)(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r >"'][^\t\n\f\r >]*|(?=[\t\n\f\r >]))))?/y;
const TAG_END = /[\t\n\f\r /]*>/y;

/**
 * Finds tags and text as the tokenizer of the HTML standard does, in linear time. It exists because an HTML parser
 * would be most of a bundle. It decodes the most common named entities and takes any other for one unknown character.
 */
export function scanHtml(html: string, { onTag, onText }: HtmlListener): void {
  const foreign = createForeignContext();
  const tell = (text: string, inside?: string): void => {
    if (text !== "") onText?.(text, inside);
  };
  for (let at = 0; at < html.length; ) {
    const next = html.indexOf("<", at);
    const end = next < 0 ? html.length : next;
    tell(decoded(html.slice(at, end)));
    at = end;
    if (next < 0) return;
    const tag = readTag(html, at);
    if (tag === undefined) {
      if (foreign.isInside() && html.startsWith(CDATA, at)) {
        const close = html.indexOf("]]>", at);
        if (close < 0) return;
        tell(html.slice(at + CDATA.length, close));
        at = close + 3;
        continue;
      }
      const comment = match(COMMENT, html, at);
      if (comment === undefined) tell("<");
      at += comment?.[0].length ?? 1;
      continue;
    }
    at = tag.end;
    const { name } = tag;
    if (!tag.isStart) {
      foreign.close(name);
      continue;
    }
    const isForeign = foreign.open(name, tag.selfClosing);
    onTag?.(tag);
    if (isForeign || !RAW_TEXT.has(name)) continue;
    const raw = html.slice(at, rawEnd(html, at, name));
    tell(name === "textarea" || name === "title" ? decoded(raw) : raw, name);
    at += raw.length;
  }
}

interface ReadTag extends StartTag {
  readonly isStart: boolean;
  readonly selfClosing: boolean;
  readonly end: number;
}

/** The tag at a position, or undefined. A tag that never ends takes in the rest of the HTML. */
function readTag(html: string, start: number): ReadTag | undefined {
  const head = match(TAG_NAME, html, start);
  if (head === undefined) return undefined;
  const [whole, slash, name = ""] = head;
  const attributes = new Map<string, Attribute>();
  let at = start + whole.length;
  for (;;) {
    const end = match(TAG_END, html, at);
    const selfClosing = end?.[0].endsWith("/>") ?? false;
    const tag = { name: name.toLowerCase(), attributes, start, isStart: slash === "", selfClosing };
    if (end !== undefined) return { ...tag, end: at + end[0].length };
    const attribute = match(ATTRIBUTE, html, at);
    if (attribute === undefined) return { ...tag, isStart: false, end: html.length };
    const [all, key = "", double, single, bare] = attribute;
    at += all.length;
    const quote = double !== undefined ? '"' : single !== undefined ? "'" : "";
    const source = double ?? single ?? bare ?? "";
    const attributeName = key.toLowerCase();
    // The first of two with one name counts.
    if (attributes.has(attributeName)) continue;
    const parts = readParts(source, at - quote.length - source.length);
    attributes.set(attributeName, { name: attributeName, value: textOf(parts), parts, quote });
  }
}

function rawEnd(html: string, start: number, name: string): number {
  if (name === "plaintext") return html.length;
  const end = new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, "gi");
  end.lastIndex = start;
  return end.exec(html)?.index ?? html.length;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

const ENTITY = /&(?:#0*(\d{1,7})(?!\d);?|#x0*([\da-f]{1,6})(?![\da-f]);?|([a-z][a-z\d]{1,31});)/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  // They hide the scheme of an address.
  Tab: "\t",
  NewLine: "\n",
  colon: ":",
};
/** Stands for an unknown entity. Nearly all entities are one character, so counts stay right. */
const OTHER = "\ufffd";

/** Splits a string that stands at `start` into characters and entities. */
function readParts(source: string, start: number): ValuePart[] {
  const parts: ValuePart[] = [];
  let from = 0;
  const add = (to: number, text: string, entity: boolean): void => {
    if (to > from) parts.push({ start: start + from, end: start + to, text, entity });
    from = to;
  };
  for (const found of source.matchAll(ENTITY)) {
    const [all, decimal, hex, name] = found;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    if (name === undefined && !(code > 0 && code <= 0x10ffff)) continue;
    add(found.index, source.slice(from, found.index), false);
    const text = name === undefined ? String.fromCodePoint(code) : (own(NAMED, name) ?? OTHER);
    add(found.index + all.length, text, true);
  }
  add(source.length, source.slice(from), false);
  return parts;
}

function textOf(parts: readonly ValuePart[]): string {
  return parts.map(({ text }) => text).join("");
}

function decoded(text: string): string {
  return text.includes("&") ? textOf(readParts(text, 0)) : text;
}
