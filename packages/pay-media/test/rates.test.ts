// The limiter of uploads: a sliding window for each client and endpoint, on a virtual clock.

import { createPayClient, type PayClient } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { describe, expect, it } from "vitest";
import { payInProcess } from "../../../test/support/pay.ts";
import {
  complaintImage,
  marketingImage,
  merchantFile,
  productCouponImage,
} from "../src/endpoints.ts";
import { type PayFileEndpoint, uploadMarketingImage, uploadPayFile } from "../src/index.ts";

const jpeg = async () => sampleFile("licence.jpg");

/** A client whose clock only its sleeps move. */
function timed(options: Parameters<typeof createEmulator>[0] = {}) {
  let now = Date.parse("2026-11-30T12:00:00Z");
  const starts: number[] = [];
  const signed: number[] = [];
  const emulator = createEmulator({ ...options, now: () => now });
  const pay = createPayClient({
    ...credentials.pay,
    now: () => now,
    async sleep(ms, signal) {
      const end = now + ms;
      await new Promise((resolve) => setTimeout(resolve)); // what has begun goes on first
      signal?.throwIfAborted();
      now = Math.max(now, end);
    },
    nonce() {
      signed.push(now);
      return crypto.randomUUID().replaceAll("-", "");
    },
    fetch(input, init) {
      starts.push(now);
      return emulator.fetch(input, init);
    },
  });
  return { pay, emulator, starts, signed, advance: (ms: number) => (now += ms) };
}

const most = (starts: readonly number[], per: number): number =>
  Math.max(...starts.map((from) => starts.filter((at) => at >= from && at < from + per).length));

async function uploads(pay: PayClient, endpoint: PayFileEndpoint<object>, count: number) {
  const file = await jpeg();
  for (let i = 0; i < count; i++) await uploadPayFile(pay, endpoint, file);
}

describe("rates", () => {
  it("20 a second of coupon pictures: the 21st waits, none is refused", async () => {
    const { pay, starts } = timed();
    await uploads(pay, productCouponImage, 45);
    expect(starts.length).toBe(45);
    expect(most(starts, 1000)).toBe(20);
    expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBe(2000);
  });

  it("100 a minute of marketing pictures, which both functions share", async () => {
    const { pay, starts } = timed();
    const file = await jpeg();
    await uploads(pay, marketingImage, 51);
    for (let i = 0; i < 51; i++) await uploadMarketingImage(pay, file);
    expect(most(starts, 60_000)).toBe(100);
    expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBe(60_000);
  });

  it("all at once wait, too, even where all waits end together", async () => {
    const { pay, signed } = timed({ uploadRates: "ignore" });
    const file = await jpeg();
    await Promise.all(
      Array.from({ length: 50 }, () => uploadPayFile(pay, productCouponImage, file)),
    );
    expect(signed.length).toBe(50);
    expect(most(signed, 1000)).toBe(20);
  });

  it("repetitions count", async () => {
    const { pay, emulator, starts } = timed();
    emulator.control.faults.add({ kind: "status", status: 500 });
    const rate = { calls: 2, per: 60_000 };
    const file = await jpeg();
    await uploadPayFile(pay, { path: merchantFile.path, rate }, file);
    expect(starts.length).toBe(2);
    await uploadPayFile(pay, { path: merchantFile.path, rate }, file);
    expect((starts[2] ?? 0) - (starts[0] ?? 0)).toBe(60_000);
  });

  it("a pause of its own frees it", async () => {
    const { pay, starts, advance } = timed();
    await uploads(pay, productCouponImage, 20);
    advance(1000);
    await uploads(pay, productCouponImage, 1);
    expect((starts[20] ?? 0) - (starts[0] ?? 0)).toBe(1000);
  });

  it("each client and endpoint has its own; the option changes it or switches it off", async () => {
    const { pay, starts } = timed({ uploadRates: "ignore" });
    const file = await jpeg();
    await uploads(pay, productCouponImage, 20);
    await uploads(pay, complaintImage, 5);
    for (let i = 0; i < 5; i++) await uploadPayFile(pay, productCouponImage, file, { rate: false });
    expect(new Set(starts).size).toBe(1);
    const other = timed();
    for (let i = 0; i < 3; i++) {
      await uploadMarketingImage(other.pay, file, { rate: { calls: 1, per: 5000 } });
    }
    expect((other.starts[2] ?? 0) - (other.starts[0] ?? 0)).toBe(10_000);
  });

  it("without the limiter the emulator answers 429", async () => {
    const file = await jpeg();
    const now = () => 1_800_000_000_000;
    const emulator = createEmulator({ now });
    const frozen = createPayClient({
      ...credentials.pay,
      now,
      retry: false,
      fetch: emulator.fetch,
    });
    for (let i = 0; i < 20; i++) {
      await uploadPayFile(frozen, productCouponImage, file, { rate: false });
    }
    const refused = uploadPayFile(frozen, productCouponImage, file, { rate: false });
    await expect(refused).rejects.toMatchObject({ status: 429, retryable: true });
  });

  it("a wait ends when its signal aborts, and takes no place", async () => {
    const controller = new AbortController();
    let wake = (): void => undefined;
    let now = Date.parse("2026-11-30T12:00:00Z");
    const emulator = createEmulator({ now: () => now });
    const pay = createPayClient({
      ...credentials.pay,
      fetch: emulator.fetch,
      now: () => now,
      sleep: (ms) =>
        new Promise((resolve) => {
          wake = () => {
            now += ms;
            resolve();
          };
        }),
    });
    const file = await jpeg();
    const endpoint = { path: merchantFile.path, rate: { calls: 1, per: 1000 } };
    await uploadPayFile(pay, endpoint, file);
    const waiting = uploadPayFile(pay, endpoint, file, { signal: controller.signal });
    const reason = new Error("the user left");
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    now += 1000;
    await uploadPayFile(pay, endpoint, file);
    wake();
    expect(emulator.control.payMedia.length).toBe(2);
  });

  it("a rate that is none is told in words", async () => {
    const { pay, emulator } = payInProcess();
    const file = await jpeg();
    for (const [rate, message] of [
      [{ calls: 1.5, per: 10 }, /rate\.calls must be a whole number.*not 1\.5 and 10/],
      [{ calls: 5, per: 0 }, /rate\.per a number of milliseconds above 0.*5 and 0/],
      [{ calls: 5 }, /not 5 and undefined/],
      [{ perMinute: 5 }, /rate has no perMinute; it has calls, per/],
      ["5", /rate must be \{ calls, per \} or false, not "5"/],
    ] as const) {
      const options = { rate: rate as never };
      await expect(uploadMarketingImage(pay, file, options)).rejects.toThrow(message);
      await expect(uploadPayFile(pay, marketingImage, file, options)).rejects.toThrow(message);
    }
    expect(emulator.control.journal.entries()).toEqual([]);
  });
});
