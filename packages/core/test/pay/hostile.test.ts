// What careless users and attackers hand in: no input hangs, costs much, or ends in an error of the wrong kind.

import {
  createPayClient,
  digest,
  encryptSensitive,
  type Fetch,
  type KeyValueStore,
  type PayClientOptions,
  payRequest,
} from "@wechat-edge/core";
import { checkPayClient } from "@wechat-edge/core/pay-doctor";
import { type RawNotification, readNotification } from "@wechat-edge/core/pay-notifications";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { type PayFileEndpoint, uploadPayFile } from "@wechat-edge/pay-media";
import { downloadPayFile } from "@wechat-edge/pay-media/downloads";
import { describe, expect, it } from "vitest";
import {
  answered,
  clientOf,
  type Emulator,
  joined,
  NOW,
  nothing,
  received,
  textOf,
} from "../../../../test/support/hostile-pay.ts";
import { expectTextRefused, longTexts } from "../../../../test/support/long-texts.ts";
import { failure } from "../../../../test/support/mp.ts";

const MILLION = 1_000_000;
const UNKNOWN = "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF";

const json = (body: object, init: ResponseInit = {}): Response => Response.json(body, init);

describe("a text of 200,000 characters is refused, and takes no time", () => {
  it.each(Object.entries(longTexts))("%s", (_, text) => expectTextRefused(text));

  it("a certificate whose subject has 300,000 bytes", () => {
    const der = (tag: number, content: Uint8Array): Uint8Array =>
      Uint8Array.of(tag, 0x83, content.length >> 16, content.length >> 8, content.length, ...[])
        .length === 5
        ? joined([
            Uint8Array.of(tag, 0x83, content.length >> 16, content.length >> 8, content.length),
            content,
          ])
        : content;
    const none = der(0x30, new Uint8Array());
    const subject = der(0x30, new Uint8Array(300_000));
    const tbs = der(0x30, joined([der(2, Uint8Array.of(5)), none, none, none, subject, none]));
    const key = der(0x30, joined([tbs, none, der(3, new Uint8Array())]));
    const platformKeys = [{ platformKeyId: "AB", key }];
    expect(() => createPayClient({ ...credentials.pay, platformKeys })).toThrow(
      expect.objectContaining({ code: "ERR_KEY" }),
    );
  });
});

