import { flag, oneOf, optional, type RulesOf } from "../../validation/rules.ts";
import type { MediaReplyOptions } from "./options.ts";

export const mediaReplyRules: RulesOf<MediaReplyOptions> = {
  emptyItem: optional(flag),
  jsonSlashes: optional(oneOf(["escaped", "plain"])),
  materialHeaders: optional(oneOf(["file", "text"])),
};
