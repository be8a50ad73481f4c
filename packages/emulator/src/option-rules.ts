import { transferRules } from "./http/option-rules.ts";
import { mpLimitNames } from "./mp/media/limits.ts";
import { mpRules } from "./mp/option-rules.ts";
import type { EmulatorOptions, OptionChanges } from "./options.ts";
import { checkReplyKey, payRules } from "./pay/option-rules.ts";
import { payUploadKinds } from "./pay/upload-endpoints.ts";
import { clockStartRule } from "./time/moment-rules.ts";
import { check } from "./validation/check.ts";
import {
  anything,
  fields,
  listOf,
  oneOf,
  optional,
  type RulesOf,
  recordOf,
  wholeNumber,
} from "./validation/rules.ts";

export const emulatorRules: RulesOf<EmulatorOptions> = {
  now: optional(clockStartRule),
  faults: optional(listOf(anything, "faults")),
  storage: optional(oneOf(["memory", "digests"])),
  ...transferRules,
  ...payRules,
  ...mpRules,
  limits: optional(recordOf([...payUploadKinds, ...mpLimitNames], wholeNumber(1))),
};

/** Throws TypeError for an invalid option, and for two that contradict each other. Merchants, accounts and faults are checked when added. */
export function checkOptions(options: OptionChanges): EmulatorOptions {
  const checked = check(fields(emulatorRules), options, "options");
  checkReplyKey(checked);
  return checked;
}
