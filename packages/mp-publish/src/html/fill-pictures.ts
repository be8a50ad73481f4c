import { scanHtml } from "./light-scanner.ts";
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
  const names = createPictureNames(Object.keys(addresses));
  const replaced = new Map<string, string>();
  const used = new Set<string>();
  const unknown = new Map<string, string | undefined>();
  const pictures = findPictures(html, scanHtml);
  for (const { url, fallback, hidden } of pictures) {
    const shown = [url, fallback].find(
      (one) => one !== undefined && names.nameOf(one) !== undefined,
    );
    const name = shown === undefined ? undefined : names.nameOf(shown);
    if (shown === undefined || name === undefined) {
      if (!hidden && !isWechatImage(url)) unknown.set(url, names.near(url));
      continue;
    }
    used.add(name);
    replaced.set(shown, addresses[name] as string);
  }
  return {
    html: replacePictures(html, pictures, replaced),
    unused: Object.keys(addresses).filter((name) => !used.has(name)),
    unknown: Array.from(unknown, ([url, near]) => ({ url, near })),
  };
}
