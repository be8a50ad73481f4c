import type { Fault } from "./faults/kinds.ts";
import type { TransferOptions } from "./http/options.ts";
import type { MpLimitName } from "./mp/media/limits.ts";
import type { MpOptions } from "./mp/options.ts";
import type { PayOptions } from "./pay/options.ts";
import type { PayUploadKind } from "./pay/upload-endpoints.ts";

export interface EmulatorOptions
  extends Omit<PayOptions, "limits">,
    Omit<MpOptions, "limits">,
    TransferOptions {
  /** Milliseconds since 1970 that the emulator's clock follows. Default: Date.now. */
  now?: () => number;
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
