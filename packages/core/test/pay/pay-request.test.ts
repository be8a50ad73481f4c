import { createPayClient, encryptSensitive, type PayRequest, payRequest } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { application } from "../../../../test/support/application.ts";
import { failure } from "../../../../test/support/mp.ts";
import { payInProcess } from "../../../../test/support/pay.ts";

describe("payRequest", () => {
  it("is refused with a media_id that is not the merchant's", async () => {
    const { pay } = payInProcess();
    const { call, platformKeyId } = await application(pay);
    call.body.subject_info.business_license_info.license_copy = "a".repeat(107);
    await expect(payRequest(pay, call, { platformKeyId })).rejects.toMatchObject({
      status: 400,
      apiCode: "PARAM_ERROR",
      detail: expect.objectContaining({ field: expect.stringContaining("license_copy") }),
    });
  });

  it("repeats a GET, and a POST only where that is said to be harmless", async () => {
    const path = "/v3/applyment4sub/applyment/";
    const read: PayRequest = { method: "GET", path: `${path}business_code/NONE` };
    const write: PayRequest = { method: "POST", path, body: {} };
    for (const [call, options, requests, code] of [
      [read, {}, 3, "ERR_NETWORK"],
      [read, { retryUnknown: false }, 1, "ERR_OUTCOME_UNKNOWN"],
      [write, {}, 1, "ERR_OUTCOME_UNKNOWN"],
      [write, { retryUnknown: true }, 3, "ERR_NETWORK"],
    ] as const) {
      const { pay, emulator } = payInProcess();
      emulator.control.faults.add({ kind: "cut", at: "before", times: 0 });
      await expect(payRequest(pay, call, options)).rejects.toMatchObject({ code });
      expect(emulator.control.journal.entries().length).toBe(requests);
    }
  });

  const write: PayRequest = {
    method: "POST",
    path: "/v3/applyment4sub/applyment/",
    body: {},
  };

  for (const [what, fault] of Object.entries({
    "no reply": { kind: "cut", at: "before" },
    "a reply that breaks off": { kind: "cut", at: "body" },
    "a 500 of WeChat Pay's own": { kind: "system-error" },
    "a 502 of a gateway": { kind: "html", status: 502 },
  } as const)) {
    it(`does not know the outcome of a POST that got ${what}`, async () => {
      const { pay, emulator } = payInProcess();
      emulator.control.faults.add(fault);
      const error = await failure(payRequest(pay, write));
      expect(error).toMatchObject({
        name: "OutcomeUnknownError",
        code: "ERR_OUTCOME_UNKNOWN",
        step: "payRequest",
        lookAt: expect.stringContaining(write.path),
        retryable: false,
      });
      expect((error.cause as Error).message).not.toBe("");
      expect(emulator.control.journal.entries().length).toBe(1);
    });
  }

  it("knows that nothing was done where WeChat Pay refuses a POST, and repeats one that came too fast", async () => {
    const { pay, emulator } = payInProcess();
    emulator.control.faults.add({ kind: "no-auth" });
    await expect(payRequest(pay, write)).rejects.toMatchObject({
      code: "ERR_PAY_API",
      status: 403,
    });
    emulator.control.faults.add({ kind: "too-fast", times: 0 });
    await expect(payRequest(pay, write)).rejects.toMatchObject({
      code: "ERR_PAY_API",
      status: 429,
    });
    expect(emulator.control.journal.entries().length).toBe(1 + 3);
  });

  it("never calls a POST retryable, whatever signature its reply has", async () => {
    for (const kind of ["probe", "wrong-signature", "stale"] as const) {
      const { pay, emulator } = payInProcess();
      const { call, platformKeyId } = await application(pay);
      emulator.control.journal.clear();
      emulator.control.faults.add({ kind });
      const error = await failure(payRequest(pay, call, { platformKeyId }));
      expect(error).toMatchObject({ code: "ERR_SIGNATURE", retryable: false });
      expect(error.message).toMatch(/before you repeat it/);
      expect(emulator.control.journal.entries().length).toBe(1);
    }
  });

  it("returns an empty object where there is no body", async () => {
    const { pay, emulator } = payInProcess();
    const { call, platformKeyId } = await application(pay);
    emulator.control.faults.add({ kind: "empty" });
    expect(await payRequest(pay, call, { platformKeyId })).toEqual({});
  });

  const misuse: Record<string, [PayRequest, RegExp]> = {
    "an unknown method": [{ method: "FETCH", path: "/v3/x" }, /GET, POST, PUT/],
    "a path of v2": [{ method: "GET", path: "/pay/orderquery" }, /encoded path/],
    "a whole URL": [{ method: "GET", path: "https://evil.example/v3/x" }, /encoded path/],
    "a path that fetch would change": [{ method: "GET", path: "/v3/a/../b" }, /encoded path/],
    "a path that is not encoded": [{ method: "GET", path: "/v3/商户" }, /encoded path/],
    "a fragment": [{ method: "GET", path: "/v3/a#b" }, /encoded path/],
    "a body of bytes": [
      { method: "POST", path: "/v3/x", body: new Uint8Array(3) },
      /object or array for JSON, or a string/,
    ],
    "a body of form parameters": [
      { method: "POST", path: "/v3/x", body: new URLSearchParams("a=1") },
      /object or array for JSON, or a string/,
    ],
    "a body that is no JSON": [
      { method: "POST", path: "/v3/x", body: { toJSON: () => undefined } },
      /object or array for JSON, or a string/,
    ],
    "a query value that is not a number": [
      { method: "GET", path: "/v3/x", query: { a: Number.NaN } },
      /query\.a must be/,
    ],
    "a GET with a body": [{ method: "GET", path: "/v3/x", body: {} }, /no body/],
  };
  for (const [what, [call, message]] of Object.entries(misuse)) {
    it(`refuses ${what}`, async () => {
      const { pay, emulator } = payInProcess();
      await expect(payRequest(pay, call)).rejects.toThrow(TypeError);
      await expect(payRequest(pay, call)).rejects.toThrow(message);
      expect(emulator.control.journal.entries()).toEqual([]);
    });
  }
});

describe("sensitive fields", () => {
  it("are encrypted with a downloaded certificate where only the APIv3 key is known", async () => {
    const { mchid, serialNo, privateKey, apiV3Key } = credentials.pay;
    const { emulator } = payInProcess();
    const pay = createPayClient({ mchid, serialNo, privateKey, apiV3Key, fetch: emulator.fetch });
    const { call, platformKeyId } = await application(pay);
    await payRequest(pay, call, { platformKeyId });
    expect(emulator.control.applyments.length).toBe(1);
  });

  it("have a length that the key can take", async () => {
    const { pay } = payInProcess();
    expect((await encryptSensitive(pay, "a".repeat(214))).ciphertext.length).toBe(344);
    await expect(encryptSensitive(pay, "a".repeat(215))).rejects.toThrow(/215 bytes.*at most 214/);
    await expect(encryptSensitive(pay, "张".repeat(72))).rejects.toThrow(RangeError);
  });
});
