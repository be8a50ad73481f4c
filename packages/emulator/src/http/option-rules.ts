import {
  filledText,
  listOf,
  oneOf,
  optional,
  perService,
  type RulesOf,
  that,
  wholeNumber,
} from "../validation/rules.ts";
import type { TransferOptions } from "./options.ts";

export const transferRules: RulesOf<TransferOptions> = {
  chunked: optional(perService(oneOf(["refuse", "accept"]))),
  quotedBoundary: optional(perService(oneOf(["refuse", "accept"]))),
  maxBodyBytes: optional(wholeNumber(1)),
  sleep: optional(
    that(
      (value) => typeof value === "function" || value === "wait" || value === "advance-clock",
      '"wait", "advance-clock" or a function',
    ),
  ),
  controlHosts: optional(listOf(filledText, "host names")),
};
