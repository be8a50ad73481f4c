import type { Fault } from "./faults/fault.ts";
import { type TransferOptions, transferRules } from "./http/options.ts";
import { type MpLimitName, mpLimitNames } from "./mp/media/limits.ts";
import { type MpOptions, mpRules } from "./mp/options.ts";
import { type PayOptions, payRules } from "./pay/options.ts";
import { type PayUploadKind, payUploadKinds } from "./pay/upload-endpoints.ts";
import { type ClockStart, clockStartRule } from "./time/clock.ts";
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

export interface EmulatorOptions
  extends Omit<PayOptions, "limits">,
    Omit<MpOptions, "limits">,
    TransferOptions {
  /**
   * What the emulator's clock follows: a function that gives milliseconds since 1970, or the moment
   * (milliseconds or ISO 8601 text) at which it starts with the first request. Default: Date.now.
   */
  now?: ClockStart;
  /**
   * Largest file of a route, in bytes. Default: 2 MiB for a picture, 5 MiB for a video of Pay; of the
   * Official Account, as `mediaProfile` says, whose single numbers are set here as well.
   */
  limits?: Partial<Record<PayUploadKind | MpLimitName, number>>;
  /** Faults that are there from the start and after each reset. */
  faults?: readonly Fault[];
  /** Keep the uploaded files, or no more than their digests. Default: "memory". */
  storage?: "memory" | "digests";
}

/** Options to be set anew; `undefined` stands for the default. */
export type OptionChanges = {
  [Name in keyof EmulatorOptions]?: EmulatorOptions[Name] | undefined;
};

export const emulatorRules: RulesOf<EmulatorOptions> = {
  now: optional(clockStartRule),
  faults: optional(listOf(anything, "faults")),
  storage: optional(oneOf(["memory", "digests"])),
  ...transferRules,
  ...payRules,
  ...mpRules,
  limits: optional(recordOf([...payUploadKinds, ...mpLimitNames], wholeNumber(1))),
};

/** Throws TypeError for an option that cannot be; what lists hold is checked where it is taken in. */
export const checkOptions = (options: OptionChanges): EmulatorOptions =>
  check(fields(emulatorRules), options, "options");
