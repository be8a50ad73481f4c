import { also, oneOf, optional, type RulesOf, text, wholeNumber } from "../../validation/rules.ts";
import type { PublishOptions } from "./options.ts";

function isHttpOrigin(given: string): boolean {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  return url?.origin === given && /^https?:$/.test(url.protocol);
}

export const publishRules: RulesOf<PublishOptions> = {
  foreignPictures: optional(oneOf(["filter", "refuse"])),
  unicodeEscapes: optional(oneOf(["verbatim", "refuse", "decode"])),
  newsPerDay: optional(wholeNumber(0)),
  publishIdType: optional(oneOf(["number", "string"])),
  articleOrigin: optional(also(text, isHttpOrigin, "an origin, such as http://127.0.0.1:8790")),
  draftTitle: optional(oneOf([64, 32])),
  contentLength: optional(oneOf(["html", "text"])),
  unsupportedHtml: optional(oneOf(["strip", "keep"])),
  foreignLinks: optional(oneOf(["refuse", "strip"])),
  anchors: optional(oneOf(["keep", "refuse"])),
  draftVideos: optional(oneOf(["keep", "drop"])),
  cardPictures: optional(oneOf(["material", "any"])),
  newspicHtml: optional(oneOf(["strip", "refuse"])),
  cropRatio: optional(oneOf(["warn", "refuse"])),
  imageAttribute: optional(oneOf(["data-src", "src"])),
  listTimes: optional(oneOf(["both", "content", "entry"])),
};
