// A hostile network, a thief and a careless user: what is not WeChat's is refused in a time that its length does not
// blow up, in one and the same words for all that does not decrypt, and no error shows a secret or a stranger's text.

import { createCipheriv, createHash } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import { createMpClient } from "../../src/index.ts";
import {
  MessageError,
  type MessageRequest,
  readMessage,
  type WebMessageRequest,
} from "../../src/mp-messages/index.ts";

const APPID = "wx26e3b4a1c0d9f857";
const SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const TOKEN = "aRandomToken1";
const ENCODED = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const KEY = Buffer.from(`${ENCODED}=`, "base64");
const [TIMESTAMP, NONCE] = ["1772323200", "1372623149"];
const client = { appid: APPID, secret: SECRET, messageToken: TOKEN, now: () => 1_772_323_200_000 };
const mp = createMpClient({ ...client, encodingAESKey: ENCODED });
const clearMp = createMpClient(client);

const secrets = [TOKEN, ENCODED, SECRET, KEY.toString("hex"), KEY.toString("base64")];
/** All that a log can show of a value. */
const logged = (value: unknown): string =>
  [inspect(value, { depth: 10, showHidden: true }), String(value), JSON.stringify(value)].join();
const leaked = (value: unknown): string[] => secrets.filter((one) => logged(value).includes(one));

const sign = (...texts: string[]): string =>
  createHash("sha1")
    .update([TOKEN, TIMESTAMP, NONCE, ...texts].sort().join(""))
    .digest("hex");

function encrypt(blocks: Uint8Array): string {
  const cipher = createCipheriv("aes-256-cbc", KEY, KEY.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(blocks), cipher.final()]).toString("base64");
}

const MESSAGE =
  "<xml><FromUserName>o1</FromUserName><CreateTime>1772323200</CreateTime><MsgType>text</MsgType><Content>hi</Content></xml>";

function content(message: string, { length = Buffer.byteLength(message), appid = APPID } = {}) {
  const head = Buffer.alloc(20, "r");
  head.writeUInt32BE(length >>> 0, 16);
  return Buffer.concat([head, Buffer.from(message), Buffer.from(appid)]);
}

/** Padded as WeChat does, or with `padding` bytes of `value`. */
function padded(bytes: Uint8Array, padding = 32 - (bytes.length % 32), value = padding): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(padding, value)]);
}

function addressOf(encrypted: string): string {
  const signed = { msg_signature: sign(encrypted), signature: sign() };
  const query = { ...signed, timestamp: TIMESTAMP, nonce: NONCE, encrypt_type: "aes" };
  return `https://shop.example.com/messages?${new URLSearchParams(query)}`;
}

function sealed(blocks: Uint8Array): { url: string; body: string } {
  const encrypted = encrypt(blocks);
  return { url: addressOf(encrypted), body: `<xml><Encrypt>${encrypted}</Encrypt></xml>` };
}

const good = sealed(padded(content(MESSAGE)));
const [ENCRYPTED = ""] = /(?<=<Encrypt>)[^<]+/.exec(good.body) ?? [];
const whole = content(MESSAGE, { appid: `${APPID}${"x".repeat(32)}` });
const full = whole.subarray(0, whole.length - (whole.length % 32));

describe("what does not decrypt", () => {
  it.each<[string, Uint8Array]>([
    ["no padding, where the last byte is 0", padded(full, 32, 0)],
    ["a padding of 33", padded(full, 32, 33)],
    ["a padding of 255", padded(full, 32, 255)],
    ["a padding whose bytes differ", padded(full, 32, 31)],
    ["nothing but padding", Buffer.alloc(32, 32)],
    ["a single block", Buffer.alloc(16, 16)],
    ["a length of 2^32 - 1", padded(content(MESSAGE, { length: -1 }))],
    ["a length of 2^31", padded(content(MESSAGE, { length: 2 ** 31 }))],
    ["a length beyond the rest", padded(content(MESSAGE, { length: 100_000 }))],
    ["a length that ends in the AppID", padded(content(MESSAGE, { length: MESSAGE.length - 2 }))],
    ["a length of 0", padded(content(MESSAGE, { length: 0 }))],
    ["no AppID", padded(content(MESSAGE, { appid: "" }))],
    ["an AppID and NUL", padded(content(MESSAGE, { appid: `${APPID}\0` }))],
    ["NUL and an AppID", padded(content(MESSAGE, { appid: `\0${APPID}` }))],
    ["an AppID of 5000 letters", padded(content(MESSAGE, { appid: "a".repeat(5000) }))],
    ["an AppID with an escape", padded(content(MESSAGE, { appid: "\n\u001b[31mwx" }))],
  ])("is one and the same error: %s", async (_, blocks) => {
    const other = await failure(readMessage(mp, sealed(Buffer.alloc(64, 7))));
    const error = await failure(readMessage(mp, sealed(blocks)));
    expect(error).toMatchObject({ reason: "decryption", message: other.message });
    expect(error.cause).toBeUndefined();
    expect(leaked(error)).toEqual([]);
  });

  it.each(["wx0000000000000000", `${APPID}x`, APPID.toUpperCase()])(
    "is told from what is for another account: %s",
    async (appid) => {
      const error = await failure(readMessage(mp, sealed(padded(content(MESSAGE, { appid })))));
      expect(error).toMatchObject({ reason: "appid" });
      expect(leaked(error)).toEqual([]);
    },
  );
});

