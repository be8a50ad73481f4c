import {
  type AbortSignal,
  COUNT,
  checkInput,
  checkOptions,
  checkText,
  given,
  type OptionKinds,
} from "@wechat-edge/core/internal/upload";
import { scanHtml } from "./full-scanner.ts";
import { createPictureNames } from "./picture-names.ts";
import type { PictureKind } from "./pictures.ts";
import { findPictures, replacePictures } from "./replace-pictures.ts";

/** The first place of a picture. */
export interface PicturePlace {
  /** Attribute, such as `src`. */
  readonly kind: PictureKind;
  /** Element, such as `img`. */
  readonly element: string;
}

/** Returns the new address of a picture, or undefined to keep the old one. */
export type ReplaceImage = (
  url: string,
  place: PicturePlace,
) => string | undefined | Promise<string | undefined>;

/** New addresses by old ones, or by the names of the files. */
export type ImageAddresses = Readonly<Record<string, string>>;

/** Options of {@link rewriteImages}. */
export interface RewriteOptions {
  /** Stops after the calls of `replace` that are under way; rewriteImages rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Calls of `replace` at the same time; 4 by default. */
  readonly concurrency?: number | undefined;
}

const REWRITE_OPTIONS: OptionKinds<RewriteOptions> = {
  signal: "signal",
  concurrency: COUNT,
};

/**
 * Replaces the addresses of the pictures in HTML. All other characters stay as they are, also in broken HTML.
 *
 * Pictures are: `src`, `data-src`, `srcset` and `data-srcset` of `<img>`; `srcset` and `data-srcset` of `<source>`;
 * `url(…)` in a `style` attribute; `poster` of `<video>`; `background` of tables and their parts; `href` and
 * `xlink:href` of `<image>` and `<feImage>`; the picture of a mini-program card. Left out are addresses in comments,
 * `<style>`, `<script>` and other raw text, and `#fragment` addresses.
 *
 * A lazily loaded picture is asked for by its real address (`kind: "lazy"`), that of `data-original`, `data-lazy-src`
 * and their like or of its `<noscript>`, and the new address stands in `src`. A placeholder beside WeChat's own
 * `data-src` becomes what that becomes.
 *
 * Follows 新增草稿 (`content`: 外部图片url将被过滤).
 *
 * @param html - a document or a part of one
 * @param replace - called once for each address, with entities and escapes decoded, also for `data:` addresses; returns
 * the new address, or undefined to keep the old one. If it throws, rewriteImages rejects with that error. In place of a
 * function, an object of new addresses by old ones: names are compared without percent-encoding, entities, `./`, and
 * composition of letters, and an exact name counts first
 * @returns the HTML with the new addresses, escaped for the quotes around them
 * @throws TypeError if `html` is not a string, or if `replace` returns anything but a string or undefined; TypeError or
 * RangeError for a malformed option
 *
 * @example
 * ```ts
 * import { rewriteImages } from "@wechat-edge/mp-publish/html";
 *
 * const html = `<p style="background: url('b.png')">a &lt; b <img src=a.png alt="it's"></p>`;
 * console.log(await rewriteImages(html, (url) => `https://cdn.example/${url}`));
 * // <p style="background: url('https://cdn.example/b.png')">a &lt; b <img src=https://cdn.example/a.png alt="it's"></p>
 * ```
 */
export async function rewriteImages(
  html: string,
  replace: ReplaceImage | ImageAddresses,
  options: RewriteOptions = {},
): Promise<string> {
  checkOptions("rewriteImages", options, REWRITE_OPTIONS);
  const { signal, concurrency = 4 } = options;
  checkText("html", html);
  const ask = typeof replace === "function" ? replace : lookup(replace);
  const pictures = findPictures(html, scanHtml);
  const replaced = new Map<string, string>();
  await askAll(placesOf(pictures), ask, replaced, signal, concurrency);
  // The real address of a lazily loaded picture was asked for first.
  const asked = new Set(pictures.map(({ url }) => url));
  const others = pictures.flatMap(({ url, fallback, ...place }) =>
    fallback === undefined || replaced.has(url) || asked.has(fallback)
      ? []
      : [{ ...place, url: fallback, kind: "src" as const }],
  );
  await askAll(placesOf(others), ask, replaced, signal, concurrency);
  signal?.throwIfAborted();
  return replacePictures(html, pictures, replaced);
}

function lookup(addresses: ImageAddresses): ReplaceImage {
  checkInput("rewriteImages", addresses, "replace as a function or as an object of addresses");
  const nameOf = createPictureNames(Object.keys(addresses));
  return (url) => {
    const name = nameOf(url);
    return name === undefined ? undefined : addresses[name];
  };
}

function placesOf(
  pictures: readonly (PicturePlace & { url: string })[],
): Map<string, PicturePlace> {
  const places = new Map<string, PicturePlace>();
  for (const { url, kind, element } of pictures) {
    if (!places.has(url)) places.set(url, { kind, element });
  }
  return places;
}

/** Asks for each address once. */
async function askAll(
  places: ReadonlyMap<string, PicturePlace>,
  ask: ReplaceImage,
  replaced: Map<string, string>,
  signal: AbortSignal | undefined,
  concurrency: number,
): Promise<void> {
  const waiting = places.entries();
  let failed = false;
  const work = async (): Promise<void> => {
    for (const [url, place] of waiting) {
      if (failed) return;
      signal?.throwIfAborted();
      const other: unknown = await ask(url, place);
      if (other === undefined) continue;
      if (typeof other !== "string" || other === "") {
        throw new TypeError(`replace must return an address or undefined, not ${given(other)}.`);
      }
      replaced.set(url, other);
    }
  };
  const workers = Array.from({ length: Math.min(concurrency, places.size) }, () =>
    work().catch((error: unknown) => {
      failed = true;
      throw error;
    }),
  );
  await Promise.all(workers);
}
