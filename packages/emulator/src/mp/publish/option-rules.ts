import { also, oneOf, optional, type RulesOf, text, wholeNumber } from "../../validation/rules.ts";
import type { PublishOptions } from "./options.ts";

function isHttpOrigin(given: string): boolean {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  return url?.origin === given && /^https?:$/.test(url.protocol);
}

export const publishRules: RulesOf<PublishOptions> = {
  foreignPictures: optional(oneOf(["filter", "refuse"])),
  unicodeEscapes: optional(oneOf(["refuse", "accept"])),
  newsPerDay: optional(wholeNumber(0)),
  publishIdType: optional(oneOf(["string", "number"])),
  articleOrigin: optional(also(text, isHttpOrigin, "an origin, such as http://127.0.0.1:8790")),
};
