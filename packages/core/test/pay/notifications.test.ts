// Notifications of WeChat Pay: what is read, and each way in which one is refused.

import { createPayClient, isWechatError, type PayClientOptions } from "@wechat-edge/core";
import {
  answerNotification,
  notificationAnswer,
  type PayNotification,
  type RawNotification,
  readNotification,
} from "@wechat-edge/core/pay-notifications";
import { createEmulator, credentials, type Notification } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  clientOf,
  merchantKeys,
  plain,
  type Received,
  received,
  refusalOf,
} from "../../../../test/support/received-notification.ts";

const [publicKey] = credentials.pay.platformKeys;
if (publicKey === undefined) throw new Error("The demo merchant has a public key of WeChat Pay.");
const { platformKeyId, key: platformKey } = publicKey;

describe("a notification that is read", () => {
  it.each<[string, string | null]>([
    ["empty", ""],
    ["missing", null],
    ["other than original_type", "something else 附加"],
  ])("may have associated_data that is %s", async (_, associated_data) => {
    const emulator = createEmulator();
    const given = await received(emulator, { associated_data });
    const read = await readNotification(clientOf(emulator), given);
    expect(read.associated_data).toBe(associated_data ?? undefined);
  });

  it("is read with the certificate, downloaded once, while the public key is not in use", async () => {
    const emulator = createEmulator();
    emulator.control.platform.setMode("certificates");
    const pay = clientOf(emulator, { platformKeys: [] });
    for (let i = 0; i < 3; i++) await readNotification(pay, await received(emulator));
    expect(emulator.control.journal.entries().map(({ path }) => path)).toEqual([
      "/v3/certificates",
    ]);
  });
});

