import { type MpClient, TimeoutError } from "@wechat-edge/core";
import { mpParts } from "@wechat-edge/core/internal/mp";
import {
  type AbortSignal,
  abortable,
  DURATION,
  type OptionKinds,
} from "@wechat-edge/core/internal/upload";

/** Options of the functions that wait for WeChat's review. */
export interface WaitOptions {
  /** Ends the wait, which rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds before the second request; 2,000 by default. Each pause is 1.5 times the one before. */
  readonly minInterval?: number | undefined;
  /** Longest pause in milliseconds; 60,000 by default. */
  readonly maxInterval?: number | undefined;
  /** Longest wait in milliseconds, then a TimeoutError; no limit by default. */
  readonly maxWait?: number | undefined;
}

/** How they are checked, alone and with the callback of a wait for one thing. */
export const WAIT_OPTIONS: OptionKinds<WaitOptions> = {
  signal: "signal",
  minInterval: "timeout",
  maxInterval: "timeout",
  maxWait: DURATION,
};
export const WATCH_OPTIONS: OptionKinds<WaitOptions & { onStatus: unknown }> = {
  ...WAIT_OPTIONS,
  onStatus: "function",
};

/** Calls `look` at growing intervals until it returns a value. */
export async function poll<T>(
  mp: MpClient,
  what: string,
  options: WaitOptions,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const { transport } = mpParts(mp);
  const { signal, minInterval = 2000, maxInterval = 60_000, maxWait } = options;
  if (maxInterval < minInterval) {
    throw new RangeError(
      `maxInterval must be at least minInterval, ${minInterval} milliseconds, not ${maxInterval}.`,
    );
  }
  const started = transport.now();
  for (let pause = minInterval; ; pause = Math.min(maxInterval, pause * 1.5)) {
    signal?.throwIfAborted();
    const found = await look();
    if (found !== undefined) return found;
    const left = maxWait === undefined ? pause : started + maxWait - transport.now();
    if (left <= 0)
      throw new TimeoutError(
        `${what} is still under review after ${maxWait} ms, the limit that the option maxWait sets. Wait again later.`,
      );
    await abortable(transport.sleep(Math.min(pause, left), signal), signal);
  }
}