describe("a forged notification", () => {
  it.each<[string, (given: RawNotification) => RawNotification]>([
    [
      "of arrays in arrays",
      (given) => ({ ...given, body: "[".repeat(30_000) + "]".repeat(30_000) }),
    ],
    [
      "of objects in objects",
      (given) => ({ ...given, body: `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}` }),
    ],
    ["of lone surrogates", (given) => ({ ...given, body: '{"id":"\\ud800","resource":{}}' })],
    ["of __proto__", (given) => ({ ...given, body: '{"__proto__":{"id":"1"},"resource":[]}' })],
  ])("%s is a mismatch", async (_, change) => {
    const emulator = createEmulator({ now: () => NOW });
    const forged = change(await received(emulator));
    expect(await failure(readNotification(clientOf(emulator), forged))).toMatchObject({
      code: "ERR_SIGNATURE",
      reason: "mismatch",
    });
  });

  it.each([
    ["text", "a".repeat(2 * MILLION), false],
    ["base64 of 48 MB", "A".repeat(64 * MILLION), true],
    ["what is not base64, of 64 MB", "*".repeat(64 * MILLION), true],
  ])("%s is too large, and is not decoded", async (_, body, isBase64Encoded) => {
    const request = { headers: {}, body, isBase64Encoded };
    expect(await failure(readNotification(clientOf(createEmulator()), request))).toMatchObject({
      reason: "too-large",
    });
  });

  it("is explained ten times a minute: each costs thirty verifications", async () => {
    const emulator = createEmulator({ now: () => NOW });
    let now = NOW;
    const pay = clientOf(emulator, { now: () => now });
    const given = await received(emulator, { fault: "rewritten" });
    const reasons: unknown[] = [];
    for (let i = 0; i < 12; i++) {
      reasons.push(((await failure(readNotification(pay, given))) as { reason?: unknown }).reason);
    }
    expect(reasons).toEqual([...Array(10).fill("rewritten"), "mismatch", "mismatch"]);
    now += 60_000;
    expect(await failure(readNotification(pay, given))).toMatchObject({ reason: "rewritten" });
    now -= 200_000; // a clock put back
    expect(await failure(readNotification(pay, given))).toMatchObject({ reason: "rewritten" });
  });

  it("brings one look at the cache in 5 seconds, however many unknown serial numbers come", async () => {
    const emulator = createEmulator({ now: () => NOW });
    let looks = 0;
    const certificateCache: KeyValueStore = {
      async get() {
        looks++;
        return undefined;
      },
      async set() {},
    };
    const pay = clientOf(emulator, { certificateCache });
    const { headers, body } = await received(emulator);
    for (let i = 10; i < 40; i++) {
      const forged = { headers: { ...headers, "wechatpay-serial": `${UNKNOWN}${i}` }, body };
      expect(await failure(readNotification(pay, forged))).toMatchObject({
        reason: "unknown-serial",
      });
    }
    expect(looks).toBe(1);
  });

  it.each(["serial", "timestamp"])(
    "with a long %s of many lines does not fill the log",
    async (name) => {
      const emulator = createEmulator({ now: () => NOW });
      const { headers, body } = await received(emulator);
      const value =
        name === "serial" ? `A\npassed\u001b[31m${"B".repeat(60_000)}` : "9".repeat(60_000);
      const forged = { headers: { ...headers, [`wechatpay-${name}`]: value }, body };
      const { message } = await failure(readNotification(clientOf(emulator), forged));
      expect(message.length).toBeLessThan(600);
      expect(message).not.toMatch(/\p{Cc}/u);
    },
  );

  it("about another merchant is refused, if its mchid is a number, too", async () => {
    const emulator = createEmulator({ now: () => NOW });
    const given = await received(emulator, { resource: { mchid: 1900000001 } });
    expect(await failure(readNotification(clientOf(emulator), given))).toMatchObject({
      reason: "merchant",
    });
  });
});

describe("the list of certificates", () => {
  it("is not taken from what a notification says, which is sealed with the same key", async () => {
    // Signed by nobody: the cache has no signature.
    const emulator = createEmulator({ now: () => NOW });
    emulator.control.platform.setMode("certificates");
    const { certificate, serial } = await platformCertificate(emulator);
    const { body } = await received(emulator, {
      resource: { mchid: "1", attach: `\n${certificate}\n` },
    });
    const { resource } = JSON.parse(body) as { resource: object };
    const data = [
      {
        serial_no: serial,
        expire_time: "2029-01-01T00:00:00+08:00",
        encrypt_certificate: resource,
      },
    ];
    const stored = { v: 1, fetchedAt: NOW - 1, body: JSON.stringify({ data }) };
    const certificateCache = { get: async () => stored, set: async () => undefined };
    let downloads = 0;
    const fetch: Fetch = (url, init) => {
      downloads += 1;
      return emulator.fetch(url, init);
    };
    const options = { certificateCache: certificateCache as unknown as KeyValueStore, fetch };
    const pay = clientOf(emulator, { ...options, platformKeys: undefined });
    await readNotification(pay, await received(emulator));
    expect(downloads).toBe(1);
  });
});

async function platformCertificate({ fetch }: Emulator) {
  const [, given] = credentials.pay.platformKeys;
  expect(fetch).toBeTypeOf("function");
  return { certificate: given?.key ?? "", serial: given?.platformKeyId ?? "" };
}