describe("a ciphertext in another place", () => {
  it.each<[string, string]>([
    ["under a lower-case name", `<xml><encrypt>${ENCRYPTED}</encrypt></xml>`],
    ["in an attribute", `<xml Encrypt="${ENCRYPTED}"></xml>`],
    ["beside an attribute", `<xml><Encrypt a="b">${ENCRYPTED}</Encrypt></xml>`],
    ["deeper", `<xml><a><Encrypt>${ENCRYPTED}</Encrypt></a></xml>`],
    ["in itself", `<xml><Encrypt><Encrypt>${ENCRYPTED}</Encrypt></Encrypt></xml>`],
    ["of an entity", `<!DOCTYPE x [<!ENTITY e "${ENCRYPTED}">]><xml><Encrypt>&e;</Encrypt></xml>`],
    ["in a namespace", `<x:xml><x:Encrypt>${ENCRYPTED}</x:Encrypt></x:xml>`],
    ["behind a comment", `<xml><!-- --><Encrypt>${ENCRYPTED}</Encrypt></xml>`],
    ["before another root", `${good.body}<xml/>`],
    ["in a list of JSON", JSON.stringify([{ Encrypt: ENCRYPTED }])],
    ["as a number of JSON", '{"Encrypt":1}'],
  ])("is refused: %s", async (_, body) => {
    const error = await failure(readMessage(mp, { url: good.url, body }));
    expect(error).toBeInstanceOf(MessageError);
    expect(["malformed", "not-encrypted"]).toContain(error["reason"]);
  });

  it("does not let the clear text beside it through, whatever encrypt_type says", async () => {
    const evil = MESSAGE.replace("hi", "evil");
    const body = evil.replace("</xml>", `<Encrypt>${ENCRYPTED}</Encrypt></xml>`);
    for (const type of ["encrypt_type=aes", "encrypt_type=raw", "encrypt_type=", ""]) {
      const url = good.url.replace("encrypt_type=aes", type);
      expect(await readMessage(mp, { url, body }), type).toMatchObject({ Content: "hi" });
      const withoutSignature = url.replace(/msg_signature=\w+&/, "");
      const error = await failure(readMessage(mp, { url: withoutSignature, body }));
      expect(error, type).toMatchObject({ reason: "not-encrypted" });
    }
  });
});

describe("a body of a megabyte", () => {
  const of = (text: string): string => text.repeat(Math.floor((2 ** 20 - 100) / text.length));
  it.each<[string, string]>([
    ["of <", of("<")],
    ["of &", `<xml>${of("&")}`],
    ["of &amp;", `<xml><a>${of("&amp;")}</a></xml>`],
    ["of ]]>", `<xml>${of("]]>")}`],
    ["of sections that do not end", `<xml>${of("<![CDATA[")}`],
    ["of empty sections", `<xml><a>${of("<![CDATA[]]>")}</a></xml>`],
    ["of elements in elements", of("<a>")],
    ["of elements", `<xml>${of("<a/>")}</xml>`],
    ["of blanks in a tag", `<a${of(" ")}`],
    ["of a name", `<${of("a")}`],
    ["of a number", `<xml><CreateTime>${of(" ")}</CreateTime></xml>`],
    ["of an instruction", `<?xml ${of("?")}`],
    ["of lists in lists", of("[")],
    ["of objects in objects", of('{"a":')],
    ["of digits", `{"MsgId":${of("1")}}`],
  ])("%s is refused in time", { timeout: 5000 }, async (_, body) => {
    for (const one of [mp, clearMp]) {
      const error = await failure(readMessage(one, { url: good.url, body }));
      expect(error).toBeInstanceOf(MessageError);
      expect(error.message.length).toBeLessThan(400);
    }
  });
});

