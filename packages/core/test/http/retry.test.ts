import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { NetworkError, ReplyError, TimeoutError, type WechatError } from "../../src/errors.ts";
import { longestCall, withRetry } from "../../src/http/retry.ts";
import { createTransport, type SharedOptions } from "../../src/http/transport.ts";
import { mayHaveBeenDone } from "../../src/http/unknown-outcome.ts";
import { unusableResponse } from "../../src/http/unusable-response.ts";
import { PayApiError } from "../../src/pay/errors.ts";

const RETRY = { attempts: 4, minDelay: 100, maxDelay: 1000 };
const busy = (retryAfter?: number) =>
  new ReplyError("busy", { status: 503, ...(retryAfter !== undefined && { retryAfter }) });

/** Fails with the errors in turn, and succeeds after them. */
async function tried(
  errors: readonly unknown[],
  {
    repeatable = true,
    ...options
  }: SharedOptions & { repeatable?: boolean | ((error: WechatError) => boolean) } = {},
) {
  const pauses: number[] = [];
  const attempts: number[] = [];
  const { signal } = new AbortController();
  const transport = createTransport({
    retry: RETRY,
    sleep: async (ms, given) => {
      expect(given).toBe(signal);
      pauses.push(ms);
    },
    ...options,
  });
  const result = await withRetry(transport, { repeatable, signal }, async (number) => {
    attempts.push(number);
    const error = errors[attempts.length - 1];
    if (error !== undefined) throw error as Error;
    return "done";
  }).catch((error: unknown) => error);
  return { result, attempts, pauses };
}

describe("withRetry", () => {
  beforeEach(() => {
    vi.spyOn(Math, "random").mockReturnValue(0);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("tries until it succeeds, with pauses that double up to the longest", async () => {
    const retry = { ...RETRY, attempts: 7 };
    const lost = [1, 2, 3, 4, 5, 6].map(() => new NetworkError("cut"));
    expect(await tried(lost, { retry })).toEqual({
      result: "done",
      attempts: [1, 2, 3, 4, 5, 6, 7],
      pauses: [100, 200, 400, 800, 1000, 1000],
    });
    expect(await tried([])).toEqual({ result: "done", attempts: [1], pauses: [] });
  });

  it("shortens each pause at random, by up to half", async () => {
    vi.mocked(Math.random).mockReturnValue(0.5);
    const lost = [1, 2, 3].map(() => new NetworkError("cut"));
    expect((await tried(lost)).pauses).toEqual([75, 150, 300]);
    vi.mocked(Math.random).mockReturnValue(1 - Number.EPSILON);
    for (const [at, pause] of (await tried(lost)).pauses.entries()) {
      expect(pause).toBeCloseTo([50, 100, 200][at] ?? 0, 6);
    }
  });

  it("ends with the last error where the tries are used up", async () => {
    const errors = [1, 2, 3, 4, 5].map(() => new NetworkError("cut"));
    const { result, attempts, pauses } = await tried(errors);
    expect(result).toBe(errors[3]);
    expect(attempts).toEqual([1, 2, 3, 4]);
    expect(pauses.length).toBe(3);
    const single = await tried(errors, { retry: false });
    expect(single).toEqual({ result: errors[0], attempts: [1], pauses: [] });
  });

  it("waits as long as the server asks, but for more than the longest pause", async () => {
    expect((await tried([busy(99), busy(101), busy(1000)])).pauses).toEqual([100, 200, 1000]);
    expect((await tried([busy(101)])).pauses).toEqual([101]);
    const tooLong = busy(1001);
    expect(await tried([tooLong])).toEqual({ result: tooLong, attempts: [1], pauses: [] });
  });

  it.each<[string, unknown, boolean | ((error: WechatError) => boolean)]>([
    ["an error that would come again", new ReplyError("moved", { status: 302 }), true],
    ["an error of somebody else", new TypeError("fetch failed"), true],
    ["one that only looks like ours", { retryable: true }, true],
    ["a call that must not be repeated", new NetworkError("cut"), false],
    ["one that must not be after this error", new NetworkError("cut"), () => false],
  ])("does not repeat %s", async (_, error, repeatable) => {
    expect(await tried([error], { repeatable })).toEqual({
      result: error,
      attempts: [1],
      pauses: [],
    });
  });

  it("asks the rule with each error, and not about those that would come again", async () => {
    const asked: unknown[] = [];
    const errors = [new NetworkError("1"), new NetworkError("2"), new TypeError("3")];
    const repeatable = (error: WechatError): boolean => {
      asked.push(error);
      return true;
    };
    expect((await tried(errors, { repeatable })).result).toBe(errors[2]);
    expect(asked).toEqual(errors.slice(0, 2));
  });

  it("ends with what the pause is ended with", async () => {
    const reason = new Error("no longer wanted");
    const sleep = () => Promise.reject(reason);
    const { result, attempts } = await tried([new NetworkError("cut")], { sleep });
    expect(result).toBe(reason);
    expect(attempts).toEqual([1]);
  });
});

it("longestCall counts the tries, the pauses between them, and 10 seconds for a store", () => {
  const of = (retry: SharedOptions["retry"]) =>
    longestCall(createTransport({ timeout: 5000, retry }));
  expect(of({ attempts: 3, minDelay: 0, maxDelay: 700 })).toBe(3 * 5000 + 2 * 700 + 10_000);
  expect(of(false)).toBe(15_000);
});

describe("mayHaveBeenDone", () => {
  it.each<[string, unknown, boolean]>([
    ["a cut connection", new NetworkError("cut"), true],
    ["no reply in time", new TimeoutError("late"), true],
    ["a reply of something else", new ReplyError("a page", { status: 403 }), true],
    ["a Response that is none", unusableResponse("no status"), true],
    ["a refusal", new PayApiError({ status: 400, apiCode: "A", apiMessage: "" }), false],
    ["a mistake of the caller", new TypeError("path"), false],
    ["nothing", undefined, false],
  ])("after %s", (_, error, may) => {
    expect(mayHaveBeenDone(error)).toBe(may);
  });
});
