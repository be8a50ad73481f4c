import type { AbortSignal } from "../async/abort-signal.ts";
import { abortable } from "../async/abortable.ts";
import { ignoreErrors } from "../async/ignore-errors.ts";
import { MAX_TIMER_MS } from "../async/max-timer.ts";
import { given, shown } from "../given.ts";
import { checkKnownFields, type OptionKinds } from "../options.ts";
import type { Fetch, FetchResponse } from "./fetch-type.ts";
import { checkBody } from "./response-body.ts";
import { unusableResponse } from "./unusable-response.ts";

/** When to retry. If WeChat asks for a longer pause than `maxDelay` (`Retry-After`), the call fails at once. */
export interface RetryPolicy {
  /** Number of tries, the first one included. */
  readonly attempts: number;
  /** Milliseconds before the second try; doubled for each further one, and shortened at random by up to half. */
  readonly minDelay: number;
  /** The longest pause, in milliseconds. */
  readonly maxDelay: number;
}

/** One request and its outcome. Safe to log: it never contains a key, a token or a body. */
export interface Attempt {
  /** The function called, such as `uploadImage`. */
  readonly operation: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** HTTP status, or undefined if no reply came. */
  readonly status: number | undefined;
  /** Milliseconds from sending the request to the end of the reply. */
  readonly ms: number;
  /** Length of the request's body, in bytes. */
  readonly bytes: number;
  /** WeChat Pay's `Request-ID`, which its support asks for. */
  readonly requestId: string | undefined;
  /** The platform key that signed the reply (`Wechatpay-Serial`). Verified only if the call succeeds. */
  readonly platformKeyId: string | undefined;
  /** WeChat Pay's `code`, if it answered with an error. */
  readonly apiCode: string | undefined;
  /** An Official Account's `errcode`, if it answered with an error. */
  readonly errcode: number | undefined;
  /** An Official Account's `rid`, which only errors have. */
  readonly rid: string | undefined;
}

/** Options that every client takes. */
export interface SharedOptions {
  /** Used in place of the global `fetch`: the emulator's, or one that goes through a proxy. */
  readonly fetch?: Fetch | undefined;
  /** Returns the time in milliseconds since 1970; `Date.now` by default. */
  readonly now?: (() => number) | undefined;
  /** Waits between tries; must reject with the signal's reason when it aborts. Not used for timeouts. */
  readonly sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /**
   * Milliseconds that each try may take, until the end of the reply; 60,000 by default. Of a download: until its start
   * has come, and after that the longest time without a byte, however long the whole takes.
   */
  readonly timeout?: number | undefined;
  /** `{ attempts: 3, minDelay: 500, maxDelay: 20000 }` by default, in milliseconds; `false` for a single try. */
  readonly retry?: Partial<RetryPolicy> | false | undefined;
  /** Called after every try, successful or not. Errors that this function throws are ignored. */
  readonly onAttempt?: ((attempt: Attempt) => void) | undefined;
}

/** How the shared options are checked. */
export const SHARED_OPTIONS: OptionKinds<SharedOptions> = {
  fetch: "function",
  now: "function",
  sleep: "function",
  timeout: "timeout",
  retry: true,
  onAttempt: "function",
};

/** The shared options, with their defaults filled in. */
export interface Transport {
  readonly fetch: Fetch;
  /** Whether `fetch` is the global one. */
  readonly isFetchGlobal: boolean;
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly timeout: number;
  readonly retry: RetryPolicy;
  readonly onAttempt: (attempt: Attempt) => void;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_RETRY: RetryPolicy = { attempts: 3, minDelay: 500, maxDelay: 20_000 };

/** Fills in the defaults. Throws RangeError if a number is out of range. */
export function createTransport(options: SharedOptions): Transport {
  const { fetch: own, timeout = DEFAULT_TIMEOUT_MS } = options;
  return {
    fetch: checkedFetch(own ?? ((input, init) => globalThis.fetch(input, init))),
    isFetchGlobal: own === undefined,
    now: options.now === undefined ? Date.now : checkedNow(options.now),
    sleep: options.sleep ?? pause,
    timeout: Math.min(timeout, MAX_TIMER_MS),
    retry: readRetry(options.retry),
    onAttempt: ignoreErrors(options.onAttempt),
  };
}

/** A fetch that was replaced may return nothing, or what an adapter makes. */
function checkedFetch(own: Fetch): Fetch {
  return async (input, init) => {
    const response: unknown = await own(input, init);
    const { status, headers } = (response ?? {}) as Partial<FetchResponse>;
    if (typeof status !== "number" || typeof headers?.get !== "function") {
      throw unusableResponse(
        `fetch must return a Response with status and headers.get(name), not ${given(response)}.`,
      );
    }
    checkBody(response as FetchResponse);
    return response as FetchResponse;
  };
}

/** A year before Date ends, so that what is added is a date too. Microseconds lie before it: WeChat explains those. */
const LAST_MS = 8.64e15 - 366 * 86_400_000;

/** A Date or a string would make tokens that never last, and signatures that WeChat refuses. */
function checkedNow(own: () => number): () => number {
  return () => {
    const ms: unknown = own();
    if (typeof ms === "number" && Math.abs(ms) <= LAST_MS) return ms;
    throw new TypeError(`now must return milliseconds since 1970 as a number, not ${shown(ms)}.`);
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

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(ms, MAX_TIMER_MS));
  });
  try {
    await abortable(over, signal);
  } finally {
    clearTimeout(timer);
  }
}
