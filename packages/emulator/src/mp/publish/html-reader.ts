import { Tokenizer } from "htmlparser2";

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
  /** The number of the tag that ends the element, counted from 0; its own, if it closes itself. */
  last?: number;
}

/** What the reader calls, in the order of the text. */
export interface HtmlHandlers {
  onTag?: (tag: HtmlTag) => void;
  /** A piece of text, and whether it is in an element with a name. */
  onText?: (piece: string, isIn: (name: string) => boolean) => void;
}

const VOID = new Set(
  "area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr".split(
    " ",
  ),
);
/** Drawings and formulas: other rules for text and for `/>`. */
const FOREIGN = new Set(["svg", "math"]);
/** Elements in them whose content is HTML again. */
const HTML_AGAIN = new Set("mi mo mn ms mtext annotation-xml foreignobject desc title".split(" "));

/** The offset of the blanks before this one. */
function blanksBefore(html: string, end: number): number {
  let start = end;
  while (start > 0 && /\s/.test(html.charAt(start - 1))) start -= 1;
  return start;
}

/** In HTML, `<![CDATA[` begins a comment that ends at the first `>`; the tokenizer ends it as in XML. As long as before. */
const withoutCdata = (html: string): string => html.replaceAll("<![CDATA[", "<!?CDATA?");

/** The elements that are open. Every operation takes constant time for each tag, however deep they are. */
function createOpenElements() {
  const open: HtmlTag[] = [];
  const counts = new Map<string, number>();
  const foreign = [false];
  const count = (name: string, by: number): void =>
    void counts.set(name, (counts.get(name) ?? 0) + by);
  function pop(): HtmlTag {
    const tag = open.pop() as HtmlTag;
    count(tag.name, -1);
    if (FOREIGN.has(tag.name) || HTML_AGAIN.has(tag.name)) foreign.pop();
    return tag;
  }
  return {
    isForeign: (): boolean => foreign.at(-1) === true,
    has: (name: string): boolean => (counts.get(name) ?? 0) > 0,
    push(tag: HtmlTag): void {
      open.push(tag);
      count(tag.name, 1);
      if (FOREIGN.has(tag.name)) foreign.push(true);
      else if (HTML_AGAIN.has(tag.name)) foreign.push(false);
    },
    /** Closes the innermost element with this name and all in it. */
    close(name: string): HtmlTag | undefined {
      if (!counts.get(name)) return undefined;
      let tag = pop();
      while (tag.name !== name) tag = pop();
      return tag;
    },
  };
}

/**
 * Reads HTML in linear time, which the parser of htmlparser2 does not: it moves its whole stack at every tag. End tags
 * without a start tag are left out, but for `</p>` and `</br>`, from which browsers make elements.
 */
export function readHtml(html: string, { onTag, onText }: HtmlHandlers): void {
  const elements = createOpenElements();
  const ignore = (): void => {};
  const attributes = new Map<string, HtmlAttribute>();
  let count = 0;
  let name = "";
  let start = 0;
  let attribute = { name: "", start: 0 };
  let value = "";

  const nameIn = (from: number, to: number): string => {
    const found = html.slice(from, to).toLowerCase();
    return found === "image" && !elements.isForeign() ? "img" : found;
  };
  function report(tag: HtmlTag): void {
    count += 1;
    onTag?.(tag);
  }
  function endOpenTag(end: number, closesItself: boolean): void {
    const tag: HtmlTag = {
      name,
      closes: false,
      attributes: [...attributes.values()],
      start,
      end: end + 1,
    };
    if (closesItself) tag.last = count;
    else if (!VOID.has(name)) elements.push(tag);
    report(tag);
  }
  function endTag(from: number, to: number): void {
    const closed = nameIn(from, to);
    const opened = elements.close(closed);
    if (opened === undefined && closed !== "p" && closed !== "br") return;
    if (opened) opened.last = count;
    const close = html.indexOf(">", to);
    const end = close === -1 ? html.length : close + 1;
    report({ name: closed, closes: true, attributes: [], start: from - "</".length, end });
  }
  const tokenizer = new Tokenizer(
    {},
    {
      isInForeignContext: elements.isForeign,
      onopentagname(from, to) {
        attributes.clear();
        name = nameIn(from, to);
        start = from - "<".length;
      },
      onattribname(from, to) {
        attribute = {
          name: html.slice(from, to).toLowerCase(),
          start: blanksBefore(html, from),
        };
      },
      onattribdata(from, to) {
        value += html.slice(from, to);
      },
      onattribentity(code) {
        value += String.fromCodePoint(code);
      },
      onattribend(_, end) {
        if (!attributes.has(attribute.name)) {
          attributes.set(attribute.name, { ...attribute, value, end });
        }
        value = "";
      },
      onopentagend: (end) => endOpenTag(end, false),
      onselfclosingtag: (end) => endOpenTag(end, elements.isForeign() || FOREIGN.has(name)),
      onclosetag: endTag,
      ontext: (from, to) => onText?.(html.slice(from, to), elements.has),
      ontextentity: (code) => onText?.(String.fromCodePoint(code), elements.has),
      oncdata: ignore,
      oncomment: ignore,
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
      onend: ignore,
    },
  );
  tokenizer.write(withoutCdata(html));
  tokenizer.end();
}
