import { scanHtml } from "./light-scanner.ts";
import { createLikelyNames } from "./likely-names.ts";
import { createPictureNames } from "./picture-names.ts";
import { findPictures, replacePictures } from "./replace-pictures.ts";
import { isWechatImage } from "./wechat-image.ts";

/** A content with addresses in place of names, and what did not fit. */
export interface FilledPictures {
  readonly html: string;
  /** Names that no picture of the content has. */
  readonly unused: readonly string[];
  /** Addresses of pictures that are neither WeChat's nor a name, with the name that one may mean. */
  readonly unknown: readonly { readonly url: string; readonly near: string | undefined }[];
}

/** Puts addresses in the place of the names that the pictures of a content have. */
export function fillPictures(
  html: string,
  addresses: Readonly<Record<string, string>>,
): FilledPictures {
  const names = Object.keys(addresses);
  const nameOf = createPictureNames(names);
  const near = createLikelyNames(names);
  const replaced = new Map<string, string>();
  const used = new Set<string>();
  const unknown = new Map<string, string | undefined>();
  const pictures = findPictures(html, scanHtml);
  for (const { url, fallback, hidden } of pictures) {
    const shown = nameOf(url) === undefined ? (fallback ?? url) : url;
    const name = nameOf(shown);
    if (name === undefined) {
      if (!hidden && !isWechatImage(url)) unknown.set(url, near(url));
      continue;
    }
    used.add(name);
    replaced.set(shown, addresses[name] as string);
  }
  return {
    html: replacePictures(html, pictures, replaced),
    unused: names.filter((name) => !used.has(name)),
    unknown: Array.from(unknown, ([url, near]) => ({ url, near })),
  };
}
