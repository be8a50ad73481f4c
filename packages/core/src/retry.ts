import { NetworkError, PayApiError, ReplyError, SignatureError, TimeoutError } from "./errors.ts";
import type { Transport } from "./transport.ts";

/**
 * Runs `attempt` until it succeeds, fails for good, or the tries are used up.
 * `attempt` builds its request anew each time, so that every try carries its own timestamp and nonce.
 */
export async function withRetry<T>(
  transport: Transport,
  options: { readonly repeatable: boolean; readonly signal?: AbortSignal | undefined },
  attempt: (number: number) => Promise<T>,
): Promise<T> {
  const attempts = options.repeatable ? transport.retry.attempts : 1;
  let probes = 0;
  for (let number = 1; ; number++) {
    try {
      return await attempt(number);
    } catch (error) {
      if (error instanceof SignatureError && error.probe) probes += 1;
      if (number >= attempts || probes > 1 || !isTransient(error)) throw error;
      const delay = backoff(transport, number, requestedDelay(error));
      if (delay === undefined) throw error;
      await transport.sleep(delay, options.signal);
    }
  }
}

/** Whether the same request may succeed in a while. Classified by status, since WeChat spells its codes in several ways. */
function isTransient(error: unknown): boolean {
  if (error instanceof NetworkError || error instanceof TimeoutError) return true;
  if (error instanceof SignatureError) return error.probe;
  if (error instanceof PayApiError) return error.retryable;
  return error instanceof ReplyError && (error.status >= 500 || error.status === 429);
}

function requestedDelay(error: unknown): number {
  const asked = error instanceof PayApiError || error instanceof ReplyError ? error.retryAfter : 0;
  return asked ?? 0;
}

/** Milliseconds to wait after try `number`, or undefined where the server asks for more than the policy allows. */
function backoff(transport: Transport, number: number, asked: number): number | undefined {
  const { minDelay, maxDelay } = transport.retry;
  if (asked > maxDelay) return undefined;
  const full = Math.min(maxDelay, minDelay * 2 ** (number - 1));
  return Math.max(asked, full * (1 - Math.random() / 2));
}
