// A merchant on the way from platform certificates to the public key, and the lists of certificates met there.

import {
  createPayClient,
  encryptSensitive,
  type PayClientOptions,
  type PlatformKey,
  payRequest,
} from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { media } from "../../../../../test/support/media.ts";

const [PUBLIC, CERTIFICATE] = credentials.pay.platformKeys as readonly [PlatformKey, PlatformKey];
const { mchid, serialNo, privateKey, apiV3Key } = credentials.pay;

const picture = () => media("licence.jpg");

/** A client of WeChat Pay that signs with certificates, whichever key is asked for: 更换 was not pressed. */
function notSwitched(options: Partial<PayClientOptions>) {
  const emulator = createEmulator();
  emulator.control.platform.setMode("certificates");
  const pay = createPayClient({
    ...{ mchid, serialNo, privateKey, sleep: async () => undefined },
    fetch: (url, init) => {
      const headers = new Headers(init?.headers);
      headers.delete("Wechatpay-Serial");
      return emulator.fetch(url, { ...init, headers });
    },
    ...options,
  });
  return { pay, emulator };
}

describe("a public key that was applied for, 更换 not pressed", () => {
  it("is named as the cause, with both cures, by a client of the public key alone", async () => {
    const { pay, emulator } = notSwitched({ platformKeys: [PUBLIC] });
    const error = await uploadImage(pay, await picture()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ reason: "unknown-serial" });
    const { message } = error as Error;
    for (const part of [
      CERTIFICATE.platformKeyId,
      "public keys only",
      "has carried out the request",
      "更换",
      "账户中心 → API安全",
      "apiV3Key beside the public key",
    ]) {
      expect(message).toContain(part);
    }
    expect(emulator.control.journal.entries()).toHaveLength(1);
  });

  it("is named for a payRequest and a notification too", async () => {
    const { pay, emulator } = notSwitched({ platformKeys: [PUBLIC] });
    await expect(payRequest(pay, { method: "GET", path: "/v3/certificates" })).rejects.toThrow(
      /not pressed 更换 yet/,
    );
    const { headers } = await emulator.fetch("https://api.mch.weixin.qq.com/v3/certificates");
    expect(headers.get("Wechatpay-Serial")).toBeNull(); // an error is unsigned: a notification made by hand
    const body = new Uint8Array(0);
    const notification = new Headers({
      "Wechatpay-Timestamp": "1",
      "Wechatpay-Nonce": "n",
      "Wechatpay-Signature": "AAAA",
      "Wechatpay-Serial": CERTIFICATE.platformKeyId.toLowerCase(),
    });
    await expect(pay.verify({ status: 200, headers: notification, body })).rejects.toThrow(
      /not pressed 更换 yet/,
    );
  });

  it("just works with apiV3Key beside the public key", async () => {
    const { pay } = notSwitched({ platformKeys: [PUBLIC], apiV3Key });
    expect((await uploadImage(pay, await picture())).media_id).not.toBe("");
    expect((await uploadImage(pay, await picture())).media_id).not.toBe("");
  });

  it("says why the certificate could not be downloaded", async () => {
    const { pay } = notSwitched({ platformKeys: [PUBLIC], apiV3Key: "0".repeat(32) });
    const failed = uploadImage(pay, await picture());
    await expect(failed).rejects.toThrow(/Its download failed: apiV3Key does not decrypt/);
  });

  it("encrypts with the certificate once a reply has shown it, until one is signed with the key", async () => {
    const { pay, emulator } = notSwitched({ platformKeys: [PUBLIC], apiV3Key });
    const encryptedFor = async () => (await encryptSensitive(pay, "张三")).platformKeyId;
    expect(await encryptedFor()).toBe(PUBLIC.platformKeyId); // nothing is known yet, and nothing is sent to know it
    expect(emulator.control.journal.entries()).toEqual([]);
    await uploadImage(pay, await picture());
    expect(await encryptedFor()).toBe(CERTIFICATE.platformKeyId);
    emulator.control.platform.setMode("public-key");
    await uploadImage(pay, await picture());
    expect(await encryptedFor()).toBe(PUBLIC.platformKeyId);
  });

  it("is not named where the client has a certificate, or apiV3Key and another failure", async () => {
    const other = "63B9D1074AE2F85C31704DB6E89C25A0F41D7B38";
    const reply = {
      status: 200,
      headers: new Headers({
        "Wechatpay-Timestamp": "1",
        "Wechatpay-Nonce": "n",
        "Wechatpay-Signature": "AAAA",
        "Wechatpay-Serial": other,
      }),
      body: new Uint8Array(0),
    };
    for (const options of [
      { platformKeys: [PUBLIC, CERTIFICATE] },
      { platformKeys: [PUBLIC], apiV3Key },
      { platformKeys: [PUBLIC], apiV3Key: "0".repeat(32) },
    ]) {
      const { pay } = notSwitched(options);
      for (let i = 0; i < 2; i++) {
        await expect(pay.verify(reply)).rejects.toMatchObject({
          reason: "unknown-serial",
          message: expect.stringContaining(`${other}; this client knows PUB_KEY_ID_`),
        });
      }
    }
  });
});

