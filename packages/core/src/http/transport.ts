import type { AbortSignal } from "../async/abort-signal.ts";
import { ignoreErrors } from "../async/ignore-errors.ts";
import { given, shown } from "../given.ts";
import { checkKnownFields, type OptionKinds } from "../options.ts";
import type { Fetch } from "./fetch-type.ts";

/** When to try again. A `Retry-After` above `maxDelay` rejects. */
export interface RetryPolicy {
  /** Tries in all, the first one included. */
  readonly attempts: number;
  /** Milliseconds before the second try; doubled for each further one, less up to half of it by chance. */
  readonly minDelay: number;
  /** Milliseconds that no pause exceeds. */
  readonly maxDelay: number;
}

/** One request and what came of it; never holds a key, a token or a body. */
export interface Attempt {
  /** The function called, such as `uploadImage`. */
  readonly operation: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** HTTP status, or undefined where no reply came. */
  readonly status: number | undefined;
  /** Milliseconds from the first byte sent to the last byte read. */
  readonly ms: number;
  /** Bytes of the request's body. */
  readonly bytes: number;
  /** WeChat Pay's `Request-ID`; its support asks for it. */
  readonly requestId: string | undefined;
  /** The platform key that signed the reply (`Wechatpay-Serial`), verified only where the call succeeds. */
  readonly platformKeyId: string | undefined;
  /** WeChat Pay's `code`, where it answered with an error. */
  readonly apiCode: string | undefined;
  /** An Official Account's `errcode`, where it answered with an error. */
  readonly errcode: number | undefined;
  /** An Official Account's `rid`, which comes with errors alone. */
  readonly rid: string | undefined;
}

/** Options that every client takes. */
export interface SharedOptions {
  /** Replaces the global fetch, which is looked up at each call. */
  readonly fetch?: Fetch | undefined;
  /** Milliseconds since 1970, as Date.now. */
  readonly now?: (() => number) | undefined;
  /** Pauses between tries; must reject with the signal's reason when it aborts. Timeouts never use it. */
  readonly sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /** Milliseconds for each try, reply included; 60,000 by default. */
  readonly timeout?: number | undefined;
  /** `{ attempts: 3, minDelay: 500, maxDelay: 20000 }` by default; false for one try only. */
  readonly retry?: Partial<RetryPolicy> | false | undefined;
  /** Called after every try, successful or not. What it throws is ignored: no upload is lost to its log. */
  readonly onAttempt?: ((attempt: Attempt) => void) | undefined;
}

/** What they must be. */
export const SHARED_OPTIONS: OptionKinds<SharedOptions> = {
  fetch: "function",
  now: "function",
  sleep: "function",
  timeout: "timeout",
  retry: true,
  onAttempt: "function",
};

/** The shared options with their defaults. */
export interface Transport {
  readonly fetch: Fetch;
  /** Whether the caller has given none of his own. */
  readonly isFetchGlobal: boolean;
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly timeout: number;
  readonly retry: RetryPolicy;
  readonly onAttempt: (attempt: Attempt) => void;
}

const DEFAULT_TIMEOUT_MS = 60_000;
/** Timers take no more; a longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;
const DEFAULT_RETRY: RetryPolicy = { attempts: 3, minDelay: 500, maxDelay: 20_000 };

/** Fills in the defaults. Throws RangeError where a number is out of range. */
export function createTransport(options: SharedOptions): Transport {
  const { fetch: own, timeout = DEFAULT_TIMEOUT_MS } = options;
  return {
    fetch: own === undefined ? (input, init) => globalThis.fetch(input, init) : checkedFetch(own),
    isFetchGlobal: own === undefined,
    now: options.now ?? Date.now,
    sleep: options.sleep ?? pause,
    timeout: Math.min(timeout, MAX_TIMER_MS),
    retry: readRetry(options.retry),
    onAttempt: ignoreErrors(options.onAttempt),
  };
}

/** A fetch of the caller's own may be a mock that returns nothing. */
function checkedFetch(own: Fetch): Fetch {
  return async (input, init) => {
    const response: unknown = await own(input, init);
    if (typeof response === "object" && response !== null && "headers" in response) {
      return response as Awaited<ReturnType<Fetch>>;
    }
    throw new TypeError(`The option fetch must return a Response, not ${given(response)}.`);
  };
}

function readRetry(option: SharedOptions["retry"]): RetryPolicy {
  if (option === false) return { ...DEFAULT_RETRY, attempts: 1 };
  if (option === undefined) return DEFAULT_RETRY;
  checkKnownFields("retry", option, Object.keys(DEFAULT_RETRY), " or false");
  const {
    attempts = DEFAULT_RETRY.attempts,
    minDelay = DEFAULT_RETRY.minDelay,
    maxDelay = DEFAULT_RETRY.maxDelay,
  } = option;
  if (!Number.isInteger(attempts) || attempts < 1) {
    throw new RangeError(
      `retry.attempts must be a whole number of at least 1, not ${shown(attempts)}.`,
    );
  }
  const areNumbers = typeof minDelay === "number" && typeof maxDelay === "number";
  if (!(areNumbers && minDelay >= 0 && maxDelay >= minDelay)) {
    throw new RangeError(
      `retry.minDelay and retry.maxDelay must be milliseconds, 0 ≤ minDelay ≤ maxDelay, not ${shown(minDelay)} and ${shown(maxDelay)}.`,
    );
  }
  return { attempts, minDelay, maxDelay };
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      },
      Math.min(ms, MAX_TIMER_MS),
    );
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
