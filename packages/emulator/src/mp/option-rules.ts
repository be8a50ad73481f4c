import {
  anything,
  filledText,
  flag,
  listOf,
  oneOf,
  optional,
  type RulesOf,
  wholeNumber,
} from "../validation/rules.ts";
import { mediaProfiles } from "./media/limits.ts";
import { materialReplyRules } from "./media/option-rules.ts";
import type { MpOptions } from "./options.ts";
import { publishRules } from "./publish/option-rules.ts";
import { videoRules } from "./video/option-rules.ts";

/** Accounts have rules of their own, checked when they are added. */
export const mpRules: RulesOf<Omit<MpOptions, "limits">> = {
  accounts: optional(listOf(anything, "accounts")),
  platforms: optional(listOf(anything, "platforms")),
  authorizerRefreshToken: optional(oneOf(["same", "rotate"])),
  tokenLength: optional(wholeNumber(64, 2048)),
  wrongSecret: optional(oneOf([40125, 40001])),
  errmsgTail: optional(oneOf(["both", "rid", "none"])),
  successErrcode: optional(flag),
  jsonContentType: optional(filledText),
  mediaProfile: optional(oneOf(mediaProfiles)),
  videoDownload: optional(oneOf(["url", "stream", "refuse"])),
  mediaIdLength: optional(oneOf([43, 64])),
  pictureAddress: optional(oneOf(["http", "https", "plain"])),
  escapedSlashes: optional(flag),
  emptyItem: optional(flag),
  clientIp: optional(filledText),
  ...materialReplyRules,
  ...videoRules,
  ...publishRules,
};