describe("a hostile reply", () => {
  it.each(["", " ", "5A3C0E9D71B84F269AC4434D7A2FC91246E6A1D8", "PUB_KEY_ID_9", "no id at all"])(
    "with the Wechatpay-Serial %j makes nothing encrypt with a key of its own",
    async (id) => {
      const emulator = createEmulator({ now: () => NOW });
      let forge = true;
      const fetch: Fetch = (url, init) =>
        forge
          ? Promise.resolve(json({}, { headers: { "wechatpay-serial": id } }))
          : emulator.fetch(url, init);
      const pay = clientOf(emulator, { fetch, retry: false });
      await failure(payRequest(pay, { method: "GET", path: "/v3/a" }));
      forge = false;
      const { platformKeyId } = await encryptSensitive(pay, "张三");
      const [publicKey, certificate] = credentials.pay.platformKeys;
      const isSerial = id.startsWith("5A");
      expect(platformKeyId).toBe((isSerial ? certificate : publicKey)?.platformKeyId);
    },
  );

  it("of a 401 with a long text of what was verified takes no time", async () => {
    const truncated_sign_message = `GET\n/v3/certificates\n${NOW / 1000}\nn\n${"\ufffd".repeat(300_000)}x\n`;
    const detail = { sign_information: { truncated_sign_message, sign_message_length: 1 } };
    const body = { code: "SIGN_ERROR", message: "错误的签名", detail };
    const pay = answered(() => json(body, { status: 401 }), { nonce: () => "n" });
    const request = { method: "GET", path: "/v3/certificates" };
    expect(await failure(payRequest(pay, request))).toMatchObject({ code: "ERR_PAY_API" });
  });

  it("is still explained if the clock counts microseconds", async () => {
    const body = { code: "SIGN_ERROR", message: "timestamp与发起请求的时间不得超过5分钟" };
    const date = new Date(NOW).toUTCString();
    const pay = answered(() => json(body, { status: 401, headers: { date } }), {
      now: () => NOW * 1e3,
    });
    const request = { method: "GET", path: "/v3/certificates" };
    expect(await failure(payRequest(pay, request))).toMatchObject({ code: "ERR_PAY_API" });
  });
});

describe("the doctor", () => {
  const passed = async (reply: () => Response, options: Partial<PayClientOptions> = {}) => {
    const { ok, checks, text } = await checkPayClient(answered(reply, options));
    return {
      ok,
      text,
      passed: checks.filter(({ state }) => state === "passed").map(({ name }) => name),
    };
  };

  it.each<[string, unknown]>([
    ["objects", { toString: 1, valueOf: 1 }],
    ["numbers", 5],
    ["lists", [[]]],
    ["null", null],
  ])("lives with serial numbers that are %s", async (_, serial_no) => {
    const { ok, passed: names } = await passed(() => json({ data: [{ serial_no }] }));
    expect({ ok, names }).toEqual({ ok: false, names: [] });
  });

  it("takes the word of nobody for it that there are no certificates", async () => {
    const body = { code: "RESOURCE_NOT_EXISTS", message: "无可用的平台证书" };
    const { passed: names } = await passed(() => json(body, { status: 404 }));
    expect(names).not.toContain("private-key");
    expect(names).not.toContain("certificate");
    expect(names).not.toContain("switch");
  });

  it("does not call the switch done for a signature that nobody verified", async () => {
    const headers = {
      "wechatpay-timestamp": `${NOW / 1000}`,
      "wechatpay-nonce": "n",
      "wechatpay-signature": "AAAA",
      "wechatpay-serial": `${UNKNOWN}10`,
    };
    const body = { code: "RESOURCE_NOT_EXISTS", message: "无可用的平台证书" };
    const { ok, passed: names } = await passed(() => json(body, { status: 404, headers }));
    expect(ok).toBe(false);
    expect(names).not.toContain("switch");
  });

  it("draws nothing from a 401 whose text it does not know", async () => {
    const body = { code: "SIGN_ERROR", message: "something new" };
    const { passed: names } = await passed(() => json(body, { status: 401 }));
    expect(names).toEqual(["network"]);
  });

  it("does not take an empty Wechatpay-Timestamp for 1970", async () => {
    const headers = { "wechatpay-timestamp": "" };
    const { text } = await passed(() =>
      json({ code: "A", message: "b" }, { status: 403, headers }),
    );
    expect(text).not.toContain("clock-fast");
    expect(text).not.toMatch(/seconds fast/);
  });

  it("shows a reply in one line, and not all of it", async () => {
    const message = `a\npassed  switch: all is well.\r\u2028\u001b[31m${"b".repeat(500_000)}`;
    const code = `C\n${"D".repeat(500_000)}`;
    const { text } = await passed(() => json({ code, message }, { status: 403 }));
    expect(text.split(/[\n\r\u2028]/)).toHaveLength(8);
    expect(text).not.toContain("\u001b");
    expect(text.length).toBeLessThan(5000);
  });
});

