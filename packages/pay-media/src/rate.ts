import type { PayClient, UploadOptions } from "@wechat-edge/core";
import { payParts } from "@wechat-edge/core/internal/pay";
import { abortable, checkKnownFields, shown } from "@wechat-edge/core/internal/upload";

/** How often an endpoint may be called. */
export interface PayRate {
  /** Number of calls within `per`. */
  readonly calls: number;
  /** Milliseconds. */
  readonly per: number;
}

/** The option of calls with a rate. */
export interface RateOption {
  /**
   * Another rate in place of WeChat's, such as `{ calls: 10, per: 60_000 }` if several processes share it, or `false`
   * for none. Calls beyond it wait, with the client's `sleep`.
   */
  readonly rate?: PayRate | false | undefined;
}

/** 图片上传(营销专用): 100 a minute. */
export const MARKETING_IMAGE_RATE: PayRate = { calls: 100, per: 60_000 };

/** When the calls of an endpoint began, in milliseconds. */
interface Begun {
  times: number[];
  /** The longest `per` so far: what it counts must not be forgotten by calls with a shorter one. */
  longest: number;
}

const clients = new WeakMap<PayClient, Map<string, Begun>>();

/**
 * Returns the function that waits until a try may begin. All tries of a client at an endpoint count, repetitions too:
 * no `per` has more than `calls` of them. Undefined without a rate. Throws TypeError or RangeError for a malformed one.
 */
export function pacer(
  pay: PayClient,
  endpoint: string,
  rate: PayRate | false | undefined,
  signal: UploadOptions["signal"],
): (() => Promise<void>) | undefined {
  if (rate === undefined || rate === false) return undefined;
  checkRate(rate);
  const { now, sleep } = payParts(pay).signer.transport;
  const begun = begunOf(pay, endpoint);
  return async () => {
    for (;;) {
      const time = now();
      const wait = waitOf(begun, rate, time);
      if (wait > 0) await abortable(sleep(wait, signal), signal);
      // A sleep of a test may move no clock; waiting for it would never end.
      if (wait > 0 && now() !== time) continue;
      begun.times.push(now());
      return;
    }
  };
}

/** Milliseconds until the next try may begin. Forgets those that no longer count, and those of a clock put back. */
function waitOf(begun: Begun, { calls, per }: PayRate, time: number): number {
  begun.longest = Math.max(begun.longest, per);
  begun.times = begun.times.filter((at) => at > time - begun.longest && at <= time);
  const first = begun.times.filter((at) => at > time - per).at(-calls);
  return first === undefined ? 0 : first + per - time;
}

function begunOf(pay: PayClient, endpoint: string): Begun {
  const endpoints = clients.get(pay) ?? new Map<string, Begun>();
  clients.set(pay, endpoints);
  const begun = endpoints.get(endpoint) ?? { times: [], longest: 0 };
  endpoints.set(endpoint, begun);
  return begun;
}

function checkRate(rate: PayRate): void {
  checkKnownFields("rate", rate, ["calls", "per"], " or false");
  const { calls, per } = rate;
  if (Number.isSafeInteger(calls) && calls >= 1 && Number.isFinite(per) && per > 0) return;
  throw new RangeError(
    `rate.calls must be a whole number of at least 1, and rate.per a number of milliseconds above 0, not ${shown(calls)} and ${shown(per)}.`,
  );
}
