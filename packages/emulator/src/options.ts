import type { Fault } from "./faults/fault.ts";
import type { TransferOptions } from "./http/options.ts";
import type { MpLimitName } from "./mp/media/limits.ts";
import type { MpOptions } from "./mp/options.ts";
import type { PayOptions } from "./pay/options.ts";
import type { PayUploadKind } from "./pay/upload-endpoints.ts";
import type { ClockStart } from "./time/clock.ts";

/** What can be chosen of the emulator; `control.setOptions` chooses anew. */
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