describe("a merchant who has switched to the public key", () => {
  for (const [what, options] of Object.entries({
    "certificates only": { platformKeys: [CERTIFICATE] },
    "a certificate and apiV3Key": { platformKeys: [CERTIFICATE], apiV3Key },
  })) {
    it(`is told to pass the public key: ${what}`, async () => {
      const emulator = createEmulator();
      emulator.control.platform.setMode("public-key");
      const { fetch } = emulator;
      const pay = createPayClient({ mchid, serialNo, privateKey, fetch, ...options });
      await expect(uploadImage(pay, await picture())).rejects.toMatchObject({
        reason: "unknown-serial",
        message: expect.stringMatching(
          /signed with the public key PUB_KEY_ID_\d+, and this client has no public key.*API安全.*platformKeys/,
        ),
      });
    });
  }

  it("encrypts with the public key, though apiV3Key is there too", async () => {
    const { fetch } = createEmulator();
    const pay = createPayClient({ ...credentials.pay, platformKeys: [PUBLIC], fetch });
    expect((await encryptSensitive(pay, "张三")).platformKeyId).toBe(PUBLIC.platformKeyId);
  });
});

/** A client whose list of certificates is this JSON; other calls are the emulator's. */
function listing(list: object, options: Partial<PayClientOptions> = {}) {
  const emulator = createEmulator();
  const pay = createPayClient({
    ...{ mchid, serialNo, privateKey, apiV3Key, sleep: async () => undefined },
    fetch: async (url, init) =>
      url.endsWith("/v3/certificates") ? Response.json(list) : emulator.fetch(url, init),
    ...options,
  });
  return { pay, emulator };
}

describe("a list of certificates", () => {
  it.each([{ data: [] }, { data: null }, { total_count: 0, data: [] }])(
    "that is empty says what a 404 says, this merchant has a public key: %o",
    async (list) => {
      const { pay, emulator } = listing(list);
      const failed = uploadImage(pay, await picture());
      await expect(failed).rejects.toMatchObject({ name: "KeyError" });
      await expect(failed).rejects.toThrow(
        /no platform certificates for this merchant: .*Pass its public key instead: platformKeys/,
      );
      expect(emulator.control.journal.entries()).toEqual([]);
    },
  );

  it("that is empty breaks no call of a client that has the public key", async () => {
    const { pay } = listing({ data: [] }, { platformKeys: [PUBLIC] });
    expect((await uploadImage(pay, await picture())).media_id).not.toBe("");
    expect((await encryptSensitive(pay, "张三")).platformKeyId).toBe(PUBLIC.platformKeyId);
  });

  it("that is empty breaks no call of a client that was given a certificate", async () => {
    const { pay, emulator } = listing({ data: [] }, { platformKeys: [CERTIFICATE] });
    emulator.control.platform.setMode("certificates");
    expect((await uploadImage(pay, await picture())).media_id).not.toBe("");
  });

  for (const list of [{}, { data: {} }, { data: "" }, { data: [null] }]) {
    it(`is none: ${JSON.stringify(list)}`, async () => {
      const { pay } = listing(list);
      await expect(uploadImage(pay, await picture())).rejects.toThrow(
        /is not a list of platform certificates/,
      );
    });
  }

  it("is read with blanks around the names of its fields", async () => {
    const emulator = createEmulator();
    emulator.control.platform.setMode("certificates");
    const spaced = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(spaced);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, field], i) => [
          i % 2 === 0 ? `${name} ` : ` ${name}\t`,
          spaced(field),
        ]),
      );
    };
    const first = createPayClient({ ...credentials.pay, fetch: emulator.fetch });
    const list = spaced(await payRequest(first, { method: "GET", path: "/v3/certificates" }));
    const { pay } = listing(list as object);
    // It is read; the reply of this test carries no signature.
    await expect(encryptSensitive(pay, "张三")).rejects.toMatchObject({
      name: "SignatureError",
      reason: "missing",
    });
  });

  it("that apiV3Key does not decrypt says so of an AppSecret", async () => {
    for (const [key, hint] of [
      [
        credentials.mp.secret,
        /certificates and looks like an AppSecret or the APIv2 key: it differs/,
      ],
      ["Z".repeat(32), /platform certificates: it differs/],
    ] as const) {
      const emulator = createEmulator();
      emulator.control.platform.setMode("certificates");
      const { fetch } = emulator;
      const pay = createPayClient({ mchid, serialNo, privateKey, apiV3Key: key, fetch });
      await expect(uploadImage(pay, await picture())).rejects.toThrow(hint);
    }
  });
});

describe("a reply's headers", () => {
  it("are read with blanks around their values", async () => {
    const { fetch } = createEmulator();
    const { pay, seen } = recorded(fetch);
    await payRequest(pay, { method: "GET", path: "/v3/certificates" });
    const [reply] = seen;
    const blanks = (value: string | null) => (value === null ? null : ` ${value} \t`);
    const headers = { get: (name: string) => blanks(reply?.headers.get(name) ?? null) };
    const body = new Uint8Array((await reply?.arrayBuffer()) ?? new ArrayBuffer(0));
    await expect(pay.verify({ status: 200, headers, body })).resolves.toBeUndefined();
  });
});

function recorded(fetch: ReturnType<typeof createEmulator>["fetch"]) {
  const seen: Response[] = [];
  const pay = createPayClient({
    ...credentials.pay,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      seen.push(response.clone());
      return response;
    },
  });
  return { pay, seen };
}
