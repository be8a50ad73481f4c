import { execFileSync } from "node:child_process";
import { createPublicKey, createVerify, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createEmulator, credentials } from "../../src/index.ts";
import {
  IMAGE_PATH,
  MP4,
  type Outcome,
  PNG,
  sha256,
  upload,
  VIDEO_PATH,
} from "./upload-request.ts";

const [publicKey, certificate] = credentials.pay.platformKeys as [
  { platformKeyId: string; key: string },
  { platformKeyId: string; key: string },
];

const signedMessage = ({ headers, text }: Outcome): string =>
  `${headers.get("wechatpay-timestamp")}\n${headers.get("wechatpay-nonce")}\n${text}\n`;

function verifies(outcome: Outcome, key: string): boolean {
  const signature = outcome.headers.get("wechatpay-signature") ?? "";
  return createVerify("RSA-SHA256").update(signedMessage(outcome)).verify(key, signature, "base64");
}

describe("a good upload", () => {
  it.each([
    ["image", IMAGE_PATH, "商户.png", PNG, "media_id"],
    ["video", VIDEO_PATH, "a.mp4", MP4, "media_id"],
    ["marketing picture", "/v3/marketing/favor/media/image-upload", "a.png", PNG, "media_url"],
    ["feedback picture", "/v3/merchant-service/images/upload", "a.png", PNG, "media_id"],
  ])("%s is answered with its id", async (_, path, filename, file, field) => {
    const { fetch, control } = createEmulator();
    const outcome = await upload(fetch, { path, filename, file });
    expect(outcome.status).toBe(200);
    expect(Object.keys(outcome.json)).toEqual([field]);
    expect(control.payMedia).toMatchObject([
      { filename, sha256: sha256(file), size: file.length, mchid: credentials.pay.mchid, path },
    ]);
    expect(Buffer.from(control.payMedia[0]?.bytes ?? []).equals(file)).toBe(true);
    const answered = field as "media_id" | "media_url";
    expect(outcome.json[answered]).toBe(control.payMedia[0]?.[answered]);
  });

  it("gets a new media_id of 107 letters each time", async () => {
    const { fetch } = createEmulator();
    const first = await upload(fetch);
    const second = await upload(fetch);
    expect(first.json.media_id).toMatch(/^[A-Za-z0-9_-]{107}$/);
    expect(second.json.media_id).toMatch(/^[A-Za-z0-9_-]{107}$/);
    expect(second.json.media_id).not.toBe(first.json.media_id);
  });

  it.each([
    "https://api2.mch.weixin.qq.com",
    "https://apihk.mch.weixin.qq.com",
    "http://127.0.0.1:1",
  ])("goes to %s as well, as the host is not signed", async (origin) => {
    const { fetch } = createEmulator();
    expect((await upload(fetch, {}, origin)).status).toBe(200);
  });

  it("signs the query as part of the URL", async () => {
    const { fetch } = createEmulator();
    const path = `${IMAGE_PATH}?a=%7Bb%7D`;
    expect((await upload(fetch, { path })).status).toBe(200);
  });

  it("keeps digests alone when told so", async () => {
    const { fetch, control } = createEmulator({ storage: "digests" });
    await upload(fetch);
    expect(control.payMedia[0]?.bytes).toBeUndefined();
    expect(control.payMedia[0]?.size).toBe(PNG.length);
  });
});