describe("a notification without a valid signature", () => {
  it.each<[string, Notification, RegExp, object]>([
    [
      "has no signature headers",
      { fault: "missing-signature" },
      /no Wechatpay-Timestamp, Wechatpay-Nonce, Wechatpay-Signature, Wechatpay-Serial: it is not from WeChat Pay/,
      { reason: "missing" },
    ],
    ["is stale", { fault: "stale" }, /signed 60\d seconds before/, { reason: "stale" }],
    ["is a probe", { fault: "probe" }, /is a probe/, { probe: true, retryable: false }],
    ["is tampered", { fault: "tampered" }, /does not match its body/, { reason: "mismatch" }],
    [
      "is signed with an unknown certificate",
      { fault: "unknown-serial" },
      /WeChat Pay lists no such certificate/,
      { reason: "unknown-serial" },
    ],
  ])("%s", async (_, notification, words, fields) => {
    const error = await refusalOf(notification);
    expect(error).toMatchObject({ code: "ERR_SIGNATURE", probe: false, ...fields });
    expect(error.message).toMatch(words);
    expect(answerNotification(error).status).toBe(401);
  });

  it("is replayed: it is read again for 5 minutes, and has the same id; then it is stale", async () => {
    let now = Date.parse("2026-03-01T00:00:00Z");
    const emulator = createEmulator({ now: () => now });
    const pay = clientOf(emulator);
    const given = await received(emulator);
    const { id } = await readNotification(pay, given);
    now += 300_000;
    expect((await readNotification(pay, given)).id).toBe(id);
    now += 1000;
    expect(await failure(readNotification(pay, given))).toMatchObject({ reason: "stale" });
  });

  it.each<[string, (given: Received) => RawNotification, RegExp]>([
    [
      "lacks one header",
      ({ headers, body }) => ({
        headers: { ...plain(headers), "wechatpay-nonce": undefined },
        body,
      }),
      /The request has no Wechatpay-Nonce:/,
    ],
    [
      "has a header twice",
      ({ headers, body }) => ({
        headers: { ...plain(headers), "wechatpay-nonce": ["a", "b"] },
        body,
      }),
      /no Wechatpay-Nonce: .* or sent it twice/,
    ],
    [
      "is one of APIv2",
      () => ({ headers: {}, body: "<xml><return_code>SUCCESS</return_code></xml>" }),
      /its body is XML: a notification of APIv2/,
    ],
    [
      "has the signature in place of the timestamp",
      ({ headers, body }) => ({
        headers: { ...plain(headers), "wechatpay-timestamp": headers.get("wechatpay-signature") },
        body,
      }),
      /not in Unix seconds/,
    ],
    [
      "has a signature that is not base64",
      ({ headers, body }) => ({ headers: { ...plain(headers), "wechatpay-signature": "*" }, body }),
      /has 1 characters that are not base64/,
    ],
    [
      "is signed with SM2",
      ({ headers, body }) => ({
        headers: { ...plain(headers), "wechatpay-signature-type": "WECHATPAY2-SM2-WITH-SM3" },
        body: `${body} `.replace("EV", "EX"),
      }),
      /signed with "WECHATPAY2-SM2-WITH-SM3"; only/,
    ],
    [
      "names the merchant's own serial number",
      ({ headers, body }) => ({
        headers: { ...plain(headers), "wechatpay-serial": credentials.pay.serialNo },
        body,
      }),
      /the merchant's own certificate \(serialNo\)/,
    ],
    [
      "names a public key that is not known",
      ({ headers, body }) => ({
        headers: { ...plain(headers), "wechatpay-serial": "PUB_KEY_ID_0119000262012026" },
        body,
      }),
      /this client knows PUB_KEY_ID_.* add it to platformKeys/,
    ],
    [
      "has another nonce",
      ({ headers, body }) => ({ headers: { ...plain(headers), "wechatpay-nonce": "b" }, body }),
      /does not match/,
    ],
    ["has an empty body", ({ headers }) => ({ headers, body: "" }), /does not match/],
  ])("%s", async (_, change, words) => {
    const error = await refusalOf({}, change);
    expect(error.code).toBe("ERR_SIGNATURE");
    expect(error.message).toMatch(words);
  });

  it("names one platform key and is signed with another: they are mixed up", async () => {
    const emulator = createEmulator();
    emulator.control.platform.setMode("public-key");
    const other = "PUB_KEY_ID_0119000262012026010100000000000001";
    const { publicKey } = await merchantKeys();
    const platformKeys = [
      { platformKeyId, key: publicKey },
      { platformKeyId: other, key: platformKey },
    ];
    const pay = clientOf(emulator, { platformKeys });
    const error = await failure(readNotification(pay, await received(emulator)));
    expect(error).toMatchObject({ reason: "wrong-key", platformKeyId });
    expect(error.message).toContain(`its signature is that of ${other}: the two are mixed up`);
  });

  it("cannot be verified, because the merchant's own key stands for WeChat Pay's", async () => {
    const emulator = createEmulator();
    emulator.control.platform.setMode("public-key");
    const { publicKey: key } = await merchantKeys();
    const pay = clientOf(emulator, { platformKeys: [{ platformKeyId, key }] });
    const error = await failure(readNotification(pay, await received(emulator)));
    expect(error).toMatchObject({ reason: "wrong-key" });
    expect(error.message).toContain(`the merchant's own key under ${platformKeyId}`);
  });

  it("brings one download in a minute, however many come", async () => {
    const emulator = createEmulator();
    const pay = clientOf(emulator);
    const given = await received(emulator, { fault: "unknown-serial" });
    const { headers, body } = given;
    for (let i = 0; i < 20; i++) {
      const serial = `7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF${10 + i}`;
      const forged = { headers: { ...plain(headers), "wechatpay-serial": serial }, body };
      expect(await failure(readNotification(pay, forged))).toMatchObject({
        reason: "unknown-serial",
      });
    }
    expect(emulator.control.journal.entries()).toHaveLength(1);
    emulator.control.clock.advance(61_000);
    await failure(readNotification(pay, given));
    expect(emulator.control.journal.entries()).toHaveLength(2);
  });

  it("cannot be verified while the certificates cannot be downloaded: 500, so that it comes again", async () => {
    const emulator = createEmulator();
    emulator.control.platform.setMode("certificates");
    const given = await received(emulator);
    const fetch = async () => Promise.reject(new TypeError("the network is down"));
    const sleep = async () => undefined;
    const pay = clientOf(emulator, { platformKeys: [], fetch, sleep });
    const error = await failure(readNotification(pay, given));
    expect(error).toMatchObject({ reason: "unknown-serial", retryable: true });
    expect(error.message).toContain("the platform certificates could not be downloaded:");
    expect(answerNotification(error).status).toBe(500);
  });
});

