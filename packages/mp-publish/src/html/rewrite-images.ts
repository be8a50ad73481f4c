import {
  type AbortSignal,
  checkOptions,
  checkText,
  given,
  type OptionKinds,
} from "@wechat-edge/core/internal/upload";
import { scanHtml } from "./full-scanner.ts";
import type { PictureKind } from "./pictures.ts";
import { findPictures, replacePictures } from "./replace-pictures.ts";

/** Where a picture stands first. */
export interface PicturePlace {
  readonly kind: PictureKind;
  /** Element, such as `img`. */
  readonly element: string;
}

/** Gives the new address of a picture, or undefined to leave it as it is. */
export type ReplaceImage = (
  url: string,
  place: PicturePlace,
) => string | undefined | Promise<string | undefined>;

/** Options of {@link rewriteImages}. */
export interface RewriteOptions {
  /** Ends the work after the pictures under way; it then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Pictures at a time; 4 by default. */
  readonly concurrency?: number | undefined;
}

const REWRITE_OPTIONS: OptionKinds<RewriteOptions> = {
  signal: "signal",
  concurrency: "count",
};

/**
 * Replaces the addresses of the pictures in HTML, and leaves every other character as it was: broken HTML stays broken
 * in the same way. In linear time, also where the HTML is deep or full of data: pictures.
 *
 * Pictures are: `src`, `data-src`, `srcset` and `data-srcset` of `<img>`; the latter two of `<source>`; `url(…)` in any `style` attribute;
 * `poster` of `<video>`; `background` of tables and their parts; `href` and `xlink:href` of `<image>` and `<feImage>`;
 * the picture of a mini-program card. Not those in comments, `<style>`, `<script>` and other raw text, and no
 * `#fragment`.
 *
 * Follows 新增草稿 (`content`: 外部图片url将被过滤).
 *
 * @param html - the whole document or a fragment
 * @param replace - asked once for each address as it is written there, with entities and escapes resolved; data: ones too.
 * What it throws comes out, and no further picture is begun
 * @returns the HTML with the new addresses, written so that they fit the quotes that are there
 * @throws TypeError where html is no text, or replace gives something else than a string or undefined; RangeError
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
  replace: ReplaceImage,
  options: RewriteOptions = {},
): Promise<string> {
  checkOptions("rewriteImages", options, REWRITE_OPTIONS);
  const { signal, concurrency = 4 } = options;
  checkText("html", html);
  if (typeof replace !== "function") {
    throw new TypeError(`replace must be a function, not ${given(replace)}.`);
  }
  const pictures = findPictures(html, scanHtml);
  const places = new Map<string, PicturePlace>();
  for (const { url, kind, element } of pictures) {
    if (!places.has(url)) places.set(url, { kind, element });
  }
  const replaced = new Map<string, string>();
  const waiting = places.entries();
  let failed = false;
  const work = async (): Promise<void> => {
    for (const [url, place] of waiting) {
      if (failed) return;
      signal?.throwIfAborted();
      const other: unknown = await replace(url, place);
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
  signal?.throwIfAborted();
  return replacePictures(html, pictures, replaced);
}
