/** A `url(…)` of CSS: the place of its address within brackets and quotes. */
export interface CssUrl {
  readonly start: number;
  readonly end: number;
  /** With escapes decoded. */
  readonly url: string;
  readonly quote: '"' | "'" | "";
}

const SPACE = /[\t\n\f\r ]*/y;

/** Finds the `url(…)` in CSS, but not in comments and other strings (CSS Syntax 3, consume a url token). */
export function findCssUrls(css: string): CssUrl[] {
  const found: CssUrl[] = [];
  const token = /\/\*|["'\\]|url\(/gi;
  for (let match = token.exec(css); match !== null; match = token.exec(css)) {
    const [text] = match;
    const { index } = match;
    if (text === "\\") token.lastIndex += 1;
    else if (text === "/*") token.lastIndex = ending(css.indexOf("*/", index + 2), 2, css);
    else if (text === '"' || text === "'") token.lastIndex = stringEnd(css, index) + 1;
    else if (!isNameCharacter(css, index - 1)) {
      SPACE.lastIndex = token.lastIndex;
      SPACE.test(css);
      const { lastIndex: first } = SPACE;
      const mark = css[first];
      const quote = mark === '"' || mark === "'" ? mark : "";
      const start = first + quote.length;
      const end = quote === "" ? unquotedEnd(css, start) : stringEnd(css, first);
      SPACE.lastIndex = end;
      SPACE.test(css);
      // Anything else here makes it a bad url; the end of the text closes it.
      const after = quote === "" ? SPACE.lastIndex : end;
      const isClosed = after === css.length || css[after] === (quote === "" ? ")" : quote);
      if (end > start && isClosed) {
        found.push({ start, end, url: unescaped(css.slice(start, end)), quote });
      }
      token.lastIndex = isClosed ? after + 1 : skipped(css, end);
    }
  }
  return found;
}

/** Escapes an address for a `url(…)` with this quote. */
export function encodeCssUrl(url: string, quote: CssUrl["quote"]): string {
  const special =
    quote === "" ? /["'()\\\s\p{Cc}]/gu : quote === '"' ? /["\\\p{Cc}]/gu : /['\\\p{Cc}]/gu;
  return url.replace(special, (character) =>
    /[\s\p{Cc}]/u.test(character) ? `\\${character.charCodeAt(0).toString(16)} ` : `\\${character}`,
  );
}

/** The place of a string's closing quote; an unclosed string ends with its line or with the text. */
function stringEnd(css: string, open: number): number {
  return firstUnescaped(css[open] === '"' ? /["\n\f\r]/ : /['\n\f\r]/, css, open + 1);
}

function unquotedEnd(css: string, start: number): number {
  return firstUnescaped(/[\t\n\f\r "'()]/, css, start);
}

/** One white space after a hexadecimal escape belongs to the escape. */
function firstUnescaped(stop: RegExp, css: string, from: number): number {
  const next = new RegExp(`\\\\(?:[\\da-f]{1,6}[\\t\\n\\f\\r ]?|.|$)|${stop.source}`, "gis");
  next.lastIndex = from;
  for (let match = next.exec(css); match !== null; match = next.exec(css)) {
    if (!match[0].startsWith("\\")) return match.index;
  }
  return css.length;
}

/** The place after the bracket that ends a bad `url(`. */
function skipped(css: string, from: number): number {
  return ending(css.indexOf(")", from), 1, css);
}

function ending(found: number, length: number, css: string): number {
  return found === -1 ? css.length : found + length;
}

/** `-my-url(` and `curl(` are other functions. */
function isNameCharacter(css: string, at: number): boolean {
  return at >= 0 && /[\w\-\u0080-\uffff\\]/.test(css[at] ?? "");
}

function unescaped(text: string): string {
  return text.replace(
    /\\(?:([\da-f]{1,6})(?:\r\n|[\t\n\f\r ])?|(\r\n|[\n\f\r])|(.))/gis,
    (_, hex?: string, lineEnd?: string, character?: string) => {
      if (hex === undefined) return lineEnd === undefined ? (character ?? "") : "";
      const codePoint = Number.parseInt(hex, 16);
      const none =
        codePoint === 0 || codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff);
      return none ? "\ufffd" : String.fromCodePoint(codePoint);
    },
  );
}