describe("a body that is not what WeChat Pay sent", () => {
  const rewritten: readonly (readonly [string, (body: string) => string, RegExp])[] = [
    [
      "indented JSON",
      (body) => JSON.stringify(JSON.parse(body), null, 2),
      /parsed and written again/,
    ],
    [
      "JSON as Python writes it",
      (body) => body.replace(/"([:,])"/g, '"$1 "'),
      /parsed and written again/,
    ],
    [
      "JSON as PHP writes it",
      (body) => escapeUnicode(body).replaceAll("/", "\\/"),
      /parsed and written/,
    ],
    [
      "JSON with sorted names, as Go writes a map",
      (body) => sortedJson(body),
      /parsed and written again/,
    ],
    ["a byte order mark", (body) => `\ufeff${body}`, /a byte order mark was added/],
    ["a line end", (body) => `${body}\r\n`, /blanks or a line end were added/],
    ["Latin-1", (body) => latin1(body), /decoded as Latin-1/],
  ];

  it.each(rewritten)("is %s", async (_, change, words) => {
    const error = await refusalOf({}, ({ headers, body }) => ({ headers, body: change(body) }));
    expect(error).toMatchObject({ code: "ERR_SIGNATURE", reason: "rewritten" });
    expect(error.message).toMatch(words);
    expect(error.message).toContain("express.raw");
  });

  it("is the emulator's own fault rewritten", async () => {
    expect(await refusalOf({ fault: "rewritten" })).toMatchObject({ reason: "rewritten" });
  });

  it.each<[string, unknown, RegExp]>([
    [
      "the parsed object",
      { id: "EV-1" },
      /raw bytes or the raw text .* not an object\. A body that was parsed/,
    ],
    ["an empty object, as Express has it without a parser", {}, /not an object/],
    ["nothing", undefined, /not undefined\. The signature is over the bytes/],
    ["a number", 1, /not the number 1/],
    ["a Promise", Promise.resolve(""), /not a Promise: await it first/],
  ])("is %s in place of bytes", async (_, body, words) => {
    const error = await refusalOf({}, ({ headers }) => ({ headers, body: body as string }));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(words);
    expect(error.message).toContain('express.raw({ type: "*/*" })');
    expect(answerNotification(error).status).toBe(500);
  });

  it.each([null, undefined, "text", { body: "{}" }, new Map()].map((value) => [value]))(
    "belongs to no request: %o",
    async (request) => {
      const error = await failure(readNotification(clientOf(createEmulator()), request as never));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toMatch(/needs a Request, or \{ headers, body \}/);
    },
  );
});

