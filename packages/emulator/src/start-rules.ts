import { emulatorRules } from "./option-rules.ts";
import type { StartOptions } from "./start-options.ts";
import { filledText, flag, optional, type RulesOf, wholeNumber } from "./validation/rules.ts";

/** The rule of each option. */
export const startRules: RulesOf<StartOptions> = {
  port: optional(wholeNumber(0, 65_535)),
  host: optional(filledText),
  cors: optional(flag),
  ...emulatorRules,
};
