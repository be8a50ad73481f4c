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
import { canOpenGzip } from "../../support/gzip.ts";
import { failure } from "../../support/mp.ts";

type Emulator = ReturnType<typeof createEmulator>;
const NOW = Date.UTC(2026, 10, 30, 8);
const MILLION = 1_000_000;
/** So many that a step of quadratic time takes longer than a test may. */
const LONG = 200_000;
const UNKNOWN = "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF";

const opens = canOpenGzip();

function clientOf(emulator: Emulator, options: Partial<PayClientOptions> = {}) {
  const { fetch } = emulator;
  return createPayClient({ ...credentials.pay, fetch, now: () => NOW, ...options });
}

function answered(reply: () => Response, options: Partial<PayClientOptions> = {}) {
  return createPayClient({
    ...credentials.pay,
    now: () => NOW,
    retry: false,
    fetch: async () => reply(),
    ...options,
  });
}

/** A notification as a server gets it. */
async function received(emulator: Emulator, notification: object = {}) {
  let got = { headers: {} as Record<string, string>, body: "" };
  await emulator.control.notify({
    ...notification,
    async to(request) {
      got = { headers: Object.fromEntries(request.headers), body: await request.text() };
      return new Response(null, { status: 204 });
    },
  });
  return got;
}

const json = (body: object, init: ResponseInit = {}): Response => Response.json(body, init);

describe("a text of 200,000 characters is refused, and takes no time", () => {
  const texts: Record<string, string> = {
    "a dash": "-",
    "a BEGIN and dashes": `-BEGIN A-${"-".repeat(LONG)}`,
    "BEGIN alone": "-----BEGIN PRIVATE KEY-----\n",
    "BEGIN without dashes": "BEGIN A",
    "short blocks": "-BEGIN A-\n-END A-\n",
    "a backslash": "\\",
    "an escaped line end": "\\r",
    "blanks inside": `x${" ".repeat(LONG)}x`,
    "line ends inside": `${"A".repeat(70)}${"\n".repeat(LONG)}!`,
    "quotes inside": `x${"'".repeat(LONG)}x`,
    "an equals sign": "A=",
    PUB_KEY_ID: "PUB_KEY_ID_",
    "a dot": ".",
    "a zero": "0",
    "base64 of nothing": "MIIA",
    colons: "a:",
  };
  const long = (text: string): string => text.repeat(Math.ceil(LONG / text.length));

  it.each(Object.entries(texts))("%s", (_, text) => {
    const value = long(text);
    const [platformKey] = credentials.pay.platformKeys;
    const places: Record<string, Partial<PayClientOptions>> = {
      mchid: { mchid: value },
      serialNo: { serialNo: value },
      privateKey: { privateKey: value },
      bytes: { privateKey: new TextEncoder().encode(value) },
      apiV3Key: { apiV3Key: value },
      platformKey: { platformKeys: [{ platformKeyId: "PUB_KEY_ID_01", key: value }] },
      platformKeyId: { platformKeys: [{ platformKeyId: value, key: platformKey?.key ?? "" }] },
    };
    for (const [place, options] of Object.entries(places)) {
      // A serial number may have any length.
      if (place === "serialNo" && text === "0") continue;
      if (place === "platformKeyId" && text === "PUB_KEY_ID_") continue;
      expect(() => createPayClient({ ...credentials.pay, ...options })).toThrow();
    }
  });

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

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

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

  it("of chunks of one byte is put together", async () => {
    const emulator = createEmulator({ now: () => NOW });
    const { headers, body } = await received(emulator);
    const bytes = new TextEncoder().encode(body);
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.enqueue(new Uint8Array());
        controller.close();
      },
    });
    const request = {
      headers: new Headers(headers),
      body: stream,
      arrayBuffer: async () => bytes.buffer,
    };
    const { event_type } = await readNotification(clientOf(emulator), request);
    expect(event_type).toBe("TRANSACTION.SUCCESS");
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

  it.each([
    "https://evil.example/v3/a",
    "https://api.mch.weixin.qq.com@evil.example/v3/a",
    "https://api.mch.weixin.qq.com:443@evil.example/v3/a",
    "https://evil.example\\@api.mch.weixin.qq.com/v3/a",
    "https://evil.example#@api.mch.weixin.qq.com/v3/a",
    "https://api.mch.weixin.qq.com.evil.example/v3/a",
    "https://api.mch.weixin.qq.com./v3/a",
    "https://api.mch.weixin.qq.com:8443/v3/a",
    "http://api.mch.weixin.qq.com/v3/a",
    "https://mch.weixin.qq.com/v3/a",
    "https://evilmch.weixin.qq.com/v3/a",
    "https://a.b.mch.weixin.qq.com/v3/a",
    "https://[::1]/v3/a",
    "https://api.mch.weixin.qq.com%2eevil.example/v3/a",
    "https://xn--pi-6bb.mch.weixin.qq.com.evil.example/v3/a",
    "https:/\\evil.example/v3/a",
    "https:evil.example",
    "//api.mch.weixin.qq.com/v3/a",
    "ftp://api.mch.weixin.qq.com/v3/a",
    "javascript:alert(1)",
  ])("sends no signature to %s", async (download_url) => {
    const pay = answered(() => {
      throw new Error("It was sent.");
    });
    expect(await failure(downloadPayFile(pay, { download_url }))).toBeInstanceOf(TypeError);
  });

  it("withholds bytes, not an empty chunk, until its digest is known", async () => {
    const bytes = new TextEncoder().encode("01234567890123456789");
    const chunks = [bytes, new Uint8Array(), new Uint8Array()];
    const pay = answered(
      () =>
        new Response(
          new ReadableStream({
            pull(controller) {
              const chunk = chunks.shift();
              if (chunk === undefined) controller.close();
              else controller.enqueue(chunk);
            },
          }),
        ),
    );
    const hash_value = await digest(new TextEncoder().encode("other"), "SHA-1");
    const { body } = await downloadPayFile(pay, {
      download_url: url,
      hash_type: "SHA1",
      hash_value,
    });
    expect(await failure(Promise.resolve(body.getReader().read()))).toMatchObject({
      code: "ERR_REPLY",
    });
  });
});

