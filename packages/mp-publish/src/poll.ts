import { type MpClient, TimeoutError } from "@wechat-edge/core";
import { type MpParts, mpParts } from "@wechat-edge/core/internal/mp";
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

/** Calls `look` at growing intervals until it returns a value. `wake` ends the pause that it settles in. */
export async function poll<T>(
  mp: MpClient,
  what: string,
  options: WaitOptions & { readonly wake?: Promise<void> | undefined },
  look: () => Promise<T | undefined>,
): Promise<T> {
  const { transport } = mpParts(mp);
  const { signal, minInterval = 2000, maxInterval = 60_000, maxWait } = options;
  let { wake } = options;
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
    const isAwake = await pauseFor(transport, Math.min(pause, left), signal, wake);
    if (isAwake) wake = undefined; // once
  }
}

/** Sleeps, and returns true if `wake` settled before the time was over. */
async function pauseFor(
  transport: Pick<MpParts["transport"], "sleep">,
  ms: number,
  signal: AbortSignal | undefined,
  wake: Promise<void> | undefined,
): Promise<boolean> {
  const sleep = new AbortController();
  const stop = (): void => sleep.abort(signal?.reason);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const slept = transport.sleep(ms, sleep.signal).then(() => false);
    return await abortable(Promise.race([wake?.then(() => true) ?? slept, slept]), signal);
  } finally {
    signal?.removeEventListener("abort", stop);
    sleep.abort(); // its timer would keep the process
  }
}
