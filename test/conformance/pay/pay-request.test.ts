import { decryptSensitive, encryptSensitive, payRequest } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { application } from "../../support/application.ts";
import { payInProcess } from "../../support/pay.ts";

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

  it("does not trust an unsigned reply", async () => {
    const { pay, emulator } = payInProcess();
    const { call, platformKeyId } = await application(pay);
    emulator.control.faults.add({ kind: "missing-signature" });
    const forged = payRequest(pay, call, { platformKeyId });
    await expect(forged).rejects.toMatchObject({ code: "ERR_SIGNATURE", reason: "missing" });
  });
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
