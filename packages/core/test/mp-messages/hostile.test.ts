// Requests that WeChat did not send: each is refused, in words, with a reason, and without a key or a token.

import { createMpClient } from "@wechat-edge/core";
import { answerMessage, readMessage, readVerification } from "@wechat-edge/core/mp-messages";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { expectWords, notGiven, notPlain, valuesBut } from "../../../../test/support/misuse.ts";
import { failure } from "../../../../test/support/mp.ts";

const TOKEN = "aRandomToken1";
const KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const START = Date.parse("2026-03-01T00:00:00Z");

interface Sent {
  url: string;
  body: string;
}

async function received(encodingAESKey?: string): Promise<{ mp: Client; sent: Sent }> {
  const { control } = createEmulator({ now: () => START });
  const { appid } = credentials.mp;
  const key = encodingAESKey === undefined ? {} : { encodingAESKey };
  const sent: Sent[] = [];
  const to = async (request: Request): Promise<Response> => {
    sent.push({ url: request.url, body: await request.text() });
    return new Response("success");
  };
  control.seed({ accounts: [{ appid, messages: { to, token: TOKEN, ...key } }] });
  await control.sendMessage();
  const mp = createMpClient({ ...credentials.mp, now: () => START, messageToken: TOKEN, ...key });
  const [first] = sent;
  if (first === undefined) throw new Error("Nothing was sent.");
  return { mp, sent: first };
}

type Client = ReturnType<typeof createMpClient>;

/** The query with one parameter changed; null drops it. */
const withQuery =
  (name: string, value: string | null) =>
  ({ url, body }: Sent) => {
    const changed = new URL(url);
    changed.searchParams.delete(name);
    if (value !== null) changed.searchParams.set(name, value);
    return { url: changed.href, body };
  };
const twice =
  (name: string) =>
  ({ url, body }: Sent) => ({
    url: `${url}&${name}=${new URL(url).searchParams.get(name)}`,
    body,
  });
const withBody =
  (change: (body: string) => string | Uint8Array) =>
  ({ url, body }: Sent) => ({
    url,
    body: change(body),
  });

type Change = (sent: Sent) => { url: string; body: string | Uint8Array };

const any: readonly [string, Change, string][] = [
  ["a timestamp that was changed", withQuery("timestamp", "1772323201"), "signature"],
  ["a nonce that was changed", withQuery("nonce", "1"), "signature"],
  ["no timestamp", withQuery("timestamp", null), "query"],
  ["no nonce", withQuery("nonce", null), "query"],
  ["an empty nonce", withQuery("nonce", ""), "query"],
  ["its timestamp twice", twice("timestamp"), "query"],
  ["its nonce twice", twice("nonce"), "query"],
  ["no query", ({ url, body }) => ({ url: new URL(url).pathname, body }), "query"],
  ["another fragment", ({ url, body }) => ({ url: `#?${url}`, body }), "query"],
  ["more than a megabyte", withBody((body) => body + " ".repeat(1024 * 1024)), "too-large"],
];
const encrypted: readonly [string, Change, string][] = [
  ...any,
  ["a signature that was changed", withQuery("msg_signature", "0".repeat(40)), "signature"],
  [
    "the signature of clear text",
    ({ url, body }) => {
      const signature = new URL(url).searchParams.get("signature");
      return withQuery("msg_signature", signature)({ url, body });
    },
    "signature",
  ],
  ["no signature of its body", withQuery("msg_signature", null), "not-encrypted"],
  ["its signature twice", twice("msg_signature"), "query"],
  [
    "base64 that was cut",
    withBody((body) => body.replace(/.{7}\]\]><\/Encrypt>/, "]]></Encrypt>")),
    "signature",
  ],
  [
    "an empty ciphertext",
    withBody((body) => body.replace(/(<Encrypt>).*(<\/Encrypt>)/, "$1$2")),
    "signature",
  ],
  [
    "two ciphertexts",
    withBody((body) => body.replace(/<Encrypt>.*<\/Encrypt>/, "$&$&")),
    "not-encrypted",
  ],
  [
    "no ciphertext",
    withBody((body) => body.replace(/<Encrypt>.*<\/Encrypt>/, "")),
    "not-encrypted",
  ],
  ["no body", withBody(() => ""), "malformed"],
  ["a body that was cut", withBody((body) => body.slice(0, -9)), "malformed"],
  ["bytes that are no text", withBody(() => Uint8Array.of(0xff, 0xfe, 0x3c)), "malformed"],
  ["a DOCTYPE", withBody((body) => `<!DOCTYPE x [<!ENTITY a "b">]>${body}`), "malformed"],
];
const clear: readonly [string, Change, string][] = [
  ...any,
  ["a signature that was changed", withQuery("signature", "0".repeat(40)), "signature"],
  ["no signature", withQuery("signature", null), "query"],
  ["its signature twice", twice("signature"), "query"],
  ["no body", withBody(() => ""), "malformed"],
  ["a DOCTYPE", withBody((body) => `<!DOCTYPE x [<!ENTITY a "b">]>${body}`), "malformed"],
  ["no type", withBody((body) => body.replace(/<MsgType>.*<\/MsgType>/, "")), "malformed"],
  ["no time", withBody((body) => body.replace(/<CreateTime>.*<\/CreateTime>/, "")), "malformed"],
];