describe("a download", () => {
  const url = "https://api.mch.weixin.qq.com/v3/billdownload/file";
  const secret = "S3cret-token_of-the_download";

  it.each([
    ["once", `${url}?token=${secret}`],
    ["after a second question mark", `${url}?a=b?token=${secret}`],
  ])("never shows its token, which it has %s", async (_, download_url) => {
    const path = download_url.slice(download_url.indexOf("/v3"));
    const reply = (server: string) => {
      const truncated_sign_message = `GET\n${server}\n1\nn\n\n`;
      const detail = { sign_information: { truncated_sign_message, sign_message_length: 9 } };
      const message = `错误的签名 ${download_url}`;
      return json({ code: "SIGN_ERROR", message, detail }, { status: 401 });
    };
    for (const server of [path, path.replace("token", "token%20"), `/x${path}`]) {
      const pay = answered(() => reply(server));
      const error = await failure(downloadPayFile(pay, { download_url }));
      expect(error).toMatchObject({ code: "ERR_PAY_API", status: 401 });
      expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain(secret);
    }
    const broken = answered(() => {
      throw new TypeError(`error sending request for url (${download_url})`);
    });
    const error = await failure(downloadPayFile(broken, { download_url }));
    expect(`${error.message} ${error.stack} ${(error.cause as Error).stack}`).not.toContain(secret);
  });

  it("asks for the path as it is, if it begins with two slashes, too", async () => {
    const asked: string[] = [];
    const fetch: Fetch = async (address) => {
      asked.push(address);
      return new Response("a");
    };
    const pay = createPayClient({ ...credentials.pay, fetch, retry: false });
    const download_url = "https://api.mch.weixin.qq.com//evil.example/v3/a?b=c";
    await downloadPayFile(pay, { download_url });
    expect(asked).toEqual([download_url]);
  });
});

describe("a statement of another file", () => {
  it("is compared with the digest that the caller passed, too", async () => {
    const emulator = createEmulator({ now: () => NOW });
    emulator.control.platform.setMode("public-key");
    const content = "the file of yesterday, with its own statement";
    const sha1 = await digest(new TextEncoder().encode(content), "SHA-1");
    const { headers } = await received(emulator, { body: JSON.stringify({ sha1 }) });
    const signature = ["timestamp", "nonce", "signature", "serial"].map(
      (name): [string, string] => [`wechatpay-${name}`, headers[`wechatpay-${name}`] ?? ""],
    );
    const client = () =>
      answered(
        () =>
          new Response(content, {
            headers: { ...Object.fromEntries(signature), "wechatpay-statement-sha1": sha1 },
          }),
      );
    const pay = client();
    const download_url = "https://api.mch.weixin.qq.com/v3/billdownload/file?token=a";
    const right = await downloadPayFile(pay, { download_url });
    expect(right.evidence).toBe("signature");
    expect(await textOf(right.body)).toBe(content);
    const hash_value = await digest(new TextEncoder().encode("the file of today"), "SHA-1");
    const asked = { download_url, hash_type: "SHA1", hash_value };
    const other = await downloadPayFile(client(), asked);
    expect(await failure(textOf(other.body))).toMatchObject({ code: "ERR_REPLY" });
    expect(await failure(downloadPayFile(pay, asked))).toMatchObject({ reason: "replayed" });
  });
});

describe("a rate", () => {
  it("is kept if calls with a shorter one come between", async () => {
    let now = NOW;
    const waits: number[] = [];
    const emulator = createEmulator({ now: () => now });
    const sleep = async (ms: number) => {
      waits.push(ms);
      now += ms;
    };
    const pay = clientOf(emulator, { now: () => now, sleep });
    const endpoint: PayFileEndpoint = { path: "/v3/merchant-service/images/upload" };
    const upload = (calls: number, per: number) =>
      uploadPayFile(pay, endpoint, sampleFile("picture.png"), { rate: { calls, per } });
    await upload(2, 60_000);
    now += 5000;
    await upload(2, 1000);
    await upload(2, 60_000);
    expect(waits).toEqual([55_000]);
  });
});

