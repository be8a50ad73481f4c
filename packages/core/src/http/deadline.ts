import type { AbortSignal } from "../async/abort-signal.ts";
import { abortable } from "../async/abortable.ts";
import { TimeoutError } from "../errors.ts";

/** Ends an exchange early: when the caller's signal aborts, a part takes too long, or the body fails. */
export interface Deadline {
  /** For fetch; aborts as soon as the exchange has failed. */
  readonly signal: AbortSignal;
  /** Runs one part of the exchange for at most `timeout` milliseconds; `missing` says what did not come, if it is not all. */
  within<T>(part: () => Promise<T>, missing?: string): Promise<T>;
  /** Ends the exchange with this error. */
  fail(error: unknown): void;
  /** Removes the listener from the caller's signal. */
  close(): void;
}

/**
 * The parts reject with the signal's reason, with a TimeoutError that says what was `absent`, or with the error passed
 * to `fail`.
 */
export function createDeadline(
  timeout: number,
  signal: AbortSignal | undefined,
  absent = "No complete reply came",
): Deadline {
  signal?.throwIfAborted();
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  const fail = (error: unknown): void => stop.abort(error);
  return {
    signal: stop.signal,
    fail,
    close: () => signal?.removeEventListener("abort", onAbort),
    async within(part, missing = absent) {
      stop.signal.throwIfAborted();
      const timer = setTimeout(() => {
        fail(
          new TimeoutError(
            `${missing} within ${timeout} ms, the limit that the option timeout sets.`,
          ),
        );
      }, timeout);
      try {
        // Not awaited alone, because a caller's own fetch may ignore the signal.
        return await abortable(part(), stop.signal);
      } catch (error) {
        if (stop.signal.aborted) throw stop.signal.reason;
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
