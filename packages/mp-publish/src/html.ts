export type { HtmlFacts, HtmlTag } from "./html/html-facts.ts";
export type { PictureKind } from "./html/pictures.ts";
export { readHtml } from "./html/read-html.ts";
export {
  type ImageAddresses,
  type PicturePlace,
  type ReplaceImage,
  type RewriteOptions,
  rewriteImages,
} from "./html/rewrite-images.ts";