describe("an error", () => {
  it.each<[string, object, string]>([
    ["as long as a book", { ["k".repeat(100_000)]: 1 }, "a string of 100000 characters"],
    ["that escape into a terminal", { "a\u001b[31m": 1 }, String.raw`"a\u001b[31m"`],
    ["that begin another line of a log", { "a\n[info] paid": 1 }, String.raw`"a\n[info] paid"`],
    ["without a letter", { "": 1 }, "an empty string"],
    ["that may be keys", { ["k1".repeat(16)]: 1 }, "a string of 32 characters"],
    ["of a message", { MsgType: 1, "Msg.Id-1_x": 1 }, '"MsgType", "Msg.Id-1_x"'],
  ])("shows names of fields in one line, %s", async (_, fields, named) => {
    const { message } = await failure(
      readMessage(clearMp, { url: good.url, body: JSON.stringify(fields) }),
    );
    expect(message).toContain(`Its fields: ${named}.`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them
    expect(message).not.toMatch(/[\u0000-\u001f]/);
  });

  it("is searched for secrets by a search that finds them", () => {
    expect(leaked(new Error("x", { cause: { deep: [TOKEN] } }))).toEqual([TOKEN]);
    expect(leaked({ key: new Error(ENCODED) })).toEqual([ENCODED]);
    expect(leaked([mp, clearMp])).toEqual([]);
  });
});

describe("a body that is a stream", () => {
  const post = (body: unknown): Request =>
    new Request(good.url, { method: "POST", body, duplex: "half" } as RequestInit);
  const inChunks = (...chunks: unknown[]): ReadableStream =>
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });

  it("may have texts in place of bytes, as one that a program makes", async () => {
    const [one, other] = [good.body.slice(0, 50), good.body.slice(50)];
    for (const chunks of [
      [good.body],
      [one, other],
      [Buffer.from(one), other],
      [new TextEncoder().encode(good.body).buffer],
    ]) {
      const body = inChunks(...chunks);
      expect(await readMessage(mp, post(body))).toMatchObject({ Content: "hi" });
    }
  });

  it.each([[1], [{}], [[60, 120]], [null]])(
    "is refused in words where a chunk is neither: %j",
    async (chunk) => {
      const error = await failure(readMessage(mp, post(inChunks(chunk))));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toMatch(/^body must be the raw bytes or the raw text/);
    },
  );

  it("is refused if it is too large, also where it cannot be cancelled", async () => {
    for (const cancel of [
      () => new Promise<void>(() => undefined),
      () => Promise.reject(new Error("It cannot be.")),
      () => {
        throw new Error("It cannot be.");
      },
    ]) {
      const body = new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(300_000)),
        cancel,
      });
      expect(await failure(readMessage(mp, post(body)))).toMatchObject({ reason: "too-large" });
    }
  });

  it("rejects with what it failed with", async () => {
    const reset = new Error("The connection was reset.");
    const body = new ReadableStream({ pull: (controller) => controller.error(reset) });
    expect(await failure(readMessage(mp, post(body)))).toBe(reset);
  });
});

describe("what frameworks pass", () => {
  const bytes = async (): Promise<ArrayBuffer> => new TextEncoder().encode(good.body).buffer;
  const { url, body } = good;
  it.each<[string, object]>([
    ["c.req of Hono, which has no headers", { url, header() {}, arrayBuffer: bytes }],
    [
      "the Request of node-fetch, whose body is a stream of Node",
      { url, headers: new Headers(), body: { pipe() {} }, arrayBuffer: bytes },
    ],
    ["a Request without a body of its own", { url, headers: new Headers(), arrayBuffer: bytes }],
    ["express.text()", { url: url.replace("https://shop.example.com", ""), headers: {}, body }],
    ["express.raw()", { url, headers: {}, body: Buffer.from(body) }],
    ["a function's event", { url, body: btoa(body), isBase64Encoded: true }],
  ])("is read: %s", async (_, request) => {
    expect(await readMessage(mp, request as MessageRequest)).toMatchObject({ Content: "hi" });
  });

  it.each<[string, object]>([
    ["express.json(), or an XML parser", { url, headers: {}, body: { xml: { Encrypt: ["x"] } } }],
    ["Express without a parser", { url, headers: {}, body: undefined }],
    ["the ctx of Koa", { url, request: { body }, body: undefined }],
    ["c of Hono", { req: { url } }],
    ["a URL", { url: new URL(url), body }],
  ])("is refused in words: %s", async (_, request) => {
    const error = await failure(readMessage(mp, request as WebMessageRequest));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/In Hono, pass c\.req\.raw|use express\.text/);
  });
});
