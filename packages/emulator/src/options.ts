import type { Fault } from "./faults/fault.ts";
import type { TransferOptions } from "./http/options.ts";
import type { MpLimitName } from "./mp/media/limits.ts";
import type { MpOptions } from "./mp/options.ts";
import type { PayOptions } from "./pay/options.ts";
import type { PayUploadKind } from "./pay/upload-endpoints.ts";
import type { ClockStart } from "./time/clock.ts";

/** The options of an emulator; `control.setOptions` changes them. */
export interface EmulatorOptions
  extends Omit<PayOptions, "limits">,
    Omit<MpOptions, "limits">,
    TransferOptions {
  /**
   * The emulator's clock: a function that returns milliseconds since 1970, or the time (milliseconds
   * or an ISO 8601 string) at which it starts with the first request. Default: `Date.now`.
   */
  now?: ClockStart;
  /**
   * Largest file by name, in bytes. Defaults: for WeChat Pay those of `payUploadEndpoints`; for the
   * Official Account the limits of `mediaProfile`.
   */
  limits?: Partial<Record<PayUploadKind | MpLimitName, number>>;
  /** Faults that are set at the start and after each reset. Default: none. */
  faults?: readonly Fault[];
  /** Keeps uploaded files in memory, or only their digests. Default: "memory". */
  storage?: "memory" | "digests";
}

/** Options to change; `undefined` restores the default. */
export type OptionChanges = {
  [Name in keyof EmulatorOptions]?: EmulatorOptions[Name] | undefined;
};
