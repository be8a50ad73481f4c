import { encodeValue, htmlRanges } from "./attribute.ts";
import { encodeCssUrl, findCssUrls } from "./css-urls.ts";
import type { StartTag } from "./listener.ts";
import { encodeSrcsetUrl, findSrcsetUrls } from "./srcset.ts";

/**
 * The attribute that names a picture; `card`: that of a mini-program card; `lazy`: one that a script would load into
 * `src`, such as `data-original`.
 */
export type PictureKind =
  | "src"
  | "data-src"
  | "lazy"
  | "srcset"
  | "style"
  | "background"
  | "poster"
  | "href"
  | "card";

/** The address of a picture in HTML. */
export interface Picture {
  readonly url: string;
  /** The address in its place, if that is another: a placeholder, most likely. */
  readonly fallback?: string;
  /** Whether WeChat shows another address in its stead. */
  readonly hidden?: boolean;
  readonly kind: PictureKind;
  /** Element, such as `img`. */
  readonly element: string;
  /** Place of the address in the HTML. */
  readonly start: number;
  readonly end: number;
  /** Escapes another address for this place. */
  readonly encode: (url: string) => string;
}

const IMG: Readonly<Record<string, PictureKind>> = {
  src: "src",
  "data-src": "data-src",
  srcset: "srcset",
  "data-srcset": "srcset",
};
const CARD: Readonly<Record<string, PictureKind>> = {
  "data-miniprogram-imageurl": "card",
  // The misprint of WeChat's sample.
  "data-progarm-imageurl": "card",
};
const CELL: Readonly<Record<string, PictureKind>> = { background: "background" };

/** Attributes that name a picture, by element. On all elements `style` does too. */
const ATTRIBUTES: ReadonlyMap<string, Readonly<Record<string, PictureKind>>> = new Map([
  ["img", IMG],
  // In SVG an element of its own, elsewhere another name for img.
  ["image", { ...IMG, href: "href", "xlink:href": "href" }],
  ["feimage", { href: "href", "xlink:href": "href" }],
  ["source", { srcset: "srcset", "data-srcset": "srcset" }],
  ["video", { poster: "poster" }],
  ["mp-miniprogram", CARD],
  ["mp-common-miniprogram", CARD],
  ...["body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"].map(
    (element) => [element, CELL] as const,
  ),
]);

function kindOf(element: string, name: string): PictureKind | undefined {
  if (name === "style") return "style";
  const kinds = ATTRIBUTES.get(element);
  return kinds !== undefined && Object.hasOwn(kinds, name) ? kinds[name] : undefined;
}

/** The pictures of a tag, in order. */
export function picturesOf({ name: element, attributes }: StartTag, html: string): Picture[] {
  const found: Picture[] = [];
  for (const attribute of attributes.values()) {
    const { name, value } = attribute;
    if (value === "") continue;
    const kind = kindOf(element, name);
    if (kind === undefined) continue;
    const rangeOf = htmlRanges(attribute, html);
    for (const { start, end, url, encode } of addressesOf(kind, value)) {
      const range = rangeOf(start, end);
      found.push({
        url,
        kind,
        element,
        start: range.start,
        end: range.end,
        encode: (other) => encodeValue(encode(other), attribute.quote, range),
      });
    }
  }
  return found;
}

interface Address {
  readonly url: string;
  readonly start: number;
  readonly end: number;
  readonly encode: (url: string) => string;
}

function addressesOf(kind: PictureKind, value: string): Address[] {
  if (kind === "srcset") {
    return findSrcsetUrls(value).map(({ start, end }) => ({
      url: value.slice(start, end),
      start,
      end,
      encode: encodeSrcsetUrl,
    }));
  }
  if (kind === "style") {
    return findCssUrls(value)
      .filter(({ url }) => !isFragment(url))
      .map(({ quote, ...address }) => ({ ...address, encode: (url) => encodeCssUrl(url, quote) }));
  }
  const url = value.trim();
  if (url === "" || (kind === "href" && isFragment(url))) return [];
  const start = value.length - value.trimStart().length;
  return [{ url, start, end: start + url.length, encode: (other) => other }];
}

/** A filter, a mask or a part of a drawing in the same document. */
function isFragment(url: string): boolean {
  return url.startsWith("#");
}
