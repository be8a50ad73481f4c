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
import { replyKeyIds } from "./platform/keys.ts";

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
  probeRate: optional(numberFrom(0, 1)),
};
