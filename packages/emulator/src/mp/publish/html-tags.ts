import { Parser } from "htmlparser2";

export interface HtmlAttribute {
  /** In lower case. */
  name: string;
  /** With character references decoded. */
  value: string;
  /** The offset, including the blanks before it. */
  start: number;
  end: number;
}

export interface HtmlTag {
  /** In lower case. */
  name: string;
  /** Whether it is an end tag. */
  closes: boolean;
  /** Of several with one name only the first, as in browsers. */
  attributes: readonly HtmlAttribute[];
  start: number;
  end: number;
}

/** The offset of the blanks before this one. */
function blanksBefore(html: string, end: number): number {
  let start = end;
  while (start > 0 && /\s/.test(html.charAt(start - 1))) start -= 1;
  return start;
}

/** As long as before. In HTML, `<![CDATA[` begins a comment that ends at the first `>`; the parser ends it as in XML. */
export const withoutCdata = (html: string): string => html.replaceAll("<![CDATA[", "<!?CDATA?");

/** The tags of a text in order, without those that HTML implies. */
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
      // The parser calls this before the ">", which may follow blanks.
      const close = html.indexOf(">", endIndex);
      const end = close === -1 ? html.length : close + 1;
      tags.push({ name, closes: true, attributes: [], start, end });
    },
  });
  parser.end(withoutCdata(html));
  return tags;
}

/** The value of an attribute, or undefined. */
export const attributeOf = ({ attributes }: HtmlTag, name: string): string | undefined =>
  attributes.find((attribute) => attribute.name === name)?.value;
