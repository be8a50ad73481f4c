// The doctor against set-ups that are right, and against wrong ones: each finds its cause, and none blames another.

import { createPayClient, type Fetch } from "@wechat-edge/core";
import { checkPayClient, type PayCheckup, type PayFinding } from "@wechat-edge/core/pay-doctor";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { afterAll, describe, expect, it } from "vitest";
import { payInProcess } from "../../../../../test/support/pay.ts";
import {
  apiV3Key,
  type Emulator,
  examine,
  keys,
  mchid,
  NOW,
  other,
  platformKeys,
  type SetUp,
} from "../../../../../test/support/pay-checkup.ts";

const [publicKey, certificate] = platformKeys as [PlatformKey, PlatformKey];
type PlatformKey = (typeof platformKeys)[number];
const MINUTE = 60_000;
const OTHER_ID = "PUB_KEY_ID_0119000262012026112200000099";
const OTHER_SERIAL = "5A3C0E9D71B84F269AC4434D7A2FC91246E6A1D8";
const serial = certificate.platformKeyId;
/** A merchant whose public key is at hand. */
const merchant = { mchid: "1900000001", serialNo: OTHER_SERIAL, publicKey: other.publicKey };

const failures = ({ checks }: PayCheckup): PayFinding[] =>
  checks.filter(({ state }) => state === "failed").map(({ code }) => code);

const mode = (name: "certificates" | "both" | "public-key") => (emulator: Emulator) =>
  emulator.control.platform.setMode(name);
const state = (
  certificateState: "expired" | "revoked" | "replaced" | "no-api-v3-key" | "none",
) => ({
  emulator: { merchants: [{ mchid, certificateState }] },
});

const right: Record<string, SetUp> = {
  "public key, switched": { client: { platformKeys: [publicKey] }, prepare: mode("public-key") },
  "public key and APIv3 key, switched": {
    client: { platformKeys: [publicKey], apiV3Key },
    prepare: mode("public-key"),
  },
  "certificate given": { client: { platformKeys: [certificate] }, prepare: mode("certificates") },
  "certificates downloaded": {
    client: { platformKeys: undefined, apiV3Key },
    prepare: mode("certificates"),
  },
  "both kinds of key, during the switch": { client: { apiV3Key } },
  Global: { client: { region: "global", apiV3Key } },
  "Global, older path": {
    client: { certificatePath: "/hk/v3/certificates", apiV3Key },
    emulator: { merchants: [{ mchid, region: "global" }] },
  },
  "mainland merchant": { emulator: { merchants: [{ mchid, region: "mainland" }] } },
  "4 minutes fast": { client: { now: () => NOW + 4 * MINUTE, apiV3Key } },
  "a probe first": {
    client: { apiV3Key },
    emulator: { faults: [{ kind: "probe" }] },
  },
};

type Headers = Readonly<Record<string, string>>;

/** An emulator behind a proxy that changes requests. */
function meddled(change: (headers: Headers, url: string) => { url: string; headers: Headers }) {
  const { fetch } = createEmulator({ now: () => NOW });
  const meddling: Fetch = async (from, init) => {
    const { url, headers } = change(init?.headers ?? {}, from);
    return fetch(url, { ...init, headers });
  };
  return meddling;
}

