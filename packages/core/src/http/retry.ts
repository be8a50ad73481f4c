import type { AbortSignal } from "../async/abort-signal.ts";
import { WechatError } from "../errors.ts";
import type { Transport } from "./transport.ts";

/**
 * Runs `attempt` until it succeeds, fails with an error that must not be retried, or the tries are used up. `attempt`
 * builds a new request each time, so that every try has its own timestamp and nonce. An error is retried if it is
 * `retryable` and the operation may be repeated after it.
 */
export async function withRetry<T>(
  transport: Transport,
  options: {
    readonly repeatable: boolean | ((error: WechatError) => boolean);
    readonly signal?: AbortSignal | undefined;
  },
  attempt: (number: number) => Promise<T>,
): Promise<T> {
  const { repeatable, signal } = options;
  const mayRepeat = typeof repeatable === "function" ? repeatable : () => repeatable;
  for (let number = 1; ; number++) {
    try {
      return await attempt(number);
    } catch (error) {
      if (!(error instanceof WechatError && error.retryable && mayRepeat(error))) throw error;
      if (number >= transport.retry.attempts) throw error;
      const delay = backoff(transport, number, error.retryAfter ?? 0);
      if (delay === undefined) throw error;
      await transport.sleep(delay, signal);
    }
  }
}

/** A store may take 2 seconds for each of the few accesses that a renewal makes. */
const STORES_MS = 10_000;

/** How many milliseconds a call may take with all its tries, the pauses between them, and a store that hangs. */
export function longestCall({ timeout, retry }: Transport): number {
  return retry.attempts * timeout + (retry.attempts - 1) * retry.maxDelay + STORES_MS;
}

/** Milliseconds to wait after try `number`, or undefined if the server asks for more than `maxDelay`. */
function backoff(transport: Transport, number: number, asked: number): number | undefined {
  const { minDelay, maxDelay } = transport.retry;
  if (asked > maxDelay) return undefined;
  const full = Math.min(maxDelay, minDelay * 2 ** (number - 1));
  return Math.max(asked, full * (1 - Math.random() / 2));
}
