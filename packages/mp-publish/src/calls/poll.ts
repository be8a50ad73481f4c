import { type MpClient, TimeoutError } from "@wechat-edge/core";
import { mpParts } from "@wechat-edge/core/internal/mp";
import { type AbortSignal, abortable, type OptionKinds } from "@wechat-edge/core/internal/upload";

/** Options of everything that waits for WeChat's review. */
export interface WaitOptions {
  /** Ends the wait; it then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds before the second look; 2,000 by default. Each further pause is half as long again. WeChat names no interval. */
  readonly minInterval?: number | undefined;
  /** Milliseconds that no pause exceeds; 60,000 by default. */
  readonly maxInterval?: number | undefined;
  /** Milliseconds to wait in all, by the client's clock; no limit by default. WeChat names no time that a review takes. */
  readonly maxWait?: number | undefined;
}

/** What they must be, and the same with the callback of a wait for one thing. */
export const WAIT_OPTIONS: OptionKinds<WaitOptions> = {
  signal: "signal",
  minInterval: "timeout",
  maxInterval: "timeout",
  maxWait: "duration",
};
export const WATCH_OPTIONS: OptionKinds<WaitOptions & { onStatus: unknown }> = {
  ...WAIT_OPTIONS,
  onStatus: "function",
};

/** Looks again and again, at growing intervals, until there is an answer. */
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
