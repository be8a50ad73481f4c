import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  createEmulator,
  credentials,
  type EmulatorOptions,
  merchantCertificate,
} from "../src/index.ts";
import { upload } from "./pay/upload-request.ts";

const { mchid, serialNo } = credentials.pay;
const [publicKey, certificate] = credentials.pay.platformKeys.map((key) => key.platformKeyId) as [
  string,
  string,
];
const { publicKey: strange } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

describe("options that contradict each other are refused:", () => {
  it.each([
    [
      { replyKeyId: certificate, platformMode: "public-key" },
      `replyKeyId is ${certificate}, which platformMode "public-key" does not use`,
    ],
    [
      { replyKeyId: publicKey, platformMode: "certificates" },
      `replyKeyId is ${publicKey}, which platformMode "certificates" does not use`,
    ],
    [
      { merchants: [{ mchid: "1900000109" }, { mchid: "1900000109", publicKey: strange }] },
      'merchants[1].mchid is "1900000109", as in merchants[0]; each must be given once.',
    ],
    [
      { merchants: [{ mchid, certificate: merchantCertificate, publicKey: strange }] },
      "merchants[0].publicKey is not the key of merchants[0].certificate",
    ],
    [
      { merchants: [{ mchid, certificate: merchantCertificate, serialNo: "1234" }] },
      `merchants[0].serialNo is "1234"; it must be that of the certificate, ${serialNo}, or left out.`,
    ],
    [
      { accounts: [{ appid: "wx00000000000000aa" }, { appid: "wx00000000000000aa" }] },
      'accounts[1].appid is "wx00000000000000aa", as in accounts[0]; each must be given once.',
    ],
    [{ limits: { picture: 5 } }, 'limits has no "picture"'],
  ] as [EmulatorOptions, string][])("%# %o", (options, message) => {
    expect(() => createEmulator(options)).toThrow(message);
    const { control } = createEmulator();
    expect(() => control.setOptions(options)).toThrow(message);
  });

  it.each([
    { replyKeyId: certificate, platformMode: "certificates" },
    { replyKeyId: publicKey, platformMode: "public-key" },
    { replyKeyId: publicKey, platformMode: "both" },
    { merchants: [{ mchid, certificate: merchantCertificate, serialNo: serialNo.toLowerCase() }] },
    { merchants: [{ mchid: "1900000109", certificate: merchantCertificate }] },
  ] as EmulatorOptions[])("%o is fine", async (options) => {
    expect((await upload(createEmulator(options).fetch)).status).toBe(200);
  });
});

it("the mode of the platform keys is an option, which a reset restores", async () => {
  const { fetch, control } = createEmulator({ platformMode: "public-key" });
  const signer = async () => (await upload(fetch)).headers.get("wechatpay-serial");
  expect([control.platform.mode, await signer()]).toEqual(["public-key", publicKey]);
  control.platform.setMode("certificates");
  expect(await signer()).toBe(certificate);
  control.reset();
  expect(await signer()).toBe(publicKey);
});
