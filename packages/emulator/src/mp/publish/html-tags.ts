// No more of the HTML standard's tokenizer than tells where tags and their attributes are.

export interface HtmlAttribute {
  /** In lower case. */
  name: string;
  /** With its character references resolved. */
  value: string;
  /** Where it stands, the blank before it included. */
  start: number;
  end: number;
}

export interface HtmlTag {
  /** In lower case. */
  name: string;
  /** Ends an element. */
  closes: boolean;
  attributes: readonly HtmlAttribute[];
  start: number;
  end: number;
}

const BLANK = /\s/;
/** What is between their tags is text, whatever it looks like. */
const RAW_TEXT = ["script", "style", "textarea", "title", "xmp", "noembed", "noframes"];

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};

/** The common character references; all others are left as they are. */
export function decodeReferences(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));/gi,
    (all, hex, dec, name) => {
      if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? all;
      const code = hex === undefined ? Number(dec) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

function skipBlanks(html: string, from: number): number {
  let at = from;
  while (at < html.length && BLANK.test(html.charAt(at))) at += 1;
  return at;
}

function until(html: string, from: number, stops: RegExp): number {
  let at = from;
  while (at < html.length && !stops.test(html.charAt(at))) at += 1;
  return at;
}

function readAttribute(html: string, start: number): HtmlAttribute {
  const from = skipBlanks(html, start);
  // A name may begin with "=", so that there is always one letter of it.
  const nameEnd = until(html, from + 1, /[\s/>=]/);
  const name = html.slice(from, nameEnd).toLowerCase();
  const equals = skipBlanks(html, nameEnd);
  if (html.charAt(equals) !== "=") return { name, value: "", start, end: nameEnd };
  const at = skipBlanks(html, equals + 1);
  const quote = html.charAt(at);
  if (quote === '"' || quote === "'") {
    const close = html.indexOf(quote, at + 1);
    const valueEnd = close === -1 ? html.length : close;
    const value = decodeReferences(html.slice(at + 1, valueEnd));
    return { name, value, start, end: Math.min(html.length, valueEnd + 1) };
  }
  const end = until(html, at, /[\s>]/);
  return { name, value: decodeReferences(html.slice(at, end)), start, end };
}

function readTag(html: string, start: number): HtmlTag {
  const closes = html.charAt(start + 1) === "/";
  const nameStart = start + (closes ? 2 : 1);
  const nameEnd = until(html, nameStart, /[\s/>]/);
  const name = html.slice(nameStart, nameEnd).toLowerCase();
  const attributes: HtmlAttribute[] = [];
  const names = new Set<string>();
  let at = nameEnd;
  for (;;) {
    const next = skipBlanks(html, at);
    if (next >= html.length) return { name, closes, attributes, start, end: html.length };
    const letter = html.charAt(next);
    if (letter === ">") return { name, closes, attributes, start, end: next + 1 };
    if (letter === "/") {
      at = next + 1;
      continue;
    }
    const attribute = readAttribute(html, at);
    // The first of a name counts.
    if (!names.has(attribute.name)) attributes.push(attribute);
    names.add(attribute.name);
    at = attribute.end;
  }
}

/** Where the comment, doctype or the like that begins here ends. */
function endOfMarkup(html: string, start: number): number {
  const comment = html.startsWith("<!--", start);
  const end = html.indexOf(comment ? "-->" : ">", start + (comment ? 4 : 2));
  return end === -1 ? html.length : end + (comment ? 3 : 1);
}

/** Where the end tag of a raw text element begins; the end of the text where there is none. */
function endOfRawText(html: string, from: number, name: string): number {
  const end = new RegExp(`</${name}(?=[\\s/>])`, "gi");
  end.lastIndex = from;
  return end.exec(html)?.index ?? html.length;
}

/** Every tag of a text, in its order. */
export function* htmlTags(html: string): Generator<HtmlTag> {
  let at = html.indexOf("<");
  while (at !== -1) {
    if (/^<\/?[a-z]/i.test(html.slice(at, at + 3))) {
      const tag = readTag(html, at);
      yield tag;
      at = tag.end;
      if (!tag.closes && RAW_TEXT.includes(tag.name)) at = endOfRawText(html, at, tag.name);
    } else {
      at = /^<[!?/]/.test(html.slice(at, at + 2)) ? endOfMarkup(html, at) : at + 1;
    }
    at = html.indexOf("<", at);
  }
}

/** The value of an attribute; undefined where there is none. */
export const attributeOf = ({ attributes }: HtmlTag, name: string): string | undefined =>
  attributes.find((attribute) => attribute.name === name)?.value;

/** A piece of a text and what takes its place. */
export interface HtmlEdit {
  start: number;
  end: number;
  text: string;
}

/** The text with all edits made; of two that overlap the first counts. */
export function applyEdits(html: string, edits: readonly HtmlEdit[]): string {
  let at = 0;
  let out = "";
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    out += html.slice(at, start) + text;
    at = end;
  }
  return out + html.slice(at);
}

/** What a reader sees of it, blanks drawn together. */
export function textOf(html: string): string {
  const edits: HtmlEdit[] = [];
  let hidden: { name: string; start: number } | undefined;
  for (const { name, closes, start, end } of htmlTags(html)) {
    if (hidden && closes && name === hidden.name) {
      edits.push({ start: hidden.start, end, text: "" });
      hidden = undefined;
    } else if (!hidden && !closes && (name === "script" || name === "style")) {
      hidden = { name, start };
    } else if (!hidden) {
      edits.push({ start, end, text: /^(p|br|div|section|li|h[1-6])$/.test(name) ? " " : "" });
    }
  }
  if (hidden) edits.push({ start: hidden.start, end: html.length, text: "" });
  const text = applyEdits(html, edits).replace(/<!--.*?(-->|$)/gs, "");
  return decodeReferences(text).replace(/\s+/g, " ").trim();
}
