import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import vectors from "../../../../test/vectors/message-envelopes.json" with { type: "json" };
import { decodeEncodingAesKey } from "../../src/mp-messages/encoding-aes-key.ts";
import {
  type EnvelopeSecrets,
  openEnvelope,
  sealEnvelope,
} from "../../src/mp-messages/envelope.ts";

afterEach(() => vi.restoreAllMocks());

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const secretsOf = (of: { token: string; encodingAESKey: string; appid: string }) => ({
  token: of.token,
  keys: [decodeEncodingAesKey(of.encodingAESKey)],
  appid: of.appid,
});

const APPID = "wx26e3b4a1c0d9f857";
const KEY = Uint8Array.from({ length: 32 }, (_, i) => i * 7);
const OTHER_KEY = Uint8Array.from({ length: 32 }, (_, i) => 255 - i);
const secrets: EnvelopeSecrets = { token: "a-token", keys: [KEY], appid: APPID };

function signed(encrypt: string, token = secrets.token) {
  const [timestamp, nonce] = ["1700000000", "1372623149"];
  const joined = [token, timestamp, nonce, encrypt].sort().join("");
  const signature = createHash("sha1").update(joined).digest("hex");
  return { signature, timestamp, nonce, encrypt };
}

/** Encrypts whole blocks with OpenSSL, whatever is in them. */
function encrypted(blocks: Uint8Array, key = KEY): string {
  const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(blocks), cipher.final()]).toString("base64");
}

function content(message: string, { length = Buffer.byteLength(message), appid = APPID } = {}) {
  const head = Buffer.alloc(20, "r");
  head.writeUInt32BE(length, 16);
  return Buffer.concat([head, Buffer.from(message), Buffer.from(appid)]);
}

function padded(bytes: Uint8Array, padding = 32 - (bytes.byteLength % 32)): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(padding, padding)]);
}

describe("WeChat's own samples", () => {
  it.each(vectors.received)("opens $name", async (vector) => {
    const { msg_signature: signature, timestamp, nonce, encrypt, message } = vector;
    const sealed = { signature, timestamp, nonce, encrypt };
    expect(text(await openEnvelope(secretsOf(vector), sealed))).toBe(message);
  });

  it.each(vectors.sealed)("seals $name", async (vector) => {
    const { msg_signature: signature, timestamp, nonce, encrypt, message, random } = vector;
    vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
      (array as Uint8Array).set(new TextEncoder().encode(random));
      return array;
    });
    const sealed = await sealEnvelope(secretsOf(vector), { message, timestamp, nonce });
    expect(sealed).toEqual({ signature, timestamp, nonce, encrypt });
  });
});