describe("the signature of a reply", () => {
  it("is made with the platform certificate unless asked otherwise", async () => {
    const outcome = await upload(createEmulator().fetch);
    expect(outcome.headers.get("wechatpay-serial")).toBe(certificate.platformKeyId);
    expect(verifies(outcome, certificate.key)).toBe(true);
    expect(verifies(outcome, publicKey.key)).toBe(false);
  });

  it.each([publicKey, certificate])("is made with $id when the client asks for it", async (key) => {
    const outcome = await upload(createEmulator().fetch, {
      headers: { "wechatpay-serial": key.platformKeyId },
    });
    expect(outcome.headers.get("wechatpay-serial")).toBe(key.platformKeyId);
    expect(outcome.headers.get("wechatpay-signature-type")).toBe("WECHATPAY2-SHA256-RSA2048");
    expect(verifies(outcome, key.key)).toBe(true);
  });

  it("is made with the key of the options where the client asks for none", async () => {
    const outcome = await upload(createEmulator({ replyKeyId: publicKey.platformKeyId }).fetch);
    expect(outcome.headers.get("wechatpay-serial")).toBe(publicKey.platformKeyId);
  });

  it("verifies with the openssl command", async () => {
    const outcome = await upload(createEmulator().fetch, {
      headers: { "wechatpay-serial": publicKey.platformKeyId },
    });
    const folder = mkdtempSync(join(tmpdir(), "emulator-"));
    const file = (name: string, content: string | Uint8Array): string => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const signature = Buffer.from(outcome.headers.get("wechatpay-signature") ?? "", "base64");
    const said = execFileSync("openssl", [
      "dgst",
      "-sha256",
      "-verify",
      file("key.pem", publicKey.key),
      "-signature",
      file("signature", signature),
      file("message", signedMessage(outcome)),
    ]);
    rmSync(folder, { recursive: true });
    expect(said.toString().trim()).toBe("Verified OK");
  });

  it("carries the clock of the emulator", async () => {
    const now = Date.parse("2031-05-06T07:08:09Z");
    const outcome = await upload(createEmulator({ now: () => now }).fetch, {
      timestamp: now / 1000,
    });
    expect(outcome.headers.get("wechatpay-timestamp")).toBe(String(now / 1000));
  });

  it.each([
    [400, { filename: "a.txt" }, {}],
    [403, {}, { permissions: [] }],
    [429, {}, { dailyLimit: 0 }],
    [429, {}, { perSecondLimit: 0 }],
  ])("is there with an error (%i) to a signed request: %o %o", async (status, options, limits) => {
    const merchants = [{ mchid: credentials.pay.mchid, ...limits }];
    const { fetch } = createEmulator({ merchants });
    for (const key of [certificate, publicKey]) {
      const headers = { "wechatpay-serial": key.platformKeyId };
      const outcome = await upload(fetch, { ...options, headers });
      expect(outcome.status).toBe(status);
      expect(outcome.headers.get("wechatpay-serial")).toBe(key.platformKeyId);
      expect(verifies(outcome, key.key)).toBe(true);
      expect(outcome.headers.get("request-id")).toMatch(/^08[0-9A-F]{36}-0$/);
    }
  });

  it.each([
    [401, { signedBody: "x" }],
    [401, { mchid: "1900000000" }],
    [400, { headers: { accept: null, "user-agent": null } }],
    [404, { path: "/v3/nothing" }],
  ])("is missing from an error (%i) to %o", async (status, options) => {
    const outcome = await upload(createEmulator().fetch, options);
    expect(outcome.status).toBe(status);
    expect(outcome.headers.has("wechatpay-signature")).toBe(false);
    expect(outcome.headers.get("request-id")).toMatch(/^08[0-9A-F]{36}-0$/);
  });
});

describe("the demo credentials", () => {
  it("have the certificates' own serial numbers and last until 2050", () => {
    const platform = new X509Certificate(certificate.key);
    expect(platform.serialNumber).toBe(certificate.platformKeyId);
    expect(new Date(platform.validTo).getUTCFullYear()).toBe(2050);
    expect(credentials.pay.serialNo).toMatch(/^[0-9A-F]{40}$/);
    expect(publicKey.platformKeyId).toMatch(/^PUB_KEY_ID_\d{34}$/);
  });

  it("are RSA keys of 2048 bits and an APIv3 key of 32 bytes", () => {
    for (const { key } of credentials.pay.platformKeys) {
      expect(createPublicKey(key).asymmetricKeyDetails?.modulusLength).toBe(2048);
    }
    expect(Buffer.byteLength(credentials.pay.apiV3Key)).toBe(32);
  });
});
