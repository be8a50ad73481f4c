import { type MpClient, TimeoutError } from "@wechat-edge/core";
import { mpParts } from "@wechat-edge/core/internal/mp";
import { abortable, type OptionNames } from "@wechat-edge/core/internal/upload";

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

/** Their names, and that of the callback beside them. */
export const WAIT_OPTIONS: OptionNames<WaitOptions & { onStatus: unknown }> = {
  signal: true,
  minInterval: true,
  maxInterval: true,
  maxWait: true,
  onStatus: true,
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
  if (!(minInterval > 0 && maxInterval >= minInterval)) {
    throw new RangeError(
      `minInterval and maxInterval must be milliseconds, 0 < minInterval ≤ maxInterval, not ${minInterval} and ${maxInterval}.`,
    );
  }
  if (maxWait !== undefined && !(maxWait >= 0)) {
    throw new RangeError(
      `maxWait must be a number of milliseconds of at least 0, not ${String(maxWait)}.`,
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
