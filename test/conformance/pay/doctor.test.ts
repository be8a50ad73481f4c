// The doctor against set-ups that are right, and against wrong ones: each finds its cause, and none blames another.

import { checkPayClient } from "@wechat-edge/core/pay-doctor";
import { describe, expect, it } from "vitest";
import { payInProcess, payOverHttp } from "../../support/pay.ts";
import { apiV3Key, examine, NOW } from "../../support/pay-checkup.ts";

const MINUTE = 60_000;

describe("checkPayClient", () => {
  it("says by how much the clock is wrong", async () => {
    const { text } = await examine({ client: { now: () => NOW + 6 * MINUTE } });
    expect(text).toMatch(/clock: This machine is 360 seconds fast/);
  });

  it("works over HTTP", async () => {
    const { ok, text, requestId } = await checkPayClient(payOverHttp({ apiV3Key }));
    expect(ok, text).toBe(true);
    expect(requestId).toMatch(/./);
  });

  it("rejects with the signal's reason", async () => {
    const stopped = AbortSignal.abort(new Error("enough"));
    const { pay } = payInProcess();
    await expect(checkPayClient(pay, { signal: stopped })).rejects.toThrow("enough");
    const stop = new AbortController();
    const waiting = payInProcess({
      fetch: async () => {
        stop.abort(new Error("midway"));
        return new Promise(() => undefined);
      },
    });
    const midway = checkPayClient(waiting.pay, { signal: stop.signal });
    await expect(midway).rejects.toThrow("midway");
  });

  it("throws TypeError for misuse alone", async () => {
    await expect(checkPayClient({} as never)).rejects.toThrow(TypeError);
    const { pay } = payInProcess();
    await expect(checkPayClient(pay, { sginal: 1 } as never)).rejects.toThrow(/signal/);
  });
});
