import { Parser } from "htmlparser2";

export interface HtmlAttribute {
  /** In lower case. */
  name: string;
  /** With its character references resolved. */
  value: string;
  /** Where it stands, the blanks before it included. */
  start: number;
  end: number;
}

export interface HtmlTag {
  /** In lower case. */
  name: string;
  /** Ends an element. */
  closes: boolean;
  /** Of several with one name the first, as browsers have it. */
  attributes: readonly HtmlAttribute[];
  start: number;
  end: number;
}

/** Where the blanks before this place begin. */
function blanksBefore(html: string, end: number): number {
  let start = end;
  while (start > 0 && /\s/.test(html.charAt(start - 1))) start -= 1;
  return start;
}

/** Every tag that a text has, in its order; those that HTML lets be left out are not among them. */
export function htmlTags(html: string): HtmlTag[] {
  const tags: HtmlTag[] = [];
  const attributes = new Map<string, HtmlAttribute>();
  const parser: Parser = new Parser({
    onopentagname: () => attributes.clear(),
    onattribute(name, value) {
      const start = blanksBefore(html, parser.startIndex);
      if (!attributes.has(name)) attributes.set(name, { name, value, start, end: parser.endIndex });
    },
    onopentag(name, _, implied) {
      if (implied) return;
      const { startIndex: start, endIndex } = parser;
      tags.push({
        name,
        closes: false,
        attributes: [...attributes.values()],
        start,
        end: endIndex + 1,
      });
    },
    onclosetag(name, implied) {
      if (implied) return;
      const { startIndex: start, endIndex } = parser;
      // It is told of before its own end, which blanks may part from the name.
      const close = html.indexOf(">", endIndex);
      const end = close === -1 ? html.length : close + 1;
      tags.push({ name, closes: true, attributes: [], start, end });
    },
  });
  parser.end(html);
  return tags;
}

/** The value of an attribute; undefined where there is none. */
export const attributeOf = ({ attributes }: HtmlTag, name: string): string | undefined =>
  attributes.find((attribute) => attribute.name === name)?.value;
