import type { AbortSignal } from "../async/abort-signal.ts";
import type { OptionKinds } from "../options.ts";

/** Options of the calls of a platform. */
export interface PlatformCallOptions {
  /** Stops the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export const CALL_OPTIONS: OptionKinds<PlatformCallOptions> = { signal: "signal" };