describe("a function for the digest", () => {
  const path = "/v3/merchant-service/images/upload";
  const file = sampleFile("picture.png");

  it.each<[string, () => unknown]>([
    ["bytes", () => new Uint8Array(32)],
    ["a digest of another length", () => "ab"],
    ["nothing", () => undefined],
    ["a text with a line end after it", () => `${"a".repeat(64)}\n`],
    ["an object with toString", () => ({ toString: () => "a".repeat(64), length: 64 })],
    ["a promise of a promise of bytes", async () => Promise.resolve(new ArrayBuffer(32))],
  ])("that returns %s is a TypeError", async (_, own) => {
    const endpoint = { path, digest: own as () => string };
    const error = await failure(uploadPayFile(nothing(), endpoint, file));
    expect(error).toBeInstanceOf(TypeError);
  });
});

describe("the emulator's notifications", () => {
  const to = () => new Response(null, { status: 204 });

  it("do not end all deliveries if one is malformed", async () => {
    const { control } = createEmulator({ now: () => NOW });
    const broken = { to, associated_data: { toString: 1 } as unknown as string };
    expect(await failure(control.notify(broken))).toBeInstanceOf(TypeError);
    expect((await control.notify({ to })).state).toBe("delivered");
    await control.deliverNotifications();
  });

  it("may be sent by the handler of another one", async () => {
    const { control } = createEmulator({ now: () => NOW });
    const states: string[] = [];
    const { state } = await control.notify({
      async to() {
        states.push((await control.notify({ to })).state);
        return to();
      },
    });
    expect([...states, state]).toEqual(["delivered", "delivered"]);
  });

  it.each(["notify", "bills"])("cannot be had from another site or name: %s", async (route) => {
    const { fetch } = createEmulator();
    const post = (host: string, headers: Record<string, string>) =>
      fetch(`http://${host}/_emulator/${route}`, { method: "POST", headers, body: "{}" });
    const refused = [
      await post("localhost:8790", { origin: "https://evil.example" }),
      await post("localhost:8790", { origin: "null" }),
      await post("localhost:8790", { origin: "http://localhost:8791" }),
      await post("rebound.evil.example", {}),
      await post("127.0.0.1.evil.example", {}),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
  });
});

describe("an endpoint", () => {
  it.each<[string, object]>([
    ["metaKeys that are a text", { metaKeys: "bank_type", meta: { bank: "1" } }],
    ["a field with half a character", { fields: { item_id: "\ud800" } }],
    ["a part with a line end", { part: "file\r\nX: y" }],
    ["a part with a quote", { part: 'file"' }],
    ["a content type with a line end", { contentType: "image/png\r\nX: y" }],
    ["a path with another host", { path: "//evil.example/v3/a" }],
    ["a path with a user name", { path: "@evil.example/v3/a" }],
  ])("with %s is refused before anything is sent", async (_, endpoint) => {
    const pay = answered(() => {
      throw new Error("It was sent.");
    });
    const whole = { path: "/v3/merchant-service/images/upload", ...endpoint } as PayFileEndpoint;
    expect(await failure(uploadPayFile(pay, whole, sampleFile("picture.png")))).toBeInstanceOf(
      TypeError,
    );
  });

  it.each(["PUB_KEY_ID_1\r\nX-Evil: 1", "PUB_KEY_ID_1\n", "\u0000"])(
    "with the platformKeyId %j is not sent",
    async (platformKeyId) => {
      const sent: unknown[] = [];
      const pay = answered(() => json({}), {
        fetch: async (_, init) => {
          sent.push(init?.headers);
          return json({});
        },
      });
      const request = { method: "POST", path: "/v3/a", body: {} };
      expect(await failure(payRequest(pay, request, { platformKeyId }))).toBeInstanceOf(TypeError);
      expect(sent).toEqual([]);
    },
  );
});
