import { QuoteType, Tokenizer } from "htmlparser2";
import type { Attribute, ValuePart } from "./attribute.ts";
import { createForeignContext } from "./foreign-context.ts";
import { CDATA, type HtmlListener, RAW_TEXT } from "./listener.ts";

/** As long as CDATA. */
const BOGUS = "<![CDATAX";

/** Reads HTML as a browser does, tag by tag. It builds no tree, so that deep HTML costs no more than flat HTML. */
export function scanHtml(html: string, { onTag, onText }: HtmlListener): void {
  const foreign = createForeignContext();
  let raw: string | undefined;
  let tag: { name: string; attributes: Map<string, Attribute>; start: number } | undefined;
  let name = "";
  let nameEnd = 0;
  let parts: ValuePart[] = [];
  let entities: string[] = [];
  // The end of the parts so far; undefined before the value begins.
  let cursor: number | undefined;

  const closeGap = (end: number): void => {
    if (entities.length === 0) return;
    const start = cursor ?? valueStart(html, nameEnd);
    for (const part of entityParts(html, start, end, entities)) parts.push(part);
    entities = [];
    cursor = end;
  };
  const endTag = (selfClosing: boolean): void => {
    if (tag === undefined) return;
    const { name } = tag;
    const isForeign = foreign.open(name, selfClosing);
    raw = !isForeign && RAW_TEXT.has(name) ? name : undefined;
    onTag?.(tag);
    tag = undefined;
  };

  const tokenizer = new Tokenizer(
    {},
    {
      isInForeignContext: () => foreign.isInside(),
      onopentagname(start, end) {
        const name = html.slice(start, end).toLowerCase();
        tag = { name, attributes: new Map(), start: start - 1 };
      },
      onattribname(start, end) {
        name = html.slice(start, end).toLowerCase();
        nameEnd = end;
        parts = [];
        cursor = undefined;
      },
      onattribdata(start, end) {
        closeGap(start);
        cursor = end;
        if (start < end) parts.push({ start, end, text: html.slice(start, end), entity: false });
      },
      onattribentity(codePoint) {
        entities.push(String.fromCodePoint(codePoint));
      },
      onattribend(kind) {
        const quote = kind === QuoteType.Double ? '"' : kind === QuoteType.Single ? "'" : "";
        if (tag === undefined || tag.attributes.has(name)) return;
        const value = parts.map(({ text }) => text).join("");
        tag.attributes.set(name, { name, value, parts, quote });
      },
      onopentagend: () => endTag(false),
      onselfclosingtag: () => endTag(true),
      onclosetag(start, end) {
        raw = undefined;
        foreign.close(html.slice(start, end).toLowerCase());
      },
      ontext(start, end) {
        // A tag that never ends, such as "<title" at the end: the tokenizer tells the name of some as text.
        const isTag = end === html.length && /^<[a-z]/i.test(html.slice(start - 1, start + 1));
        if (raw !== undefined || start === 0 || !isTag) onText?.(html.slice(start, end), raw);
      },
      ontextentity: (codePoint) => onText?.(String.fromCodePoint(codePoint), raw),
      oncomment: () => {},
      oncdata: (start, end, left) => onText?.(html.slice(start, end - left), raw),
      ondeclaration: () => {},
      onprocessinginstruction: () => {},
      onend: () => {},
    },
  );
  for (let at = 0, from = 0; at < html.length; at = from) {
    const next = html.indexOf(CDATA, from);
    from = next < 0 ? html.length : next + CDATA.length;
    if (next < 0) tokenizer.write(html.slice(at));
    else {
      tokenizer.write(html.slice(at, next));
      // The tokenizer knows CDATA everywhere; spelt otherwise it is a comment. Places and lengths stay.
      tokenizer.write(foreign.isInside() ? CDATA : BOGUS);
    }
  }
  tokenizer.end();
}

/** The place after the quote, if there is one. */
function valueStart(html: string, nameEnd: number): number {
  const before = /[\t\n\f\r ]*=[\t\n\f\r ]*["']?/y;
  before.lastIndex = nameEnd;
  return before.test(html) ? before.lastIndex : nameEnd;
}

/** The tokenizer decodes entities but does not say where they stand; each begins with its only `&`. */
function entityParts(
  html: string,
  start: number,
  end: number,
  characters: readonly string[],
): ValuePart[] {
  const sources = html.slice(start, end).split(/(?=&)/);
  const single = sources.length === characters.length;
  const known = new Map<string, string>();
  let taken = 0;
  let at = start;
  return sources.map((source) => {
    // A few names stand for two characters, such as &fjlig; and &nvlt;.
    let length = 1;
    if (sources.length === 1) length = characters.length;
    else if (!single && !source.startsWith("&#")) {
      const text = known.get(source) ?? decodeEntity(source);
      known.set(source, text);
      length = Array.from(text).length;
    }
    const text = characters.slice(taken, taken + length).join("");
    const part = { start: at, end: at + source.length, text, entity: true };
    taken += length;
    at = part.end;
    return part;
  });
}

function decodeEntity(source: string): string {
  let decoded = "";
  scanHtml(`<a b="${source}">`, {
    onTag: ({ attributes }) => {
      decoded = attributes.get("b")?.value ?? "";
    },
  });
  return decoded;
}