/** The twelve of the issue, then their siblings. */
const wrong: Record<string, SetUp & { readonly finds: PayFinding }> = {
  "another merchant's key": {
    client: { privateKey: other.privateKey },
    finds: "private-key-other",
  },
  "another certificate's serial": {
    client: { serialNo: OTHER_SERIAL },
    finds: "certificate-serial",
  },
  "another mchid": { client: { mchid: "1900009999" }, finds: "certificate-none" },
  "clock 6 minutes fast": { client: { now: () => NOW + 6 * MINUTE }, finds: "clock-fast" },
  "clock 6 minutes slow": { client: { now: () => NOW - 6 * MINUTE }, finds: "clock-slow" },
  "wrong APIv3 key": {
    client: { apiV3Key: "Wechat-Edge-Emulator-APIv3-Key-1" },
    finds: "api-v3-key-wrong",
  },
  "AppSecret as APIv3 key": {
    client: { apiV3Key: credentials.mp.secret },
    finds: "api-v3-key-app-secret",
  },
  "merchant's key as platform key": {
    client: {
      ...{ mchid: merchant.mchid, serialNo: OTHER_SERIAL, privateKey: other.privateKey },
      platformKeys: [{ platformKeyId: publicKey.platformKeyId, key: other.publicKey }],
    },
    emulator: { merchants: [merchant] },
    finds: "platform-keys-merchant",
  },
  "wrong PUB_KEY_ID": {
    client: { platformKeys: [{ ...publicKey, platformKeyId: OTHER_ID }] },
    emulator: { replyKeyId: publicKey.platformKeyId },
    finds: "platform-keys-id",
  },
  "public key applied for, not switched": {
    client: { platformKeys: [publicKey] },
    prepare: mode("certificates"),
    finds: "switch-not-done",
  },
  "switched, only certificates given": {
    client: { platformKeys: [certificate] },
    prepare: mode("public-key"),
    finds: "switch-public-key-missing",
  },
  "wrong region": {
    client: { region: "global" },
    emulator: { merchants: [{ mchid, region: "mainland" }] },
    finds: "region-wrong",
  },

  "a Global merchant at the mainland's host": {
    emulator: { merchants: [{ mchid, region: "global" }] },
    finds: "region-wrong",
  },
  "another merchant's mchid": {
    client: { mchid: merchant.mchid },
    emulator: { merchants: [merchant] },
    finds: "certificate-serial",
  },
  "mchid and serial of another merchant": {
    client: { mchid: merchant.mchid, serialNo: OTHER_SERIAL },
    emulator: { merchants: [merchant] },
    finds: "private-key-other",
  },
  "serial of a platform certificate": {
    client: { serialNo: serial, platformKeys: [publicKey] },
    finds: "certificate-serial",
  },
  "mchid that was never given a certificate": { ...state("none"), finds: "certificate-none" },
  "expired certificate": { ...state("expired"), finds: "certificate-expired" },
  "revoked certificate": { ...state("revoked"), finds: "certificate-revoked" },
  "replaced certificate": { ...state("replaced"), finds: "certificate-replaced" },
  "no APIv3 key set": { ...state("no-api-v3-key"), finds: "api-v3-key-unset" },
  "wrong PUB_KEY_ID, certificates retired": {
    client: { platformKeys: [{ ...publicKey, platformKeyId: OTHER_ID }] },
    prepare: mode("public-key"),
    finds: "platform-keys-id",
  },
  "another merchant's public key and its id": {
    client: { platformKeys: [{ platformKeyId: OTHER_ID, key: other.publicKey }] },
    emulator: { replyKeyId: publicKey.platformKeyId },
    finds: "platform-keys-id",
  },
  "another merchant's APIv3 key, beside certificates": {
    client: { platformKeys: undefined, apiV3Key: "x".repeat(32) },
    prepare: mode("certificates"),
    finds: "api-v3-key-wrong",
  },
  "a public key that is not WeChat Pay's": {
    client: { platformKeys: [{ ...publicKey, key: other.publicKey }] },
    finds: "platform-keys-mismatch",
  },
  "the same, with an APIv3 key": {
    client: { platformKeys: [{ ...publicKey, key: other.publicKey }], apiV3Key },
    finds: "platform-keys-mismatch",
  },
  "certificates retired, APIv3 key alone": {
    client: { platformKeys: undefined, apiV3Key },
    prepare: mode("public-key"),
    finds: "switch-public-key-missing",
  },
  "certificates still listed, but the public key signs": {
    client: { platformKeys: [certificate] },
    emulator: { replyKeyId: publicKey.platformKeyId },
    finds: "switch-public-key-missing",
  },
  "a certificate that was rotated out": {
    client: { platformKeys: [certificate] },
    prepare: ({ control: { platform } }) => {
      platform.setMode("certificates");
      platform.announce();
      platform.activate();
      platform.retire(serial);
    },
    finds: "platform-keys-missing",
  },
  "a private key that is too short": {
    client: { privateKey: keys["small.pkcs8"] },
    finds: "private-key-unusable",
  },
  "no network": {
    client: { fetch: () => Promise.reject(new TypeError("fetch failed")) },
    finds: "network-silent",
  },
  "a connection that is cut": {
    emulator: { faults: [{ kind: "cut", at: "before" }] },
    finds: "network-silent",
  },
  "a login page": { emulator: { faults: [{ kind: "html", status: 200 }] }, finds: "network-proxy" },
  "a gateway's error page": {
    emulator: { faults: [{ kind: "html", status: 502 }] },
    finds: "network-proxy",
  },
  "a redirect": {
    emulator: { faults: [{ kind: "redirect", location: "https://example.com/" }] },
    finds: "network-proxy",
  },
  "a proxy that drops Authorization": {
    client: {
      fetch: meddled((headers, url) => ({ url, headers: { ...headers, Authorization: "" } })),
    },
    finds: "network-changed",
  },
  "a proxy that adds to the path": {
    client: { fetch: meddled((headers, url) => ({ url: `${url}?from=proxy`, headers })) },
    finds: "network-changed",
  },
  "headers that a proxy removed": {
    emulator: { faults: [{ kind: "missing-signature" }] },
    finds: "network-proxy",
  },
  "an old reply": { emulator: { faults: [{ kind: "stale" }] }, finds: "network-old-reply" },
};

