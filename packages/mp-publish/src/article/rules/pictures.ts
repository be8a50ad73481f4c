import type { HtmlFacts, HtmlTag } from "../../html/html-facts.ts";
import { isPlaceholder, lazyAddress } from "../../html/lazy-address.ts";
import { isWechatImage } from "../../html/wechat-image.ts";
import type { AddFinding } from "../finding.ts";
import { counted, shortened } from "./listed.ts";

/** Finds pictures of other hosts: WeChat removes them. */
export function checkPictures({ pictures }: HtmlFacts, add: AddFinding): void {
  for (const url of pictures) {
    if (isWechatImage(url)) continue;
    add(
      "error",
      "image-foreign",
      "content",
      `WeChat removes the picture ${shortened(url)}: its address is not from uploadArticleImage.`,
      "Upload it with uploadArticleImage, and replace its address with rewriteImages.",
    );
  }
}

/** Finds pictures whose address only a script would put in its place. WeChat runs no script. */
export function checkLazyPictures({ tags }: HtmlFacts, add: AddFinding): void {
  const kinds = new Map<string, { readonly url: string; readonly tags: HtmlTag[] }>();
  const found = (tag: HtmlTag, attribute: string, url: string): void => {
    const kind = kinds.get(attribute) ?? { url, tags: [] };
    kind.tags.push(tag);
    kinds.set(attribute, kind);
  };
  for (const [index, tag] of tags.entries()) {
    const { name, attributes } = tag;
    if (name !== "img") {
      const background = BACKGROUNDS.find((key) => /[./]/.test(attributes.get(key) ?? ""));
      if (background !== undefined) found(tag, background, attributes.get(background) ?? "");
      continue;
    }
    const src = attributes.get("src")?.trim() ?? "";
    // WeChat itself loads data-src.
    if (isWechatImage(src) || (attributes.get("data-src")?.trim() ?? "") !== "") continue;
    const lazy = lazyAddress(attributes, src);
    if (lazy !== undefined) found(tag, lazy.attribute, lazy.url);
    else if (isPlaceholder(src) && tags[index + 1]?.name === "noscript") {
      const twin = tags[index + 2];
      const url = twin?.name === "img" ? (twin.attributes.get("src")?.trim() ?? "") : "";
      if (url !== "") found(tag, "<noscript>", url);
    }
  }
  for (const [attribute, { url, tags }] of kinds) {
    add(
      "warning",
      "image-lazy",
      "content",
      `A script would load a picture from ${attribute} (${shortened(url)}); WeChat shows what is in src (${counted(tags)}).`,
      "Put that address into src: rewriteImages does, and so does publishArticle with the picture in images.",
    );
  }
}

const BACKGROUNDS = ["data-bg", "data-background", "data-background-image", "data-lazy-background"];
