/** Where a lazily loaded picture has its address: an attribute that a script of its page reads. */
export interface LazyAddress {
  readonly attribute: string;
  readonly url: string;
}

/** Attributes that scripts for lazy loading read, the most common first. WeChat runs no script. */
const KNOWN = [
  "data-original",
  "data-lazy-src",
  "data-lazyload",
  "data-lazy-load",
  "data-lazy",
  "data-actualsrc",
  "data-actual-src",
  "data-echo",
  "data-real-src",
  "real_src",
  "data-cfsrc",
  "data-ks-lazyload",
  "lay-src",
  "data-original-src",
  "data-lazysrc",
  "lazy-src",
  "lazysrc",
  "lazyload",
  "loadsrc",
  "v-lazy",
  "original",
  "_src",
  "zoomfile",
  "file",
];
const PLACES: ReadonlyMap<string, number> = new Map(KNOWN.map((name, place) => [name, place]));
const KNOWN_SETS = ["data-lazy-srcset", "data-srcset"];
/** Attributes that never hold a picture's own address. */
const OTHERS = /^(?:on.*|alt|title|class|id|style|longdesc|usemap|cite|.*(?:href|link|name))$/;
/** What a script leaves in `src` until it has loaded the picture. */
const PLACEHOLDER =
  /^(?:$|#|about:|data:|\/\/:0)|(?:^|\/)[a-z]\.gif$|(?:^|[\W_])(?:blank|clear|dot|empty|gr[ae]y|lazy(?:load(?:ing)?)?|(?:pre)?load(?:ing|er)?|no-?(?:image|img|pic)|none|pixel|placeholder|skeleton|space|spaceball|spacer|spinner|trans(?:parent)?|white|1x1|1px)[\W_]*\d*(?:\.\w+)?(?:$|[?#])/i;
const ADDRESS =
  /^(?:https?:)?\/\/[^\s<>"]+$|^[^<>"\n]+\.(?:avif|bmp|gif|heic|jpe?g|png|svg|webp)(?:$|[?#!@])/i;
/** Longer values are data or scripts; matching them would take time. */
const MOST_CHARACTERS = 4096;

/** Returns whether a picture's `src` stands only for another address. */
export function isPlaceholder(src: string): boolean {
  return PLACEHOLDER.test(src.slice(0, MOST_CHARACTERS));
}

/**
 * Finds the address that a script would load into an `<img>` with these attributes. An attribute of a known name
 * counts before `src`; any other that has an address counts if `src` is a placeholder.
 */
export function lazyAddress(
  attributes: ReadonlyMap<string, string>,
  src: string,
): LazyAddress | undefined {
  const stands = isPlaceholder(src);
  let known: LazyAddress | undefined;
  let first = KNOWN.length;
  for (const [attribute, value] of attributes) {
    const place = PLACES.get(attribute) ?? first;
    if (place >= first) continue;
    const url = value.trim();
    if (url === src || !(isAddress(url) || (stands && url.includes("/")))) continue;
    known = { attribute, url };
    first = place;
  }
  if (known !== undefined || !stands) return known;
  for (const attribute of KNOWN_SETS) {
    const url = largest(attributes.get(attribute) ?? "");
    if (url !== undefined && url !== src) return { attribute, url };
  }
  for (const [attribute, value] of attributes) {
    const url = value.trim();
    if (attribute === "src" || OTHERS.test(attribute) || url === src) continue;
    if (isAddress(url)) return { attribute, url };
  }
  return undefined;
}

function isAddress(text: string): boolean {
  return text.length <= MOST_CHARACTERS && ADDRESS.test(text);
}

/** The address of a srcset with the largest width or density. */
function largest(srcset: string): string | undefined {
  let best: string | undefined;
  let most = -1;
  for (const candidate of srcset.slice(0, MOST_CHARACTERS).split(/,\s+/)) {
    const [url = "", descriptor = "1x"] = candidate.trim().split(/\s+/);
    const size = Number.parseFloat(descriptor);
    if (!isAddress(url) || !(size > most)) continue;
    best = url;
    most = size;
  }
  return best;
}