/** The text of a stream. A Response hides the stream's error in browsers. */
async function textOf(stream: { getReader(): ReaderOfBytes }): Promise<string> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done || value === undefined) return new TextDecoder().decode(joined(parts));
    parts.push(value);
  }
}

interface ReaderOfBytes {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
}

describe("a gzip file", () => {
  const text = "`1,`2\r\n".repeat(5000);
  const download_url = "https://api.mch.weixin.qq.com/v3/billdownload/file?token=a";

  const packed = async (content: string) => {
    if (!opens) return Uint8Array.of(0x1f, 0x8b, ...new Uint8Array(100)); // then every one is refused
    const stream = new Blob([content]).stream().pipeThrough(new CompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };
  /** The text that was handed out, or the code of the error at its end. */
  const outcome = async (file: Uint8Array, content?: string) => {
    const pay = answered(() => new Response(joined([file]) as Uint8Array<ArrayBuffer>));
    const digested = content && {
      hash_type: "SHA1",
      hash_value: await digest(new TextEncoder().encode(content), "SHA-1"),
    };
    try {
      const { body } = await downloadPayFile(pay, { download_url, ...digested });
      return await textOf(body);
    } catch (error) {
      return (error as { code?: unknown }).code;
    }
  };

  it.each(["a head alone", "half", "all but its checksum", "all but a byte"])(
    "of which %s came never ends as if it were complete",
    async (part) => {
      const whole = await packed(text);
      const lengths = {
        "a head alone": 18,
        half: whole.length >> 1,
        "all but its checksum": whole.length - 8,
      };
      const length = (lengths as Record<string, number>)[part] ?? whole.length - 1;
      expect(await outcome(whole.slice(0, length))).toBe("ERR_REPLY");
      expect(await outcome(whole.slice(0, length), text)).toBe("ERR_REPLY");
    },
  );

  it.each<[string, () => Promise<readonly Uint8Array[]>, string]>([
    [
      "has another file behind it",
      async () => [await packed(text), await packed("more")],
      `${text}more`,
    ],
    ["has other bytes behind it", async () => [await packed(text), Uint8Array.of(1, 2, 3)], text],
    ["has zeros behind it", async () => [await packed(text), new Uint8Array(20)], text],
    ["has another file inside", async () => [await packed(text.slice(1))], text],
  ])("that %s is whole and right, or an error", async (_, parts, content) => {
    // Runtimes take what follows a gzip file, skip it, or refuse it.
    expect(["ERR_REPLY", content]).toContain(await outcome(joined(await parts()), content));
    expect(await outcome(joined(await parts()), `${content}!`)).toBe("ERR_REPLY");
  });

  it("that differs from its digest is an error in both branches of a tee", async () => {
    const file = await packed(text);
    const pay = answered(() => new Response(file));
    const hash_value = "0".repeat(40);
    const ends = downloadPayFile(pay, { download_url, hash_type: "SHA1", hash_value }).then(
      ({ body }) => body.tee().map((branch) => failure(textOf(branch))),
      (error: unknown) => [error],
    );
    for (const error of await Promise.all(await ends)) {
      expect(error).toMatchObject({ code: "ERR_REPLY" });
    }
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
  const nothing = () =>
    answered(() => {
      throw new Error("It was sent.");
    });

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

  it("that never answers ends with the signal, and one that throws with its error", async () => {
    const stop = new AbortController();
    const hangs = () => {
      stop.abort(new Error("enough"));
      return new Promise<string>(() => undefined);
    };
    const { signal } = stop;
    const upload = uploadPayFile(nothing(), { path, digest: hangs }, file, { signal });
    expect(await failure(upload)).toMatchObject({ message: "enough" });
    const own = new RangeError("mine");
    const throws = () => {
      throw own;
    };
    expect(await failure(uploadPayFile(nothing(), { path, digest: throws }, file))).toBe(own);
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

  it("keep the beginning of an endless answer", async () => {
    const { control } = createEmulator({ now: () => NOW });
    let cancelled = false;
    const { attempts } = await control.notify({
      to: () =>
        new Response(
          new ReadableStream({
            pull: (controller) => controller.enqueue(new Uint8Array(10_000).fill(0x61)),
            cancel: () => {
              cancelled = true;
            },
          }),
        ),
    });
    expect(attempts[0]?.answer).toBe(`${"a".repeat(65_536)}…`);
    expect(cancelled).toBe(true);
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