describe("an envelope", () => {
  it("is opened with every length of padding", async () => {
    for (let length = 0; length < 64; length++) {
      const message = "x".repeat(length);
      const sealed = signed(encrypted(padded(content(message))));
      expect(text(await openEnvelope(secrets, sealed)), String(length)).toBe(message);
    }
  });

  it("is sealed so that OpenSSL reads it, with other random bytes each time", async () => {
    const about = { message: "中文".repeat(20), timestamp: "1700000000", nonce: "n" };
    const [one, other] = await Promise.all([0, 1].map(() => sealEnvelope(secrets, about)));
    expect(one?.encrypt).not.toBe(other?.encrypt);
    const decipher = createDecipheriv("aes-256-cbc", KEY, KEY.subarray(0, 16));
    decipher.setAutoPadding(false);
    const bytes = Buffer.concat([decipher.update(one?.encrypt ?? "", "base64"), decipher.final()]);
    const padding = bytes.at(-1) ?? 0;
    expect(bytes.byteLength % 32).toBe(0);
    expect([...bytes.subarray(-padding)]).toEqual(Array(padding).fill(padding));
    expect(bytes.readUInt32BE(16)).toBe(120);
    expect(bytes.subarray(20, -padding).toString()).toBe(about.message + APPID);
  });

  it("is opened with the previous key while the key is being changed", async () => {
    const sealed = signed(encrypted(padded(content("before")), OTHER_KEY));
    const changing = { ...secrets, keys: [KEY, OTHER_KEY] };
    expect(text(await openEnvelope(changing, sealed))).toBe("before");
    expect(await failure(openEnvelope(secrets, sealed))).toMatchObject({ reason: "decryption" });
    const answer = await sealEnvelope(changing, { message: "now", timestamp: "1", nonce: "n" });
    expect(text(await openEnvelope(secrets, answer))).toBe("now");
  });

  it.each(["signature", "timestamp", "nonce", "encrypt"] as const)(
    "is refused if its %s was changed",
    async (field) => {
      const sealed = signed(encrypted(padded(content("message"))));
      const changed = sealed[field].replace(/^./, (first) => (first === "1" ? "2" : "1"));
      const refusal = await failure(openEnvelope(secrets, { ...sealed, [field]: changed }));
      expect(refusal).toMatchObject({ code: "ERR_MESSAGE", reason: "signature" });
    },
  );

  it.each<[string, (signature: string) => string]>([
    ["that is empty", () => ""],
    ["of its first half", (signature) => signature.slice(0, 20)],
    ["with one character more", (signature) => `${signature}0`],
    ["that is another's", () => "f".repeat(40)],
  ])("is refused with a signature %s", async (_, change) => {
    const right = signed(encrypted(padded(content("message"))));
    const sealed = { ...right, signature: change(right.signature) };
    expect(await failure(openEnvelope(secrets, sealed))).toMatchObject({ reason: "signature" });
  });

  it("is refused if it is for another account", async () => {
    const sealed = signed(encrypted(padded(content("message", { appid: "wxanother" }))));
    const refusal = await failure(openEnvelope(secrets, sealed));
    expect(refusal).toMatchObject({ code: "ERR_MESSAGE", reason: "appid" });
    expect(refusal.message).toContain("for wxanother, not for wx26e3b4a1c0d9f857");
  });

  const whole = padded(content("message"));
  const changedEnd = (...end: number[]) =>
    Buffer.concat([whole.subarray(0, -end.length), Buffer.from(end)]);
  it.each<[string, string]>([
    ["nothing", ""],
    ["no base64", "*".repeat(64)],
    ["base64 that was cut", encrypted(whole).slice(0, -5)],
    ["base64 for URLs", "-_-_".repeat(16)],
    ["a cut block", Buffer.alloc(31).toString("base64")],
    [
      "a block that is missing",
      Buffer.from(encrypted(whole), "base64").subarray(16).toString("base64"),
    ],
    ["another key", encrypted(whole, OTHER_KEY)],
    ["a padding of 0", encrypted(changedEnd(0))],
    ["a padding of 33", encrypted(padded(content("a".repeat(25)), 33))],
    ["a padding of 255", encrypted(changedEnd(255))],
    ["a padding with another byte in it", encrypted(changedEnd(1, whole.at(-1) ?? 0))],
    ["only padding", encrypted(Buffer.alloc(32, 32))],
    ["a padding longer than all", encrypted(Buffer.alloc(16, 32))],
    ["a length beyond the end", encrypted(padded(content("message", { length: 500 })))],
    ["the largest length", encrypted(padded(content("message", { length: 2 ** 32 - 1 })))],
    ["a length that makes the appid no appid", encrypted(padded(content("<a/>", { length: 1 })))],
    ["an appid of no length", encrypted(padded(content("message", { appid: "" })))],
  ])("is refused with %s, as any other that cannot be decrypted", async (_, encrypt) => {
    const refusal = await failure(openEnvelope(secrets, signed(encrypt)));
    expect(refusal).toMatchObject({ code: "ERR_MESSAGE", reason: "decryption" });
    expect(refusal.message).toContain("no encodingAESKey decrypts it");
  });
});

describe("an EncodingAESKey", () => {
  it("has 32 bytes, whatever the spare bits of its last character", () => {
    for (const last of ["A", "C", "g", "o", "w", "4", "9", "/"]) {
      expect(decodeEncodingAesKey(`${"a".repeat(42)}${last}`).byteLength).toBe(32);
    }
    const [zero, spare] = ["A", "D"].map((last) =>
      decodeEncodingAesKey(`${"a".repeat(42)}${last}`),
    );
    expect(spare).toEqual(zero);
  });
});
