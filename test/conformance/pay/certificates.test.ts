import { createPayClient } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { certificateMerchant, memory } from "../../support/certificate-merchant.ts";
import { media } from "../../support/media.ts";
import { nowOf } from "../../support/pay.ts";

const picture = () => media("licence.jpg");

describe("platform certificates", () => {
  it("are downloaded once, before the first upload, and serve the ones after it", async () => {
    const { pay, emulator, downloads } = certificateMerchant();
    for (let i = 0; i < 3; i++) await uploadImage(pay, await picture());
    expect(downloads()).toBe(1);
    expect(emulator.control.journal.entries()[0]?.path).toBe("/v3/certificates");
  });

  it("are waited for no longer than the caller wants", async () => {
    const reason = new Error("no longer wanted");
    const controller = new AbortController();
    const { mchid, serialNo, privateKey, apiV3Key } = credentials.pay;
    const pay = createPayClient({
      ...{ mchid, serialNo, privateKey, apiV3Key },
      fetch: () => new Promise(() => undefined),
    });
    const upload = uploadImage(pay, await picture(), { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 10);
    await expect(upload).rejects.toBe(reason);
  });
});

describe("the cache of certificates", () => {
  it("spares the next process the download, and holds no readable certificate", async () => {
    const cache = memory();
    const { pay, emulator, downloads } = certificateMerchant({ certificateCache: cache });
    await uploadImage(pay, await picture());
    expect([...cache.values.values()].join()).not.toContain("BEGIN CERTIFICATE");
    expect(cache.ttls).toEqual([12 * 3600]);
    const { mchid, serialNo, privateKey, apiV3Key } = credentials.pay;
    const next = createPayClient({
      ...{ mchid, serialNo, privateKey, apiV3Key, now: nowOf(pay) },
      fetch: emulator.fetch,
      certificateCache: cache,
    });
    await uploadImage(next, await picture());
    expect(downloads()).toBe(1);
  });
});
