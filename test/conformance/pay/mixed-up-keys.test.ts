// Keys and ids in each other's place: an error names what was given and what belongs there, before a byte is sent.

import {
  createPayClient,
  KeyError,
  type PayClientOptions,
  type PlatformKey,
  payRequest,
} from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { media } from "../../support/media.ts";
import vectors from "../../vectors/keys.json" with { type: "json" };

const { mchid, serialNo, privateKey, apiV3Key } = credentials.pay;
const [WECHAT] = credentials.pay.platformKeys as readonly [PlatformKey];
const GOOD = { mchid, serialNo, privateKey, platformKeys: [WECHAT], apiV3Key };
const VECTORS_SERIAL = "6457C85CA78CE47B0E9100C24E50C5957B84E6B5";
const { keys } = vectors;

describe("the merchant's own key as a platform key", () => {
  /** What is sent; the client is refused before that. */
  const sent: string[] = [];
  const client = (change: Partial<PayClientOptions>) =>
    createPayClient({
      ...GOOD,
      privateKey: keys["rsa.pkcs8"],
      ...change,
      fetch: async (url) => {
        sent.push(url);
        return new Response(null, { status: 204 });
      },
    });
  const own: readonly PlatformKey[] = [{ ...WECHAT, key: keys["rsa.spki"] }];
  const calls: Readonly<Record<string, (made: ReturnType<typeof client>) => Promise<unknown>>> = {
    "pay.sign": (made) => made.sign({ method: "GET", path: "/v3/x", body: new Uint8Array(0) }),
    payRequest: (made) => payRequest(made, { method: "GET", path: "/v3/certificates" }),
    uploadImage: async (made) => uploadImage(made, await media("licence.jpg")),
  };
  for (const [name, call] of Object.entries(calls)) {
    it(`is refused by ${name}, each time, and nothing is sent`, async () => {
      const made = client({ platformKeys: own });
      for (let i = 0; i < 2; i++) {
        await expect(call(made)).rejects.toThrow(KeyError);
        await expect(call(made)).rejects.toThrow(/is the merchant's own key: it verifies what/);
      }
      expect(sent).toEqual([]);
    });
  }

  it("is found beside a right one, as a certificate of another number, and as a CryptoKey", async () => {
    const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const pair = await crypto.subtle.generateKey(
      { ...algorithm, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
      false,
      ["sign", "verify"],
    );
    const wrong: Partial<PayClientOptions>[] = [
      { platformKeys: [WECHAT, { platformKeyId: VECTORS_SERIAL, key: keys["rsa.x509"] }] },
      {
        privateKey: pair.privateKey,
        platformKeys: [{ platformKeyId: "PUB_KEY_ID_1", key: pair.publicKey }],
      },
    ];
    for (const change of wrong) {
      await expect(calls["pay.sign"]?.(client(change))).rejects.toThrow(
        /is the merchant's own key/,
      );
    }
  });

  it("is named where a reply or notification does not verify", async () => {
    const now = Date.UTC(2026, 10, 22);
    const headers = new Headers({
      "Wechatpay-Timestamp": String(now / 1000),
      "Wechatpay-Nonce": "n",
      "Wechatpay-Signature": "AAAA",
      "Wechatpay-Serial": WECHAT.platformKeyId,
    });
    const reply = { status: 200, headers, body: new Uint8Array(0) };
    const mine = client({ platformKeys: own, now: () => now });
    await expect(mine.verify(reply)).rejects.toMatchObject({
      reason: "mismatch",
      message: expect.stringContaining("That key is the merchant's own"),
    });
    const right = client({ now: () => now });
    await expect(right.verify(reply)).rejects.toMatchObject({
      reason: "mismatch",
      message: expect.not.stringContaining("merchant's own"),
    });
  });
});
