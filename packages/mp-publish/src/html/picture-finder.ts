import { encodeValue } from "./attribute.ts";
import { isPlaceholder, lazyAddress } from "./lazy-address.ts";
import type { StartTag } from "./listener.ts";
import { type Picture, picturesOf } from "./pictures.ts";
import { isWechatImage } from "./wechat-image.ts";

/** Finds the pictures of a document, tag by tag. */
export interface PictureFinder {
  readonly read: (tag: StartTag) => void;
  /** The pictures of the tags that were read, in the order of the document. */
  readonly pictures: () => Picture[];
}

/**
 * Creates a finder of pictures. It takes the address that a reader of the original page saw: WeChat's own `data-src`
 * before `src`, the address of a lazily loaded picture before its placeholder, and that of a `<noscript>` after it.
 */
export function createPictureFinder(html: string): PictureFinder {
  const found: Picture[] = [];
  // An img that shows nothing, its place in `found`, and whether its <noscript> has begun.
  let waiting: { readonly tag: StartTag; readonly at: number; inNoscript: boolean } | undefined;

  const read = (tag: StartTag): void => {
    const { name, attributes } = tag;
    if (name === "noscript" && waiting !== undefined) {
      waiting.inNoscript = true;
      return;
    }
    const own = picturesOf(tag, html);
    if (name !== "img") {
      waiting = undefined;
      for (const picture of own) found.push(picture);
      return;
    }
    const src = addressOf(tag, "src");
    const shown = addressOf(tag, "data-src");
    if (waiting?.inNoscript && src !== "") found[waiting.at] = inSrc(waiting.tag, html, src);
    waiting = undefined;
    const kept = own.filter(({ kind }) => kind !== "src");
    const inSource = own.filter(({ kind }) => kind === "src");
    if (shown !== "") {
      for (const picture of inSource) {
        const other = isPlaceholder(src) && !isWechatImage(src) ? { url: shown } : { hidden: true };
        kept.push({ ...picture, ...other });
      }
    } else {
      const values = new Map([...attributes].map(([key, { value }]) => [key, value]));
      const lazy = isWechatImage(src) ? undefined : lazyAddress(values, src);
      if (lazy !== undefined) kept.push(inSrc(tag, html, lazy.url));
      else {
        for (const picture of kept) found.push(picture);
        if (isPlaceholder(src)) waiting = { tag, at: found.length, inNoscript: false };
        for (const picture of inSource) found.push(picture);
        return;
      }
    }
    for (const picture of kept) found.push(picture);
  };
  return { read, pictures: () => [...found].sort((one, other) => one.start - other.start) };
}

/** A picture that will stand in the `src` of a tag, which is written if there is none. */
function inSrc(tag: StartTag, html: string, url: string): Picture {
  const [picture] = picturesOf(tag, html).filter(({ kind }) => kind === "src");
  if (picture !== undefined) return { ...picture, url, fallback: picture.url, kind: "lazy" };
  const start = tag.start + 1 + tag.name.length;
  return {
    url,
    kind: "lazy",
    element: tag.name,
    start,
    end: start,
    encode: (other) => ` src="${encodeValue(other, '"', { afterOpenEntity: false })}"`,
  };
}

function addressOf({ attributes }: StartTag, name: string): string {
  return attributes.get(name)?.value.trim() ?? "";
}
