import {
  anything,
  fields,
  flag,
  listOf,
  numberFrom,
  oneOf,
  optional,
  type RulesOf,
} from "../validation/rules.ts";
import type { PayOptions } from "./options.ts";
import { publicPlatformKey, replyKeyIds } from "./platform/keys.ts";
import { platformModes } from "./platform/state.ts";

const STRICT: RulesOf<NonNullable<PayOptions["strict"]>> = {
  extensionMatchesContent: optional(flag),
  digestCase: optional(flag),
  nonceReplay: optional(flag),
  unknownMchidIsServerError: optional(flag),
};

/** Merchants have rules of their own, checked when they are added. */
export const payRules: RulesOf<Omit<PayOptions, "limits">> = {
  merchants: optional(listOf(anything, "merchants")),
  merchantFiles: optional(oneOf(["2026", "2024"])),
  uploadRates: optional(oneOf(["enforce", "ignore"])),
  strict: optional(fields(STRICT)),
  signErrorForm: optional(oneOf(["reported", "documented"])),
  replyKeyId: optional(oneOf(replyKeyIds)),
  platformMode: optional(oneOf(platformModes)),
  probeRate: optional(numberFrom(0, 1)),
};

/** Throws TypeError if the key that signs replies is not in use. */
export function checkReplyKey({ replyKeyId, platformMode = "both" }: PayOptions): void {
  if (replyKeyId === undefined || platformMode === "both") return;
  const needed = replyKeyId === publicPlatformKey.id ? "public-key" : "certificates";
  if (platformMode === needed) return;
  throw new TypeError(
    `replyKeyId is ${replyKeyId}, which platformMode "${platformMode}" does not use; it must be left out, or platformMode be "both" or "${needed}".`,
  );
}