/** Neither right nor wrong: nothing is proven. */
const unclear: Record<string, SetUp> = {
  "too many calls (429)": { emulator: { faults: [{ kind: "too-fast" }] } },
  "a system error (500)": { emulator: { faults: [{ kind: "system-error" }] } },
  "an unknown mchid answered with 500": {
    client: { mchid: "1900009999" },
    emulator: { strict: { unknownMchidIsServerError: true } },
  },
  "probes alone": { emulator: { faults: [{ kind: "probe", times: 2 }] } },
};

const table: string[] = [];
const note = (name: string, { checks, requests }: PayCheckup): void => {
  const found = checks.filter((check) => check.state === "failed").map(({ code }) => code);
  const passed = checks.filter((check) => check.state === "passed").map((check) => check.name);
  const cells = [name, found.join(", ") || "–", passed.join(", ") || "–", requests];
  table.push(`| ${cells.join(" | ")} |`);
};
afterAll(() => {
  console.log(
    ["| set-up | failed | passed | requests |", "|---|---|---|---|", ...table].join("\n"),
  );
});

describe("checkPayClient", () => {
  it.each(Object.entries(right))("finds no fault: %s", async (name, setUp) => {
    const checkup = await examine(setUp);
    note(name, checkup);
    expect(checkup.text).not.toMatch(/^failed/m);
    expect(checkup.ok).toBe(true);
    const passed = checkup.checks.filter((check) => check.state === "passed");
    expect(passed.map((check) => check.name)).toEqual(
      expect.arrayContaining([
        ...["network", "clock", "certificate", "private-key", "platform-keys", "switch"],
      ]),
    );
  });

  it.each(Object.entries(wrong))("finds the cause alone: %s", async (name, { finds, ...setUp }) => {
    const checkup = await examine(setUp);
    note(name, checkup);
    expect(failures(checkup), checkup.text).toEqual([finds]);
    expect(checkup.ok).toBe(false);
    const { todo, found } = checkup.checks.find(({ code }) => code === finds) ?? {};
    expect([todo, found]).not.toContain("");
  });

  it.each(Object.entries(unclear))("blames nothing: %s", async (name, setUp) => {
    const checkup = await examine(setUp);
    note(name, checkup);
    expect(failures(checkup), checkup.text).toEqual([]);
  });

  it("has the same lines in the same order, whatever it finds", async () => {
    const names = async (setUp: SetUp) => (await examine(setUp)).checks.map((check) => check.name);
    const all = await names({});
    expect(all).toHaveLength(8);
    for (const setUp of [...Object.values(wrong), ...Object.values(unclear)]) {
      expect(await names(setUp)).toEqual(all);
    }
  });

  it("asks once, and twice only after a probe or for the other region", async () => {
    const twice: string[] = [];
    for (const [name, setUp] of Object.entries({ ...right, ...wrong, ...unclear })) {
      const { requests } = await examine(setUp);
      expect(requests).toBeLessThanOrEqual(2);
      if (requests === 2) twice.push(name);
    }
    expect(twice).toContain("wrong region");
    expect(twice).not.toContain("wrong APIv3 key");
  });

  it("tells a client with 32 hexadecimal digits as its real APIv3 key nothing wrong", async () => {
    const real = credentials.mp.secret;
    const checkup = await examine({
      client: { apiV3Key: real },
      emulator: { merchants: [{ mchid, apiV3Key: real }] },
    });
    expect(failures(checkup)).toEqual([]);
  });

  it("does not pass an APIv3 key that nothing was decrypted with", async () => {
    const empty = await examine({
      client: {
        apiV3Key: "z".repeat(32),
        certificatePath: "/v3/certificates?algorithm_type=SM2", // which the merchant has none of
      },
    });
    const retired = await examine({
      client: { apiV3Key: "z".repeat(32) },
      prepare: mode("public-key"),
    });
    for (const { checks } of [empty, retired]) {
      expect(checks.find(({ name }) => name === "api-v3-key")?.state).toBe("unknown");
    }
  });

  it("passes a public key that is not switched on yet, where the APIv3 key makes up for it", async () => {
    for (const given of [[publicKey], [publicKey, certificate]]) {
      const checkup = await examine({
        client: { platformKeys: given, apiV3Key },
        prepare: mode("certificates"),
      });
      expect(failures(checkup), checkup.text).toEqual([]);
      expect(checkup.checks.find(({ name }) => name === "switch")?.code).toBe("switch-pending");
    }
    const wrongKey = await examine({
      client: { platformKeys: [publicKey], apiV3Key: "x".repeat(32) },
      prepare: mode("certificates"),
    });
    expect(failures(wrongKey)).toEqual(["api-v3-key-wrong", "switch-not-done"]);
  });

  it("finds the switch not done where a certificate is given by hand: encrypted fields would be refused", async () => {
    const checkup = await examine({
      client: { platformKeys: [publicKey, certificate] },
      prepare: mode("certificates"),
    });
    expect(failures(checkup)).toEqual(["switch-not-done"]);
  });

  it("learns from every text for a merchant without certificates", async () => {
    for (const message of [
      "证书不存在",
      "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。",
    ]) {
      const fault = { kind: "status", status: 404, code: "RESOURCE_NOT_EXISTS", message } as const;
      const checkup = await examine({
        client: { platformKeys: [certificate] },
        emulator: { faults: [fault], replyKeyId: publicKey.platformKeyId },
      });
      expect(failures(checkup), checkup.text).toEqual(["switch-public-key-missing"]);
    }
  });

  it("takes the time of WeChat Pay alone, not that of a proxy", async () => {
    const { checks } = await examine({
      client: { now: () => NOW + 6 * MINUTE },
      emulator: { faults: [{ kind: "html", status: 200 }] },
    });
    expect(checks.find(({ name }) => name === "clock")?.code).toBe("clock-unknown");
  });

  it("sends nothing for a brand whose certificates are nowhere", async () => {
    const { fetch } = createEmulator();
    const { serialNo, privateKey } = credentials.pay;
    const options = { brandId: "123456", serialNo, privateKey, platformKeys };
    const pay = createPayClient({ ...options, fetch });
    const { ok, requests, checks, text } = await checkPayClient(pay);
    expect([ok, requests, checks.length]).toEqual([true, 0, 8]);
    expect(text).toMatch(/network: Nothing was sent: no document says .* brand/);
  });

  it("names the id that WeChat Pay signs with", async () => {
    const setUp = wrong["wrong PUB_KEY_ID"] as SetUp;
    expect((await examine(setUp)).text).toContain(`platformKeyId to ${publicKey.platformKeyId}`);
  });

  it("sends nothing to another host than baseUrl", async () => {
    const hosts: string[] = [];
    const { emulator } = payInProcess();
    const { pay } = payInProcess({
      baseUrl: "https://relay.example",
      mchid: "1900009999",
      fetch: (url, init) => {
        hosts.push(new URL(url).host);
        return emulator.fetch(url, init);
      },
    });
    const { requests } = await checkPayClient(pay);
    expect([requests, hosts]).toEqual([2, ["relay.example", "relay.example"]]);
  });
});
