import { createPayClient, encryptSensitive, PayApiError, payRequest } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";

const { apiV3Key, platformKeys, ...identity } = credentials.pay;
const publicKeys = platformKeys.filter(({ platformKeyId }) => platformKeyId.startsWith("PUB"));
const certificates = platformKeys.filter(({ platformKeyId }) => !platformKeyId.startsWith("PUB"));
const [publicKey] = publicKeys;
const [certificate] = certificates;

/** A client whose merchant has applied for the public key and not pressed 更换, or has (`mode`). */
function setUp(keys: object, mode: "certificates" | "both" | "public-key") {
  const emulator = createEmulator({ platformMode: mode });
  const pay = createPayClient({ ...identity, ...keys, fetch: emulator.fetch, retry: false });
  const encryptedWith = async (): Promise<string> =>
    (await encryptSensitive(pay, "张三")).platformKeyId;
  const apply = async (): Promise<unknown> => {
    const { ciphertext, platformKeyId } = await encryptSensitive(pay, "张三");
    const body = { contact_info: { contact_name: ciphertext }, business_code: "1" };
    const request = { method: "POST", path: "/v3/applyment4sub/applyment/", body };
    return payRequest(pay, request, { platformKeyId }).catch((error: unknown) => error);
  };
  const ask = (): Promise<unknown> =>
    payRequest(pay, { method: "GET", path: "/v3/applyment4sub/applyment/business_code/1" }).catch(
      (error: unknown) => error,
    );
  return { emulator, encryptedWith, apply, ask };
}

describe("the key that encrypts sensitive fields", () => {
  it.each([
    ["an apiV3Key", { platformKeys: publicKeys, apiV3Key }],
    ["a certificate, given first", { platformKeys: [...certificates, ...publicKeys] }],
    ["a certificate, given last", { platformKeys: [...publicKeys, ...certificates] }],
  ])("is the certificate once an answer was signed with one: %s", async (_, keys) => {
    const { encryptedWith, ask } = setUp(keys, "certificates");
    await ask();
    expect(await encryptedWith()).toBe(certificate?.platformKeyId);
  });

  it("is the certificate after WeChat Pay has refused the public key", async () => {
    const { apply, encryptedWith } = setUp({ platformKeys: publicKeys, apiV3Key }, "certificates");
    const refused = await apply();
    expect(refused).toBeInstanceOf(PayApiError);
    expect(String(refused)).toContain("pass apiV3Key too, and encrypt again");
    expect(await encryptedWith()).toBe(certificate?.platformKeyId);
    // What is left to say against it is no longer the key.
    expect(String(await apply())).not.toContain("Wechatpay-Serial");
  });

  it.each([
    ["both kinds are in use", "both"],
    ["the certificates are retired", "public-key"],
  ] as const)("is the public key where %s", async (_, mode) => {
    const { encryptedWith, ask } = setUp({ platformKeys: publicKeys, apiV3Key }, mode);
    expect(await encryptedWith()).toBe(publicKey?.platformKeyId);
    await ask();
    expect(await encryptedWith()).toBe(publicKey?.platformKeyId);
  });

  it("is the public key again once 更换 is pressed", async () => {
    const { emulator, encryptedWith, ask } = setUp(
      { platformKeys: publicKeys, apiV3Key },
      "certificates",
    );
    await ask();
    emulator.control.platform.setMode("both");
    expect(await encryptedWith()).toBe(certificate?.platformKeyId);
    await ask();
    expect(await encryptedWith()).toBe(publicKey?.platformKeyId);
  });

  it("is the public key where there is no other", async () => {
    const { encryptedWith, ask } = setUp({ platformKeys: publicKeys }, "certificates");
    await ask();
    expect(await encryptedWith()).toBe(publicKey?.platformKeyId);
  });
});