describe("a signed request that cannot be used", () => {
  const sealed = { algorithm: "AEAD_AES_256_GCM", ciphertext: "A".repeat(40), nonce: "n" };
  const event = { id: "EV-1", event_type: "A" };

  it.each<[string, string, string, RegExp]>([
    ["text", "SUCCESS", "not-json", /body of 7 bytes is not a JSON object/],
    ["empty", "", "not-json", /body of 0 bytes/],
    ["a list", "[]", "not-json", /not a JSON object/],
    ["an object without fields", "{}", "not-a-notification", /Its fields: none\./],
    [
      "without an id",
      json({ event_type: "A", resource: sealed }),
      "not-a-notification",
      /Its fields: "event_type", "resource"\./,
    ],
    ["without a resource", json(event), "not-a-notification", /Its fields: "id", "event_type"\./],
    [
      "of an unknown algorithm",
      json({ ...event, resource: { ...sealed, algorithm: "AEAD_SM4_128_GCM" } }),
      "algorithm",
      /"AEAD_SM4_128_GCM"; only AEAD_AES_256_GCM/,
    ],
    [
      "without an algorithm",
      json({ ...event, resource: { ...sealed, algorithm: undefined } }),
      "algorithm",
      /with undefined; only/,
    ],
    [
      "with a ciphertext that is not base64",
      json({ ...event, resource: { ...sealed, ciphertext: "!" } }),
      "resource",
      /lacks a nonce, or a ciphertext/,
    ],
    [
      "with a ciphertext that is too short for its tag",
      json({ ...event, resource: { ...sealed, ciphertext: "AAAA" } }),
      "resource",
      /lacks a nonce, or a ciphertext/,
    ],
    [
      "without a nonce",
      json({ ...event, resource: { ...sealed, nonce: "" } }),
      "resource",
      /lacks a nonce/,
    ],
  ])("is %s", async (_, body, reason, words) => {
    const error = await refusalOf({ body });
    expect(error).toMatchObject({ code: "ERR_NOTIFICATION", name: "NotificationError", reason });
    expect(error.message).toMatch(words);
    expect(isWechatError(error)).toBe(true);
    expect(answerNotification(error).status).toBe(400);
  });

  it.each<[string, Notification, Partial<PayClientOptions>]>([
    ["another APIv3 key encrypted it", { fault: "wrong-api-v3-key" }, {}],
    ["the client has another APIv3 key", {}, { apiV3Key: "0123456789abcdef0123456789abcdef" }],
    ["the tag is wrong", { body: json({ ...event, resource: sealed }) }, {}],
  ])("is encrypted so that apiV3Key does not decrypt it: %s", async (_, notification, options) => {
    const error = await refusalOf(notification, undefined, options);
    expect(error).toMatchObject({ code: "ERR_KEY" });
    expect(error.message).toMatch(/apiV3Key does not decrypt it\. It is another merchant's/);
    expect(error.message).not.toContain(options.apiV3Key ?? credentials.pay.apiV3Key);
    expect(answerNotification(error).status).toBe(500);
  });

  it("needs an apiV3Key, which a client may lack", async () => {
    const error = await refusalOf({}, undefined, { apiV3Key: undefined });
    expect(error).toMatchObject({ code: "ERR_KEY" });
    expect(error.message).toContain("Pass apiV3Key to createPayClient");
  });
});

describe("a notification about another merchant", () => {
  it.each<[string, object]>([
    ["mchid", { mchid: "1900000109" }],
    ["mch_id", { mch_id: "1900000109" }],
    ["sp_mchid", { sp_mchid: "1900000109", sub_mchid: "1900000110" }],
    ["combine_mchid", { combine_mchid: "1900000109" }],
  ])("is refused by its %s, unless anyMerchant takes it", async (_, resource) => {
    const emulator = createEmulator();
    const given = await received(emulator, { resource });
    const error = await failure(readNotification(clientOf(emulator), given));
    expect(error).toMatchObject({ reason: "merchant" });
    expect(error.message).toMatch(/about the merchant "1900000109", .* that of 1900026201/);
    const read: PayNotification = await readNotification(clientOf(emulator), given, {
      anyMerchant: true,
    });
    expect(read.resource).toEqual(resource);
  });

  it("is taken by the client of a brand, which has no merchant number", async () => {
    const emulator = createEmulator();
    emulator.control.platform.setMode("public-key");
    const { mchid: _, ...keys } = credentials.pay;
    const certificatePath = "/brand/certificates";
    const { now } = emulator.control.clock;
    const pay = createPayClient({ ...keys, brandId: "40001", certificatePath, now });
    const given = await received(emulator, { resource: { mchid: "1900000109" } });
    expect((await readNotification(pay, given)).resource["mchid"]).toBe("1900000109");
  });

  it.each<[string, Notification]>([
    ["names the provider too", { resource: { sp_mchid: "1900026201", sub_mchid: "1900000110" } }],
    ["names no owner", { resource: { sub_mchid: "1900000110" } }],
    ["names nobody", { event_type: "COMPLAINT.CREATE" }],
    [
      "is that of a mall's shop",
      { event_type: "MALL_TRANSACTION.SUCCESS", resource: { mchid: "1900000109" } },
    ],
  ])("is taken if it %s", async (_, notification) => {
    const emulator = createEmulator();
    await readNotification(clientOf(emulator), await received(emulator, notification));
  });
});

describe("the answer", () => {
  it.each<[string, unknown, number]>([
    ["an error of ours", new Error("secret"), 500],
    ["a string", "secret", 500],
    ["undefined", undefined, 500],
    ["null", null, 500],
  ])("does not say why: %s", async (_, thrown, status) => {
    const response = answerNotification(thrown);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toContain("application/json");
    expect(await response.json()).toEqual({ code: "FAIL", message: "失败" });
    expect(JSON.parse(notificationAnswer(thrown).body)).toEqual({ code: "FAIL", message: "失败" });
  });
});

const json = JSON.stringify;

function escapeUnicode(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function sortedJson(text: string): string {
  const sort = (value: unknown): unknown =>
    typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, inner]) => [name, sort(inner)]),
        )
      : value;
  return JSON.stringify(sort(JSON.parse(text)));
}

function latin1(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}
