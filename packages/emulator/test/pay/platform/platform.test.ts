import { describe, expect, it } from "vitest";
import { createEmulator, credentials, type PlatformMode } from "../../../src/index.ts";
import { call, openAll, signedBy } from "../signed-call.ts";
import { upload } from "../upload-request.ts";

const PATH = "/v3/certificates";
const WRONG_SERIAL = [400, "平台证书序列号Wechatpay-Serial错误"];
const YEAR = 365 * 86_400_000;
const [publicKey, first] = credentials.pay.platformKeys as [
  { platformKeyId: string; key: string },
  { platformKeyId: string; key: string },
];

function started() {
  const { fetch, control } = createEmulator();
  return {
    fetch,
    control,
    platform: control.platform,
    signer: async (asked?: string) => {
      const headers = asked === undefined ? {} : { "wechatpay-serial": asked };
      return (await upload(fetch, { headers })).headers.get("wechatpay-serial");
    },
    /** The answer to a call with encrypted fields. */
    encrypted: async (asked: string) => {
      const headers = { "wechatpay-serial": asked };
      const path = "/v3/applyment4sub/applyment/";
      const { status, json } = await call(fetch, path, { method: "POST", body: "{}", headers });
      return [status, json.message];
    },
  };
}

describe("a rotation", () => {
  it("lists, then signs, then drops", async () => {
    const now = 1_800_000_000_999;
    const { fetch, control } = createEmulator({ now: () => now });
    const { platform } = control;
    const timestamp = () => Math.floor(control.clock.now() / 1000);
    const download = () => call(fetch, PATH, { timestamp: timestamp() });
    const before = { effectiveTime: 1_800_000_000_000 - YEAR };
    expect(platform.certificates()).toEqual([
      {
        platformKeyId: first.platformKeyId,
        ...before,
        expireTime: before.effectiveTime + 5 * YEAR,
        listed: true,
        signing: true,
      },
    ]);
    control.clock.advance(3_600_000);
    const next = platform.announce();
    expect(platform.certificates()[1]).toEqual({
      platformKeyId: next,
      effectiveTime: 1_800_003_600_000,
      expireTime: 1_800_003_600_000 + 5 * YEAR,
      listed: true,
      signing: false,
    });
    const announced = await download();
    expect([...openAll(announced).keys()]).toEqual([first.platformKeyId, next]);
    expect(announced.serial).toBe(first.platformKeyId);
    platform.activate();
    const activated = await download();
    const opened = openAll(activated);
    expect([...opened.keys()]).toEqual([first.platformKeyId, next]);
    expect(activated.serial).toBe(next);
    expect(signedBy(activated, opened.get(next) ?? "")).toBe(true);
    platform.retire(first.platformKeyId);
    expect([...openAll(await download()).keys()]).toEqual([next]);
    expect(platform.certificates().map(({ listed, signing }) => [listed, signing])).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it("signs with a listed one that is named", async () => {
    const { platform, signer } = started();
    const second = platform.announce();
    const third = platform.announce();
    platform.activate();
    expect(await signer()).toBe(third);
    platform.activate(second);
    expect(await signer()).toBe(second);
    expect(await signer(first.platformKeyId)).toBe(first.platformKeyId);
  });

  it("refuses a call encrypted for a certificate that is not listed, and no other", async () => {
    const { platform, fetch, signer, encrypted } = started();
    const second = platform.announce();
    platform.retire(first.platformKeyId);
    expect(await encrypted(first.platformKeyId)).toEqual(WRONG_SERIAL);
    expect(await signer(first.platformKeyId)).toBe(second);
    const asked = await upload(fetch, { headers: { "wechatpay-serial": second } });
    expect(asked.status).toBe(200);
  });

  it("goes on with the newest when the signing one is retired", async () => {
    const { platform, signer } = started();
    platform.announce();
    const third = platform.announce();
    platform.retire(first.platformKeyId);
    expect(await signer()).toBe(third);
  });

  it("lets all that are listed sign in turn", async () => {
    const { platform, signer } = started();
    const second = platform.announce();
    platform.alternate(true);
    expect(platform.certificates().map(({ signing }) => signing)).toEqual([true, true]);
    const signers = [
      await signer(),
      await signer(),
      await signer(first.platformKeyId),
      await signer(),
    ];
    expect(signers).toEqual([first.platformKeyId, second, first.platformKeyId, second]);
    expect(await signer(publicKey.platformKeyId)).toBe(publicKey.platformKeyId);
    platform.alternate(false);
    expect([await signer(), await signer()]).toEqual([first.platformKeyId, first.platformKeyId]);
  });

  it("has four certificates", () => {
    const { platform } = started();
    const serials = [
      first.platformKeyId,
      platform.announce(),
      platform.announce(),
      platform.announce(),
    ];
    expect(new Set(serials).size).toBe(4);
    expect(() => platform.announce()).toThrow("All 4 demo certificates have been announced");
  });
});

describe("the switch to the public key", () => {
  it.each([
    [0, 0],
    [0.1, 1],
    [0.29, 2],
    [0.5, 5],
    [1, 10],
  ])("share %d signs %i of the first 10", async (share, count) => {
    const { platform, signer } = started();
    platform.setPublicKeyShare(share);
    const signers: (string | null)[] = [];
    for (let i = 0; i < 10; i++) signers.push(await signer());
    expect(signers.filter((id) => id === publicKey.platformKeyId)).toHaveLength(count);
    expect(signers.filter((id) => id === first.platformKeyId)).toHaveLength(10 - count);
  });

  it("spares and does not count who asks for a key", async () => {
    const { platform, signer } = started();
    platform.setPublicKeyShare(0.5);
    const asked = [
      undefined,
      first.platformKeyId,
      publicKey.platformKeyId,
      undefined,
      first.platformKeyId,
    ];
    const signers: (string | null)[] = [];
    for (const id of asked) signers.push(await signer(id));
    expect(signers).toEqual([
      first.platformKeyId,
      first.platformKeyId,
      publicKey.platformKeyId,
      publicKey.platformKeyId,
      first.platformKeyId,
    ]);
  });

  it("counts signed replies alone, among them errors", async () => {
    const { platform, signer, fetch } = started();
    platform.setPublicKeyShare(0.5);
    expect((await upload(fetch, { signedBody: "x" })).status).toBe(401);
    expect((await upload(fetch, { filename: "a.txt" })).status).toBe(400);
    expect([await signer(), await signer()]).toEqual([
      publicKey.platformKeyId,
      first.platformKeyId,
    ]);
  });

  it("overrides the key of the options", async () => {
    const { fetch, control } = createEmulator({ replyKeyId: publicKey.platformKeyId });
    const signer = async () => (await upload(fetch)).headers.get("wechatpay-serial");
    expect(await signer()).toBe(publicKey.platformKeyId);
    control.platform.setPublicKeyShare(0);
    expect(await signer()).toBe(first.platformKeyId);
  });
});

describe("the mode", () => {
  it("public-key has no certificates, and the documented answer that says so", async () => {
    const { fetch, platform, signer, encrypted } = started();
    platform.setMode("public-key");
    expect(platform.mode).toBe("public-key");
    for (const path of [PATH, "/v3/global/certificates", "/hk/v3/certificates"]) {
      const { status, json, headers } = await call(fetch, path);
      expect(status).toBe(404);
      expect(json).toEqual({
        code: "RESOURCE_NOT_EXISTS",
        message:
          "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。可查看指引https://pay.weixin.qq.com/docs/merchant/products/platform-certificate/wxp-pub-key-guide.html",
      });
      expect(headers.get("wechatpay-serial")).toBe(publicKey.platformKeyId);
    }
    expect((await call(fetch, PATH, { signedBody: "x" })).status).toBe(401);
    expect([await signer(), await signer(publicKey.platformKeyId)]).toEqual([
      publicKey.platformKeyId,
      publicKey.platformKeyId,
    ]);
    expect(await encrypted(first.platformKeyId)).toEqual(WRONG_SERIAL);
    expect(await signer(first.platformKeyId)).toBe(publicKey.platformKeyId);
    expect(platform.certificates()[0]?.signing).toBe(false);
  });

  it("certificates knows of no public key", async () => {
    const { fetch, platform, signer, encrypted } = started();
    platform.setMode("certificates");
    platform.setPublicKeyShare(1);
    expect(await encrypted(publicKey.platformKeyId)).toEqual(WRONG_SERIAL);
    expect(await signer(publicKey.platformKeyId)).toBe(first.platformKeyId);
    expect(await signer()).toBe(first.platformKeyId);
    const download = await call(fetch, PATH, {
      headers: { "wechatpay-serial": publicKey.platformKeyId },
    });
    expect([download.status, download.serial]).toEqual([200, first.platformKeyId]);
  });
});

describe("control.platform", () => {
  it("is as new after a reset", async () => {
    const { control, platform, signer } = started();
    const second = platform.announce();
    platform.activate();
    platform.retire(first.platformKeyId);
    platform.alternate(true);
    platform.setPublicKeyShare(1);
    platform.setMode("certificates");
    expect(await signer()).toBe(second);
    control.reset();
    expect(platform.mode).toBe("both");
    expect(platform.certificates()).toMatchObject([
      { platformKeyId: first.platformKeyId, listed: true, signing: true },
    ]);
    expect([await signer(), await signer()]).toEqual([first.platformKeyId, first.platformKeyId]);
    expect(platform.announce()).toBe(second);
  });

  it("refuses what cannot be", () => {
    const { platform } = started();
    expect(() => platform.setMode("x" as PlatformMode)).toThrow(/^mode is "x"; it must be one of/);
    expect(() => platform.activate("x")).toThrow(
      `platformKeyId is "x"; it must be one of the listed certificates: ${first.platformKeyId}.`,
    );
    expect(() => platform.retire("x")).toThrow(/^platformKeyId is "x"/);
    expect(() => platform.retire(first.platformKeyId)).toThrow(/is the only listed certificate/);
    expect(() => platform.setPublicKeyShare(1.1)).toThrow(/^publicKeyShare is 1.1/);
    expect(() => platform.setPublicKeyShare("1" as never)).toThrow(/^publicKeyShare is "1"/);
    expect(() => platform.alternate("on" as never)).toThrow(/^alternate is "on"/);
    expect(platform.certificates()).toHaveLength(1);
  });
});

describe("the Date of a reply", () => {
  const now = Date.parse("2031-05-06T07:08:09.999Z");
  const date = "Tue, 06 May 2031 07:08:09 GMT";
  const timestamp = Math.floor(now / 1000);

  it.each([
    ["200", PATH, { timestamp }, 200],
    ["401", PATH, { timestamp: timestamp - 301 }, 401],
    ["404", "/v3/nothing", { timestamp }, 404],
    ["405", PATH, { timestamp, method: "PUT" }, 405],
  ])("is the emulator's own on a %s", async (_, path, options, status) => {
    const outcome = await call(createEmulator({ now: () => now }).fetch, path, options);
    expect([outcome.status, outcome.headers.get("date")]).toEqual([status, date]);
  });

  it("is that of the answer, on faults too", async () => {
    const emulator = createEmulator({
      now: () => now - 60_000,
      sleep: async (ms) => emulator.control.clock.advance(ms),
      faults: [{ kind: "delay", ms: 60_000 }, { kind: "html" }],
    });
    const outcome = await call(emulator.fetch, PATH);
    expect([outcome.status, outcome.headers.get("date")]).toEqual([502, date]);
  });
});