describe.each([
  ["an encrypted message", KEY, encrypted],
  ["a message in clear text", undefined, clear],
] as const)("%s", (_, key, cases) => {
  it.each(cases)("with %s is refused", async (__, change, reason) => {
    const { mp, sent } = await received(key);
    await readMessage(mp, sent);
    const error = await failure(readMessage(mp, change(sent) as Sent));
    expect(error).toMatchObject({ code: "ERR_MESSAGE", reason });
    expect(error.message).toMatch(/\S \S.*\.$/s);
    for (const secret of [TOKEN, KEY]) expect(error.message).not.toContain(secret);
    const answer = await answerMessage(mp, { error });
    expect([answer.status, await answer.text()]).toEqual([403, ""]);
  });

  it("is refused 301 seconds early and late, and read at 300; maxAge changes that", async () => {
    const { sent } = await received(key);
    const clientAt = (seconds: number): Client =>
      createMpClient({
        ...credentials.mp,
        now: () => START + seconds * 1000,
        messageToken: TOKEN,
        ...(key !== undefined && { encodingAESKey: key }),
      });
    for (const seconds of [-300, 300]) await readMessage(clientAt(seconds), sent);
    for (const seconds of [-301, 301]) {
      const refusal = await failure(readMessage(clientAt(seconds), sent));
      expect(refusal).toMatchObject({ reason: "stale" });
    }
    await readMessage(clientAt(3000), sent, { maxAge: 3_000_000 });
    const young = await failure(readMessage(clientAt(2), sent, { maxAge: 1000 }));
    expect(young).toMatchObject({ reason: "stale" });
  });
});

describe("what is no request", () => {
  it("is refused in words, and says what was given", async () => {
    const { mp, sent } = await received(KEY);
    for (const [value, named] of [...valuesBut("object"), ...notPlain, notGiven]) {
      for (const read of [readMessage, readVerification]) {
        const error = await failure(read(mp, value as never));
        expectWords(error, `${read.name} needs a Request, or { url, body }`, named);
      }
    }
    for (const [value, named] of [...valuesBut("bytes"), notGiven]) {
      const error = await failure(readMessage(mp, { url: sent.url, body: value as never }));
      expectWords(error, "body must be the raw bytes or the raw text of the request", named);
    }
    const base64 = { ...sent, body: "*", isBase64Encoded: true };
    expectWords(await failure(readMessage(mp, base64)), "body is not base64");
  });
});

describe("a client", () => {
  it("that has no key says that the message is encrypted", async () => {
    const { sent } = await received(KEY);
    const mp = createMpClient({ ...credentials.mp, now: () => START, messageToken: TOKEN });
    const error = await failure(readMessage(mp, sent));
    expectWords(error, "Pass encodingAESKey to createMpClient");
    expect((await answerMessage(mp, { error })).status).toBe(500);
  });

  it("that has no token says so, to all that need it", async () => {
    const { sent } = await received();
    const mp = createMpClient(credentials.mp);
    const calls = [
      readMessage(mp, sent),
      readVerification(mp, sent),
      answerMessage(mp, { reply: "<xml><a/></xml>" }),
    ];
    for (const call of calls)
      expectWords(await failure(call), "Pass messageToken to createMpClient");
  });
});

describe("a verification", () => {
  const signed = "signature=5fb94f9b1d3bbf45de0d8d7d6d22dffa4f4d7d15&timestamp=1772323200&nonce=1";
  it.each([
    ["is forged", `${signed}&echostr=1`, "signature"],
    ["has no query", "", "query"],
    ["has its echostr twice", `echostr=1&echostr=2&${signed}`, "signature"],
  ])("that %s is refused", async (_, query, reason) => {
    const mp = createMpClient({ ...credentials.mp, now: () => START, messageToken: TOKEN });
    const refusal = await failure(readVerification(mp, { url: `https://a.example/?${query}` }));
    expect(refusal).toMatchObject({ reason });
  });
});
