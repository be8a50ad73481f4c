import {
  createPayClient,
  encryptSensitive,
  type KeyValueStore,
  payRequest,
} from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { certificateMerchant, memory } from "../../../../../test/support/certificate-merchant.ts";
import { media } from "../../../../../test/support/media.ts";
import { nowOf } from "../../../../../test/support/pay.ts";

const HOUR = 3_600_000;

const picture = () => media("licence.jpg");

describe("platform certificates", () => {
  it("come from the Global path for a Global merchant, or from any other that is given", async () => {
    const global = certificateMerchant({ region: "global" });
    await uploadImage(global.pay, await picture());
    expect(global.emulator.control.journal.entries()[0]?.path).toBe("/v3/global/certificates");
    const older = certificateMerchant({ certificatePath: "/hk/v3/certificates" });
    await uploadImage(older.pay, await picture());
    expect(older.emulator.control.journal.entries()[0]?.path).toBe("/hk/v3/certificates");
  });

  it("cost ten cold callers one download", async () => {
    const { pay, downloads } = certificateMerchant();
    const file = await picture();
    await Promise.all(Array.from({ length: 10 }, () => uploadImage(pay, file)));
    expect(downloads()).toBe(1);
  });

  it("are downloaded again when a reply is signed with one that is not known", async () => {
    const { pay, platform, advance, downloads } = certificateMerchant();
    await uploadImage(pay, await picture());
    advance(61_000);
    platform.announce();
    platform.activate();
    await uploadImage(pay, await picture());
    expect(downloads()).toBe(2);
  });

  it("cost ten callers one download when a new one begins to sign", async () => {
    const { pay, platform, advance, downloads } = certificateMerchant();
    const file = await picture();
    await uploadImage(pay, file);
    advance(61_000);
    platform.announce();
    platform.activate();
    await Promise.all(Array.from({ length: 10 }, () => uploadImage(pay, file)));
    expect(downloads()).toBe(2);
  });

  it("are known again after a clock that was far ahead has been set right", async () => {
    const { pay, platform, advance } = certificateMerchant();
    advance(365 * 24 * HOUR);
    await uploadImage(pay, await picture());
    advance(-365 * 24 * HOUR);
    platform.announce();
    platform.activate();
    expect((await uploadImage(pay, await picture())).media_id).not.toBe("");
  });

  it("are asked for three times, not nine, when the list is down", async () => {
    const { pay, emulator, downloads } = certificateMerchant();
    const match = { path: "/v3/certificates" };
    emulator.control.faults.add({ kind: "system-error", match, times: 0 });
    await expect(uploadImage(pay, await picture())).rejects.toMatchObject({ status: 500 });
    expect(downloads()).toBe(3);
  });

  it("are asked for once a minute while an old list serves on", async () => {
    const { pay, emulator, advance, downloads } = certificateMerchant();
    await uploadImage(pay, await picture());
    advance(13 * HOUR);
    const match = { path: "/v3/certificates" };
    emulator.control.faults.add({ kind: "system-error", match, times: 0 });
    for (let i = 0; i < 5; i++) await uploadImage(pay, await picture());
    expect(downloads()).toBe(1 + 3);
  });

  it("stop the upload before it is sent when all have expired and the list is down", async () => {
    const { pay, emulator, platform, advance, uploads } = certificateMerchant();
    await uploadImage(pay, await picture());
    const [certificate] = platform.certificates();
    advance((certificate?.expireTime ?? 0) - nowOf(pay)() + 1000);
    const match = { path: "/v3/certificates" };
    emulator.control.faults.add({ kind: "system-error", match, times: 0 });
    await expect(uploadImage(pay, await picture())).rejects.toMatchObject({ status: 500 });
    expect(uploads()).toBe(1);
  });

  it("may be missing where a certificate was given besides", async () => {
    const given = credentials.pay.platformKeys.filter(
      ({ platformKeyId }) => !platformKeyId.startsWith("PUB_KEY_ID_"),
    );
    const { pay, emulator } = certificateMerchant({ platformKeys: given });
    const match = { path: "/v3/certificates" };
    emulator.control.faults.add({ kind: "system-error", match, times: 0 });
    expect((await uploadImage(pay, await picture())).media_id).not.toBe("");
    expect((await encryptSensitive(pay, "张三")).platformKeyId).toBe(given[0]?.platformKeyId);
  });

  it("never hold the merchant's own", async () => {
    const { emulator, platform } = certificateMerchant();
    const { mchid, privateKey, apiV3Key } = credentials.pay;
    const own = platform.certificates().find(({ signing }) => signing)?.platformKeyId ?? "";
    emulator.control.seed({ merchants: [{ mchid, serialNo: own }] });
    const pay = createPayClient({
      ...{ mchid, serialNo: own, privateKey, apiV3Key },
      now: emulator.control.clock.now,
      fetch: emulator.fetch,
    });
    await expect(uploadImage(pay, await picture())).rejects.toMatchObject({
      code: "ERR_SIGNATURE",
      reason: "unknown-serial",
    });
  });

  it("are not downloaded for a call that is aborted already", async () => {
    const reason = new Error("no longer wanted");
    const { pay, emulator } = certificateMerchant();
    const match = { path: "/v3/certificates" };
    emulator.control.faults.add({ kind: "system-error", match, times: 0 });
    const call = { method: "GET", path: "/v3/x" };
    const aborted = payRequest(pay, call, { signal: AbortSignal.abort(reason) });
    await expect(aborted).rejects.toBe(reason);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("are not downloaded twice within 60 seconds for unknown serials", async () => {
    const { pay, emulator, advance, downloads } = certificateMerchant();
    await uploadImage(pay, await picture());
    emulator.control.faults.add({ kind: "unknown-serial", times: 0 });
    for (let i = 0; i < 5; i++) {
      advance(11_000);
      const upload = uploadImage(pay, await picture());
      await expect(upload).rejects.toMatchObject({ reason: "unknown-serial" });
    }
    advance(4_999);
    await expect(uploadImage(pay, await picture())).rejects.toThrow();
    expect(downloads()).toBe(1);
    advance(1);
    await expect(uploadImage(pay, await picture())).rejects.toThrow();
    expect(downloads()).toBe(2);
  });

  it("are not downloaded for a public key that is not known", async () => {
    const { emulator, pay: known } = certificateMerchant();
    const { mchid, serialNo, privateKey, apiV3Key } = credentials.pay;
    let time = nowOf(known)();
    const pay = createPayClient({
      ...{ mchid, serialNo, privateKey, apiV3Key, now: () => time },
      async fetch(input, init) {
        const { status, headers, body } = await emulator.fetch(input, init);
        const signedOtherwise = new Headers(headers);
        if (new Request(input).url.includes("upload")) {
          signedOtherwise.set("Wechatpay-Serial", "PUB_KEY_ID_0000000000");
        }
        return new Response(body, { status, headers: signedOtherwise });
      },
    });
    for (let i = 0; i < 3; i++) {
      const upload = uploadImage(pay, await picture());
      await expect(upload).rejects.toMatchObject({ reason: "unknown-serial" });
      time += 61_000;
    }
    const paths = emulator.control.journal.entries().map(({ path }) => path);
    expect(paths.filter((path) => path.includes("certificates")).length).toBe(1);
  });

  it("are looked at again after 12 hours in use", async () => {
    const { pay, advance, downloads } = certificateMerchant();
    await uploadImage(pay, await picture());
    advance(12 * HOUR - 1000);
    await uploadImage(pay, await picture());
    expect(downloads()).toBe(1);
    advance(1000);
    await uploadImage(pay, await picture());
    expect(downloads()).toBe(2);
  });

  it("serve on when the look after 12 hours fails", async () => {
    const { pay, emulator, advance } = certificateMerchant();
    await uploadImage(pay, await picture());
    advance(13 * HOUR);
    const match = { path: "/v3/certificates" };
    emulator.control.faults.add({ kind: "system-error", match, times: 0 });
    expect((await uploadImage(pay, await picture())).media_id).not.toBe("");
  });

  it("may sign in turns during a rotation, in any order in the list", async () => {
    const { pay, emulator, platform, advance, downloads } = certificateMerchant();
    emulator.control.faults.add({ kind: "certificates-reversed", times: 0 });
    await uploadImage(pay, await picture());
    advance(61_000);
    platform.announce();
    platform.alternate(true);
    for (let i = 0; i < 4; i++) await uploadImage(pay, await picture());
    expect(downloads()).toBe(2);
  });

  it("may be in their own reply alone", async () => {
    const { pay, emulator } = certificateMerchant();
    emulator.control.faults.add({ kind: "certificates-self-signed" });
    expect((await uploadImage(pay, await picture())).media_id).not.toBe("");
  });

  it("stand beside a public key during the switch to it", async () => {
    const { mchid, serialNo, privateKey, apiV3Key, platformKeys } = credentials.pay;
    const { pay: old, emulator, platform } = certificateMerchant();
    const now = nowOf(old);
    platform.setMode("both");
    platform.setPublicKeyShare(0.5);
    const publicKeys = platformKeys.filter(({ platformKeyId }) =>
      platformKeyId.startsWith("PUB_KEY_ID_"),
    );
    const asksForNone: typeof fetch = (input, init) => {
      const headers = new Headers(init?.headers);
      headers.delete("Wechatpay-Serial");
      return emulator.fetch(input, { ...init, headers });
    };
    const serials = new Set<string | undefined>();
    const pay = createPayClient({
      ...{ mchid, serialNo, privateKey, apiV3Key, now, platformKeys: publicKeys },
      fetch: asksForNone,
      onAttempt: ({ operation, platformKeyId }) =>
        operation === "uploadImage" && serials.add(platformKeyId),
    });
    for (let i = 0; i < 6; i++) await uploadImage(pay, await picture());
    expect(serials.size).toBe(2);
  });

  it("are no longer trusted once they have expired", async () => {
    const { pay, platform, advance } = certificateMerchant();
    await uploadImage(pay, await picture());
    const [certificate] = platform.certificates();
    advance((certificate?.expireTime ?? 0) - nowOf(pay)() + 1000);
    await expect(uploadImage(pay, await picture())).rejects.toThrow();
  });
});

describe("a certificate list that is not to be trusted", () => {
  const cases: Record<string, [object, object]> = {
    "one bit of a tag flipped": [{ kind: "certificates-wrong-tag" }, { code: "ERR_KEY" }],
    "another APIv3 key": [{ kind: "certificates-wrong-key" }, { code: "ERR_KEY" }],
    "an entry that is no certificate": [{ kind: "certificates-garbage" }, { code: "ERR_REPLY" }],
    "no signature": [{ kind: "missing-signature" }, { code: "ERR_SIGNATURE", reason: "missing" }],
    "a wrong signature": [{ kind: "wrong-signature" }, { code: "ERR_SIGNATURE" }],
  };
  for (const [what, [fault, error]] of Object.entries(cases)) {
    it(`stops the upload before it is sent: ${what}`, async () => {
      const { pay, emulator, uploads } = certificateMerchant();
      emulator.control.faults.add({ ...fault, times: 0 } as never);
      await expect(uploadImage(pay, await picture())).rejects.toMatchObject(error);
      expect(uploads()).toBe(0);
    });
  }

  it("stops it too where the merchant has a public key only, and says what to give", async () => {
    const { pay, platform, uploads } = certificateMerchant();
    platform.setMode("public-key");
    const upload = uploadImage(pay, await picture());
    await expect(upload).rejects.toMatchObject({
      code: "ERR_KEY",
      message: expect.stringMatching(/PUB_KEY_ID_…/),
      cause: expect.objectContaining({ status: 404, apiCode: "RESOURCE_NOT_EXISTS" }),
    });
    expect(uploads()).toBe(0);
  });

  it("is tried again after a lost connection or a 500", async () => {
    const { pay, emulator, downloads } = certificateMerchant();
    emulator.control.faults.add({ kind: "system-error", times: 2 });
    expect((await uploadImage(pay, await picture())).media_id).not.toBe("");
    expect(downloads()).toBe(3);
    const lost = certificateMerchant();
    lost.emulator.control.faults.add({ kind: "cut", at: "before" });
    expect((await uploadImage(lost.pay, await picture())).media_id).not.toBe("");
    expect(lost.downloads()).toBe(2);
  });
});

describe("the cache of certificates", () => {
  it("brings what another process has downloaded", async () => {
    const cache = memory();
    const { pay, emulator, platform, advance, downloads } = certificateMerchant({
      certificateCache: cache,
    });
    await uploadImage(pay, await picture());
    advance(61_000);
    platform.announce();
    platform.activate();
    const { mchid, serialNo, privateKey, apiV3Key } = credentials.pay;
    const other = createPayClient({
      ...{ mchid, serialNo, privateKey, apiV3Key, now: nowOf(pay) },
      fetch: emulator.fetch,
      certificateCache: cache,
    });
    await uploadImage(other, await picture());
    expect(downloads()).toBe(2);
    await uploadImage(pay, await picture());
    expect(downloads()).toBe(2);
  });

  const alterations: Record<string, object> = {
    "of another version": { v: 2 },
    "from the future, which would never grow old": { fetchedAt: Date.UTC(2027, 0, 1) },
    "over 12 hours old": { fetchedAt: Date.UTC(2026, 10, 21, 19) },
  };
  for (const [what, change] of Object.entries(alterations)) {
    it(`is passed over where its list is ${what}`, async () => {
      const cache = memory();
      const first = certificateMerchant({ certificateCache: cache });
      await uploadImage(first.pay, await picture());
      for (const [key, value] of cache.values) {
        cache.values.set(key, JSON.stringify({ ...JSON.parse(value), ...change }));
      }
      const { pay, downloads } = certificateMerchant({ certificateCache: cache });
      await uploadImage(pay, await picture());
      expect(downloads()).toBe(1);
    });
  }

  const broken: Record<string, KeyValueStore> = {
    "throws at once": {
      get: () => {
        throw new Error("no store");
      },
      set: () => {
        throw new Error("no store");
      },
    },
    rejects: {
      get: () => Promise.reject(new Error("no store")),
      set: () => Promise.reject(new Error("no store")),
    },
    "holds garbage": { get: () => "{", set: () => undefined },
    "holds a forged list": {
      get: () =>
        JSON.stringify({
          v: 1,
          fetchedAt: Date.UTC(2026, 10, 22, 8, 0, 0),
          body: JSON.stringify({
            data: [{ serial_no: "EE", expire_time: "2050-01-01T00:00:00Z" }],
          }),
        }),
      set: () => undefined,
    },
  };
  for (const [what, certificateCache] of Object.entries(broken)) {
    it(`is passed over where it ${what}`, async () => {
      const { pay, downloads } = certificateMerchant({ certificateCache });
      await uploadImage(pay, await picture());
      expect(downloads()).toBe(1);
    });
  }
});
