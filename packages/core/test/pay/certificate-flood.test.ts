// However certificates fail to come, unknown serial numbers bring one download in 60 seconds, and every caller settles.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FetchResponse } from "../../src/http/fetch-type.ts";
import { createTransport } from "../../src/http/transport.ts";
import { createCertificateList } from "../../src/pay/keys/certificate-list.ts";
import { safeStore } from "../../src/store.ts";

const never = () => new Promise<never>(() => undefined);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const ENDPOINTS = {
  "never answers": never,
  "fails at once": async () => new Response("down", { status: 503 }),
  "fails slowly": async () => {
    await new Promise((resolve) => setTimeout(resolve, 900));
    return new Response("down", { status: 502 });
  },
  "breaks off": async () => {
    throw new TypeError("fetch failed");
  },
};

function certificates(endpoint: () => Promise<FetchResponse>, hangs = false) {
  const requests: number[] = [];
  const start = Date.now();
  const transport = createTransport({
    fetch: () => {
      requests.push(Date.now() - start);
      return endpoint();
    },
  });
  const list = createCertificateList(
    {
      baseUrl: "https://api.mch.weixin.qq.com",
      transport,
      sign: async () => ({ authorization: "a", message: new Uint8Array(0) }),
    },
    {
      apiV3Key: "k".repeat(32),
      issuer: "Tenpay.com Root CA",
      id: "1900000001",
      serialNo: "1DDE",
      call: { path: "/v3/certificates", platformKeyId: undefined },
      cache: hangs ? safeStore("cache", { get: never, set: never }) : undefined,
      verify: async () => undefined,
    },
  );
  const ends: { ms: number; error: unknown }[] = [];
  const settled = (work: Promise<unknown>): void => {
    const begun = Date.now();
    work.then(
      (found) => ends.push({ ms: Date.now() - begun, error: found }),
      (error: unknown) => ends.push({ ms: Date.now() - begun, error }),
    );
  };
  return { list, requests, ends, settled };
}

for (const heard of [true, false]) {
  describe(heard ? "where owners are heard" : "where no owner is ever heard", () => {
    for (const [what, endpoint] of Object.entries(ENDPOINTS)) {
      it(`a flood of unknown serials brings one download a minute: the endpoint ${what}`, async () => {
        if (!heard) vi.spyOn(globalThis, "setInterval").mockReturnValue({} as never);
        const { list, requests, ends, settled } = certificates(endpoint);
        let asked = 0;
        for (; asked < 300; asked++) {
          settled(list.find(`UNKNOWN${asked}`));
          await vi.advanceTimersByTimeAsync(200);
        }
        expect(asked).toBe(300); // a minute
        const minute = requests.filter((at) => at < 60_000);
        expect(minute.length).toBeLessThanOrEqual(3); // one download has three tries
        expect(Math.max(...minute) - Math.min(...minute)).toBeLessThan(10_000);
        await vi.advanceTimersByTimeAsync(230_000);
        expect(ends.length).toBe(300);
        expect(Math.max(...ends.map(({ ms }) => ms))).toBeLessThanOrEqual(230_000);
        // Each knows why there is no certificate.
        for (const { error } of ends) expect(error).toMatchObject({ retryable: true });
        expect(vi.getTimerCount()).toBe(0);
      });

      it(`a hundred calls at once share what comes of it: the endpoint ${what}`, async () => {
        if (!heard) vi.spyOn(globalThis, "setInterval").mockReturnValue({} as never);
        const { list, requests, ends, settled } = certificates(endpoint, true);
        for (let i = 0; i < 100; i++) settled(list.prepare());
        await vi.advanceTimersByTimeAsync(230_000);
        expect(ends.length).toBe(100);
        expect(requests.length).toBeLessThanOrEqual(heard ? 3 : 16);
        for (const { error } of ends) expect(error).toMatchObject({ retryable: true });
      });
    }
  });
}

it("is downloaded again a minute after a failure, and then found", async () => {
  const { list, requests, settled, ends } = certificates(ENDPOINTS["fails at once"]);
  settled(list.find("UNKNOWN"));
  await vi.advanceTimersByTimeAsync(59_999);
  settled(list.find("UNKNOWN"));
  await vi.advanceTimersByTimeAsync(0);
  expect([requests.length, ends.length]).toEqual([3, 2]);
  await vi.advanceTimersByTimeAsync(1);
  settled(list.find("UNKNOWN"));
  await vi.advanceTimersByTimeAsync(0);
  expect(requests.length).toBe(4);
});
