import { TimeoutError } from "../errors.ts";

/** What ends the parts of one exchange: the caller's signal, a part that takes too long, a body that breaks. */
export interface Deadline {
  /** Aborted as soon as the exchange has failed: what fetch is given. */
  readonly signal: AbortSignal;
  /** Runs one part of the exchange, which may take `timeout` milliseconds. */
  within<T>(part: () => Promise<T>): Promise<T>;
  /** Ends the exchange with this error. */
  fail(error: unknown): void;
  /** Lets go of the caller's signal. */
  close(): void;
}

/** The parts reject with the signal's own reason, with TimeoutError that says what was `missing`, or with what `fail` was given. */
export function createDeadline(
  timeout: number,
  signal: AbortSignal | undefined,
  missing = "No complete reply came",
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
    async within(part) {
      stop.signal.throwIfAborted();
      let onStop = (): void => undefined;
      const stopped = new Promise<never>((_, reject) => {
        onStop = () => reject(stop.signal.reason);
        stop.signal.addEventListener("abort", onStop, { once: true });
      });
      const timer = setTimeout(() => {
        fail(
          new TimeoutError(
            `${missing} within ${timeout} ms, the limit that the option timeout sets.`,
          ),
        );
      }, timeout);
      try {
        // The race holds even where a fetch given by the caller does not listen to the signal.
        return await Promise.race([stopped, part()]);
      } catch (error) {
        if (stop.signal.aborted) throw stop.signal.reason;
        throw error;
      } finally {
        clearTimeout(timer);
        stop.signal.removeEventListener("abort", onStop);
      }
    },
  };
}
