import { describe, expect, it } from "vitest";
import { createEmulator, credentials } from "../../src/index.ts";
import { signedBy } from "./signed-call.ts";
import { upload } from "./upload-request.ts";

// What widely used clients send, and WeChat Pay takes.

const [publicKey, certificate] = credentials.pay.platformKeys as [
  { platformKeyId: string; key: string },
  { platformKeyId: string; key: string },
];
const { serialNo } = credentials.pay;

describe("serial_no", () => {
  it.each([
    ["lower case, as Node's X509Certificate of old and wechatpay-node-v3", serialNo.toLowerCase()],
    ["some of both", serialNo.slice(0, 20).toLowerCase() + serialNo.slice(20)],
    ["upper case", serialNo],
  ])("may be in %s", async (_, written) => {
    expect((await upload(createEmulator().fetch, { serialNo: written })).status).toBe(200);
  });

  it("that a merchant was seeded with may be in lower case as well", async () => {
    const merchants = [{ mchid: credentials.pay.mchid, serialNo: serialNo.toLowerCase() }];
    expect((await upload(createEmulator({ merchants }).fetch)).status).toBe(200);
  });

  it.each([`0${serialNo}`, serialNo.slice(1), "0".repeat(40)])(
    "must be %s's own",
    async (other) => {
      const { status, json } = await upload(createEmulator().fetch, { serialNo: other });
      expect([status, json.message]).toEqual([401, "商户证书序列号有误。"]);
    },
  );
});

describe("Wechatpay-Serial of an upload, which encrypts nothing", () => {
  it.each([
    ["empty, as gopay", ""],
    ["a blank", " "],
    ["the merchant's own, as tnwx", serialNo],
    ["unknown", "0".repeat(40)],
    ["the name of another public key", "PUB_KEY_ID_1"],
    ["the certificate in lower case", certificate.platformKeyId.toLowerCase()],
  ])("may be %s", async (_, asked) => {
    const outcome = await upload(createEmulator().fetch, {
      headers: { "wechatpay-serial": asked },
    });
    expect(outcome.status).toBe(200);
    expect(outcome.headers.get("wechatpay-serial")).toBe(certificate.platformKeyId);
    expect(signedBy(outcome, certificate.key)).toBe(true);
  });

  it.each(["", serialNo, "0".repeat(40)])(
    "that names no key (%o) leaves replyKeyId",
    async (asked) => {
      const { fetch } = createEmulator({ replyKeyId: publicKey.platformKeyId });
      const outcome = await upload(fetch, { headers: { "wechatpay-serial": asked } });
      expect(outcome.headers.get("wechatpay-serial")).toBe(publicKey.platformKeyId);
    },
  );

  it("may ask for the public key before the switch, and is answered with the certificate", async () => {
    const { fetch, control } = createEmulator();
    control.platform.setMode("certificates");
    const outcome = await upload(fetch, {
      headers: { "wechatpay-serial": publicKey.platformKeyId },
    });
    expect(outcome.status).toBe(200);
    expect(outcome.headers.get("wechatpay-serial")).toBe(certificate.platformKeyId);
    expect(signedBy(outcome, certificate.key)).toBe(true);
    expect(control.payMedia).toHaveLength(1);
  });

  it("may ask for a certificate after the switch, and is answered with the public key", async () => {
    const { fetch, control } = createEmulator();
    control.platform.setMode("public-key");
    const outcome = await upload(fetch, {
      headers: { "wechatpay-serial": certificate.platformKeyId },
    });
    expect([outcome.status, signedBy(outcome, publicKey.key)]).toEqual([200, true]);
  });
});

describe("a body that says it is chunked", () => {
  const status = async (chunked?: "refuse" | "accept" | { pay?: "refuse"; mp?: "accept" }) => {
    const { fetch } = createEmulator(chunked === undefined ? {} : { chunked });
    const headers = { "transfer-encoding": "chunked" };
    const mp = await fetch("https://api.weixin.qq.com/cgi-bin/token", { headers });
    return [(await upload(fetch, { headers })).status, mp.status];
  };

  it("is taken by WeChat Pay and refused by the Official Account", async () => {
    expect(await status()).toEqual([200, 412]);
  });

  it("is taken or refused as told, by each or both", async () => {
    expect(await status("refuse")).toEqual([412, 412]);
    expect(await status("accept")).toEqual([200, 200]);
    expect(await status({ pay: "refuse" })).toEqual([412, 412]);
    expect(await status({ mp: "accept" })).toEqual([200, 200]);
    expect(await status({ pay: "refuse", mp: "accept" })).toEqual([412, 200]);
  });

  it.each([{}, { pay: "maybe" }, { both: "accept" }, "no"])("cannot be told %o", (chunked) => {
    expect(() => createEmulator({ chunked } as never)).toThrow(
      'it must be one of "refuse", "accept", or an object with pay, mp or both.',
    );
  });
});
