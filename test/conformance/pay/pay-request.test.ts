import {
  createPayClient,
  decryptSensitive,
  encryptSensitive,
  type PayRequest,
  payRequest,
} from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { media } from "../../support/media.ts";
import { failure } from "../../support/mp.ts";
import { payInProcess } from "../../support/pay.ts";

/** The application that a licence is uploaded for. */
async function application(pay: ReturnType<typeof payInProcess>["pay"], name = "张三") {
  const { media_id } = await uploadImage(pay, await media("营业执照.jpg"));
  const { ciphertext, platformKeyId } = await encryptSensitive(pay, name);
  const body = {
    business_code: "APPLYMENT_0001",
    contact_info: { contact_name: ciphertext },
    subject_info: { business_license_info: { license_copy: media_id } },
  };
  return { call: { method: "POST", path: "/v3/applyment4sub/applyment/", body }, platformKeyId };
}

describe("payRequest", () => {
  it("[payimage.12] submits an application with an uploaded licence and an encrypted name", async () => {
    const { pay, emulator } = payInProcess();
    const { call, platformKeyId } = await application(pay);
    const { applyment_id } = await payRequest(pay, call, { platformKeyId });
    expect(emulator.control.applyments).toEqual([
      expect.objectContaining({
        applyment_id,
        business_code: "APPLYMENT_0001",
        contact_name: "张三",
        license_copy: call.body.subject_info.business_license_info.license_copy,
      }),
    ]);
  });

  it("decrypts what WeChat Pay encrypted for the merchant", async () => {
    const { pay } = payInProcess();
    const { call, platformKeyId } = await application(pay, "欧阳娜娜");
    await payRequest(pay, call, { platformKeyId });
    const path = "/v3/applyment4sub/applyment/business_code/APPLYMENT_0001";
    const reply = JSON.stringify(await payRequest(pay, { method: "GET", path }));
    const [ciphertext = ""] = /[A-Za-z0-9+/]{342}==/.exec(reply) ?? [];
    expect(await decryptSensitive(pay, ciphertext)).toBe("欧阳娜娜");
  });

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

  it("signs a string body as it is, and an object as it is written once", async () => {
    const sent: string[] = [];
    const { emulator } = payInProcess();
    const { pay } = payInProcess({
      fetch: async (input, init) => {
        sent.push(await new Response(init?.body ?? null).text());
        return emulator.fetch(input, init);
      },
    });
    const path = "/v3/applyment4sub/applyment/";
    for (const body of ['{ "business_code" :1}', { business_code: "中文" }]) {
      const refused = payRequest(pay, { method: "POST", path, body });
      await expect(refused).rejects.toMatchObject({ status: 400 }); // and not 401
    }
    expect(sent).toEqual(['{ "business_code" :1}', '{"business_code":"中文"}']);
  });

  it("encodes the query once and signs what goes out", async () => {
    const urls: string[] = [];
    const { emulator } = payInProcess();
    const { pay } = payInProcess({
      fetch: (input, init) => {
        urls.push(input);
        return emulator.fetch(input, init);
      },
    });
    const query = { a: "1 + 1 = 2 & 'so' on/中文%20", b: 7, c: true, d: undefined };
    const path = "/v3/applyment4sub/applyment/business_code/NONE";
    const missing = payRequest(pay, { method: "GET", path, query });
    await expect(missing).rejects.toMatchObject({ status: 404 }); // and not 401
    const [url = ""] = urls;
    expect(new URL(url).href).toBe(url);
    expect([...new URL(url).searchParams]).toEqual([
      ["a", "1 + 1 = 2 & 'so' on/中文%20"],
      ["b", "7"],
      ["c", "true"],
    ]);
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

  it("does not trust an unsigned reply", async () => {
    const { pay, emulator } = payInProcess();
    const { call, platformKeyId } = await application(pay);
    emulator.control.faults.add({ kind: "missing-signature" });
    const forged = payRequest(pay, call, { platformKeyId });
    await expect(forged).rejects.toMatchObject({ code: "ERR_SIGNATURE", reason: "missing" });
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
  it("are encrypted with the public key first, with the newest certificate else", async () => {
    const { pay } = payInProcess();
    expect((await encryptSensitive(pay, "张三")).platformKeyId).toMatch(/^PUB_KEY_ID_/);
    const certificates = credentials.pay.platformKeys.filter(
      ({ platformKeyId }) => !platformKeyId.startsWith("PUB_KEY_ID_"),
    );
    const { pay: other } = payInProcess({ platformKeys: certificates });
    expect((await encryptSensitive(other, "张三")).platformKeyId).toBe(
      certificates[0]?.platformKeyId,
    );
  });

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

  it("cannot be encrypted or decrypted with a CryptoKey, and the error says why", async () => {
    const pair = await crypto.subtle.generateKey(
      {
        name: "RSASSA-PKCS1-v1_5",
        hash: "SHA-256",
        modulusLength: 2048,
        publicExponent: new Uint8Array([1, 0, 1]),
      },
      false,
      ["sign", "verify"],
    );
    const { pay } = payInProcess({
      privateKey: pair.privateKey,
      platformKeys: [{ platformKeyId: "PUB_KEY_ID_1", key: pair.publicKey }],
    });
    await expect(encryptSensitive(pay, "张三")).rejects.toThrow(
      /usage verify.*not .*encrypt.*as a PEM string/,
    );
    await expect(decryptSensitive(pay, "AAAA")).rejects.toThrow(
      /usage sign.*not .*decrypt.*as a PEM string/,
    );
  });

  it("that are not for this merchant, or no base64, are a KeyError", async () => {
    const { pay } = payInProcess();
    const { ciphertext } = await encryptSensitive(pay, "张三"); // for WeChat Pay, not for us
    await expect(decryptSensitive(pay, ciphertext)).rejects.toMatchObject({ code: "ERR_KEY" });
    await expect(decryptSensitive(pay, "no base64!")).rejects.toMatchObject({ code: "ERR_KEY" });
  });
});
