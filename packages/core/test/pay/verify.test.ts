import { beforeAll, describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import type { Reply } from "../../src/http/reply.ts";
import type { SignatureError } from "../../src/pay/errors.ts";
import type { RsaKey } from "../../src/pay/keys/key.ts";
import { replyMessage, sign } from "../../src/pay/signature.ts";
import { checkReply, type VerifyingKeys, verifyReply } from "../../src/pay/verify.ts";

const NOW = Date.UTC(2026, 10, 30, 8);
const SECONDS = NOW / 1000;
const ID = "PUB_KEY_ID_0000000000000000000000000000001";
const SERIAL = "2A10B3C4D5E6F708192A3B4C5D6E7F8091A2B3C4";
const BODY = new TextEncoder().encode('{"a":1}');
const DISCARDED = "The reply was discarded.";

let pair: CryptoKeyPair;
beforeAll(async () => {
  pair = await crypto.subtle.generateKey(
    {
      name: "RSASSA-PKCS1-v1_5",
      hash: "SHA-256",
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
    },
    false,
    ["sign", "verify"],
  );
});

/** A reply signed at a time, with some headers set or, where undefined, left out. */
async function replyAt(
  timestamp: number | string = SECONDS,
  also: Readonly<Record<string, unknown>> = {},
): Promise<Reply> {
  const signed = { timestamp: String(timestamp), nonce: "abc", body: BODY };
  const headers: Record<string, unknown> = {
    timestamp: signed.timestamp,
    nonce: signed.nonce,
    serial: ID,
    signature: await sign(pair.privateKey, replyMessage(signed)),
    ...also,
  };
  const get = (name: string): unknown =>
    name === "request-id" ? "R-1" : headers[name.replace("wechatpay-", "")];
  return { status: 200, headers: { get } as Reply["headers"], body: BODY };
}

const key = (about: Partial<RsaKey> = {}): RsaKey => ({
  what: "the platform key",
  load: async () => pair.publicKey,
  loaderFor: undefined,
  ...about,
});

/** The keys of a client that knows these ids, and finds what it is told to find. */
const keysOf = (
  ids: readonly string[] = [ID],
  find: VerifyingKeys["find"] = async () => key(),
  downloads = false,
): VerifyingKeys => ({ ids: () => ids, downloads, find });

async function refused(
  reply: Reply | Promise<Reply>,
  keys: VerifyingKeys = keysOf(),
  isMerchants?: () => Promise<boolean>,
): Promise<SignatureError> {
  const error: unknown = await failure(verifyReply(keys, await reply, NOW, isMerchants));
  return error as SignatureError;
}

describe("a reply with a signature", () => {
  it("is taken, with blanks about its headers too", async () => {
    await verifyReply(keysOf(), await replyAt(), NOW);
    const { headers } = await replyAt();
    const blanks = Object.fromEntries(
      ["timestamp", "nonce", "serial", "signature"].map((name) => [
        name,
        ` ${headers.get(`wechatpay-${name}`)}\t`,
      ]),
    );
    await verifyReply(
      keysOf([ID], async (id) => (id === ID ? key() : undefined)),
      await replyAt(SECONDS, blanks),
      NOW,
    );
  });

  it.each(["timestamp", "nonce", "serial", "signature"])(
    "lacks it without Wechatpay-%s, and with a list of them",
    async (name) => {
      for (const value of [undefined, null, ["a", "b"]]) {
        const error = await refused(replyAt(SECONDS, { [name]: value }));
        expect(error).toMatchObject({
          reason: "missing",
          probe: false,
          retryable: false,
          requestId: "R-1",
          platformKeyId: name === "serial" ? undefined : ID,
          message: `The reply lacks a header Wechatpay-Timestamp, -Nonce, -Signature or -Serial: it is not from WeChat Pay, a proxy removed the header, or it is a file (see downloadPayFile). ${DISCARDED}`,
        });
      }
    },
  );

  it("is a probe by the start of its signature alone, whatever else is wrong", async () => {
    const signature = "WECHATPAY/SIGNTEST/abcd";
    for (const also of [{ signature }, { signature, serial: undefined }]) {
      const error = await refused(replyAt(SECONDS, also));
      expect(error).toMatchObject({ probe: true, retryable: true });
    }
    const end = { signature: "abcdWECHATPAY/SIGNTEST/" };
    expect(await refused(replyAt(SECONDS, end))).toMatchObject({ probe: false, retryable: false });
  });
});

describe("the time of a reply", () => {
  it.each([-300, -299, 0, 299, 300])("may be %i seconds from that of the machine", async (off) => {
    await verifyReply(keysOf(), await replyAt(SECONDS + off), NOW);
  });

  it.each([
    [-301, "301 seconds before"],
    [301, "301 seconds after"],
    [-86_400, "86400 seconds before"],
  ])("may not be %i seconds from it", async (off, words) => {
    const error = await refused(replyAt(SECONDS + off));
    expect(error.reason).toBe("stale");
    expect(error.message).toBe(
      `The reply was signed ${words} the time of this machine (Wechatpay-Timestamp ${SECONDS + off}); at most 300 are allowed. Check the clock. ${DISCARDED}`,
    );
  });

  it("counts whole seconds of the machine", async () => {
    const reply = await replyAt(SECONDS - 300);
    await verifyReply(keysOf(), reply, NOW + 999);
    expect(await failure(verifyReply(keysOf(), reply, NOW + 1000))).toMatchObject({
      reason: "stale",
    });
  });

  it.each(["", `${SECONDS}.0`, `-${SECONDS}`, `a${SECONDS}`, `${SECONDS}a`, "1e9", "NaN"])(
    "%j is malformed",
    async (timestamp) => {
      const error = await refused(replyAt(timestamp));
      expect(error.reason).toBe("malformed");
      expect(error.message).toBe(
        `The Wechatpay-Timestamp of the reply is ${JSON.stringify(timestamp)}; it must be Unix seconds. ${DISCARDED}`,
      );
    },
  );
});

describe("a signature", () => {
  it("that is not base64 is malformed", async () => {
    const error = await refused(replyAt(SECONDS, { signature: "no base64!" }));
    expect(error.reason).toBe("malformed");
    expect(error.message).toBe(
      `The signature of the reply has 10 characters that are not base64. ${DISCARDED}`,
    );
  });

  it("of other bytes is a mismatch, and says so if the key is the merchant's own", async () => {
    const signature = btoa("a".repeat(256));
    const plain = `The signature of the reply does not match its body under the platform key ${ID}.`;
    for (const isMerchants of [undefined, async () => false]) {
      const error = await refused(replyAt(SECONDS, { signature }), keysOf(), isMerchants);
      expect(error.reason).toBe("mismatch");
      expect(error.message).toBe(`${plain} ${DISCARDED}`);
    }
    const own = await refused(replyAt(SECONDS, { signature }), keysOf(), async () => true);
    expect(own.message).toBe(
      `${plain} That key is the merchant's own: pass WeChat Pay's public key (pub_key.pem) or platform certificate. ${DISCARDED}`,
    );
  });

  it("with a nonce that came before is refused, and one that is wrong takes no nonce", async () => {
    const taken: string[] = [];
    const take = (nonce: string): boolean => {
      taken.push(nonce);
      return taken.length === 1;
    };
    const reply = await replyAt();
    const forged = { ...reply, body: new Uint8Array(1) };
    await failure(verifyReply(keysOf(), forged, NOW, undefined, take));
    expect(taken).toEqual([]);
    await verifyReply(keysOf(), reply, NOW, undefined, take);
    const error = await failure(verifyReply(keysOf(), reply, NOW, undefined, take));
    expect(error).toMatchObject({
      reason: "replayed",
      message: `The reply has the Wechatpay-Nonce of an earlier one: somebody sent that one again, or a cache answered. ${DISCARDED}`,
    });
    expect(taken).toEqual(["abc", "abc"]);
  });
});

describe("a certificate", () => {
  it("must be valid now", async () => {
    const from = Date.UTC(2020, 0, 1);
    const until = Date.UTC(2025, 0, 1);
    const certificate = { from, until } as NonNullable<RsaKey["certificate"]>;
    const error = await refused(
      replyAt(SECONDS, { serial: SERIAL }),
      keysOf([SERIAL], async () => key({ certificate })),
    );
    expect(error).toMatchObject({ reason: "unknown-serial", platformKeyId: SERIAL });
    expect(error.message).toBe(
      `The reply is signed with the platform certificate ${SERIAL}, which expired on 2025-01-01T00:00:00.000Z (this machine's clock says ${new Date(NOW).toISOString()}). ${DISCARDED}`,
    );
    const current = { from, until: NOW } as NonNullable<RsaKey["certificate"]>;
    await verifyReply(
      keysOf([SERIAL], async () => key({ certificate: current })),
      await replyAt(),
      NOW,
    );
  });
});

describe("a key that is not known", () => {
  const none = async () => undefined;
  const SWITCHED = /^The reply is signed with the public key .* the merchant has switched\./;
  const NOT_PRESSED = /^The reply is signed with the platform certificate .* has not pressed 更换/;
  const UNKNOWN = /^The reply is signed with the platform key .*; this client knows /;

  it.each<[string, string, readonly string[], boolean, RegExp]>([
    ["a public key, of a client of certificates", ID, [SERIAL], false, SWITCHED],
    ["a public key, of a client of none", ID, [], true, SWITCHED],
    ["a public key, of a client of another", ID, [`${ID}1`], false, UNKNOWN],
    ["a public key, of a client of both", ID, [SERIAL, `${ID}1`], false, UNKNOWN],
    ["a certificate, of a client of public keys", SERIAL, [ID], false, NOT_PRESSED],
    ["one in small letters", SERIAL.toLowerCase(), [ID], false, NOT_PRESSED],
    ["a certificate, of a client that downloads", SERIAL, [ID], true, UNKNOWN],
    ["a certificate, of a client of both", SERIAL, [ID, `${SERIAL}1`], false, UNKNOWN],
    ["a certificate, of a client of others", SERIAL, [`${SERIAL}1`], false, UNKNOWN],
    ["no serial number: a letter before it", `x${SERIAL}`, [ID], false, UNKNOWN],
    ["no serial number: a letter behind it", `${SERIAL}x`, [ID], false, UNKNOWN],
  ])("%s", async (_, serial, ids, downloads, words) => {
    const error = await refused(replyAt(SECONDS, { serial }), keysOf(ids, none, downloads));
    expect(error).toMatchObject({ reason: "unknown-serial", platformKeyId: serial });
    expect(error.cause).toBeUndefined();
    expect(error.message).toMatch(words);
    expect(error.message).toContain(serial);
    expect(error.message).not.toContain("Its download failed");
  });

  it("names those that are", async () => {
    const other = await refused(replyAt(SECONDS, { serial: "AB" }), keysOf(["CD", "EF"], none));
    expect(other.message).toBe(
      `The reply is signed with the platform key AB; this client knows CD, EF. If the key is WeChat Pay's, add it to platformKeys, or pass apiV3Key. ${DISCARDED}`,
    );
    const nothing = await refused(replyAt(SECONDS, { serial: "AB" }), keysOf([], none));
    expect(nothing.message).toContain("this client knows none.");
  });

  it("names why it could not be downloaded", async () => {
    const cause = new Error("The list. is away.");
    const find = () => Promise.reject(cause);
    const error = await refused(replyAt(SECONDS, { serial: "AB" }), keysOf([], find));
    expect(error.cause).toBe(cause);
    expect(error.message).toMatch(/ Its download failed: The list\. is away\. The reply was/);
    const text = await refused(
      replyAt(),
      keysOf([ID], () => Promise.reject("no Error")),
    );
    expect(text).toMatchObject({ cause: "no Error" });
    expect(text.message).not.toContain("Its download failed");
  });
});

describe("what is no reply", () => {
  it.each<[string, object, string]>([
    ["headers", { body: BODY }, "headers must be a Headers object, not undefined."],
    ["a get", { headers: {}, body: BODY }, "headers must be a Headers object, not an object."],
    [
      "a body that was read",
      { headers: new Headers(), body: "{}" },
      "body must be a Uint8Array, not a string of 2 characters. For a Response, pass new Uint8Array(await response.arrayBuffer()).",
    ],
  ])("lacks %s", (_, reply, message) => {
    expect(() => checkReply(reply as Reply)).toThrow(new TypeError(message));
  });

  it("is no object", () => {
    expect(() => checkReply(undefined as unknown as Reply)).toThrow(
      /^verify .*\{ status, headers, body \}/,
    );
  });
});
