// When the list is downloaded, taken from the cache, and which of its certificates serves.

import { credentials } from "@wechat-edge/emulator";
import { beforeAll, describe, expect, it } from "vitest";
import { foreignKeys, makeCertificate } from "../../../../../test/support/certificate.ts";
import { failure } from "../../../../../test/support/mp.ts";
import { encryptSensitive, payRequest } from "../../../src/index.ts";
import { cacheOf, listEntry, merchantOf, NOW } from "./wechat-pay.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GET = { method: "GET", path: "/v3/x" };
const OTHER_SERIAL = "3B21C4D5E6F708192A3B4C5D6E7F8091A2B3C4D5";
const LIST = "/v3/certificates";

let other: { publicKey: string; privateKey: string };
let mine: object;
let others: object;
const byOther = () => ({ privateKey: other.privateKey, serial: OTHER_SERIAL });
beforeAll(async () => {
  other = await foreignKeys();
  mine = await listEntry(await makeCertificate(NOW));
  const { publicKey } = other;
  const certificate = await makeCertificate(NOW, { serialNo: OTHER_SERIAL, publicKey });
  others = await listEntry(certificate, { serial_no: OTHER_SERIAL });
});

const downloads = (asked: readonly string[]) => asked.filter((path) => path === LIST).length;

describe("a list of the cache", () => {
  it.each([
    ["now", 0, 0],
    ["a second ago", -1000, 0],
    ["just under 12 hours ago", 1 - 12 * HOUR, 0],
    ["12 hours ago", -12 * HOUR, 1],
    ["in a millisecond", 1, 1],
    ["in an hour", HOUR, 1],
    ["in a year", 365 * DAY, 1],
    ["at the end of all clocks", 8.64e15 - NOW, 1],
  ])("of %s costs so many downloads", async (_, age, count) => {
    const { pay, wechat } = merchantOf(
      { entries: [mine] },
      { certificateCache: cacheOf([mine], NOW + age) },
    );
    expect(await payRequest(pay, GET)).toMatchObject({ done: true });
    expect(downloads(wechat.asked)).toBe(count);
  });

  it.each(["1796025600000", null, Number.NaN, true, [NOW]])(
    "with the time %j is passed over",
    async (fetchedAt) => {
      const certificateCache = cacheOf([mine], fetchedAt as never);
      const { pay, wechat } = merchantOf({ entries: [mine] }, { certificateCache });
      await payRequest(pay, GET);
      expect(downloads(wechat.asked)).toBe(1);
    },
  );

  it.each([
    ["older", -HOUR, "unknown-serial"],
    ["of the same moment", 0, "unknown-serial"],
    ["newer", 6000, undefined],
    ["of the future", HOUR, "unknown-serial"],
  ])("that is %s than the one in use: %s", async (_, age, reason) => {
    const store = new Map<string, string>();
    const { pay, wechat } = merchantOf({ entries: [mine] }, { certificateCache: store });
    await payRequest(pay, GET);
    wechat.now += 10_000;
    for (const [key, value] of cacheOf([others], NOW + age) as Map<string, string>) {
      store.set(key, value);
    }
    wechat.signer = byOther();
    const call = payRequest(pay, GET);
    if (reason === undefined) expect(await call).toMatchObject({ done: true });
    else expect(await failure(call)).toMatchObject({ reason });
    expect(downloads(wechat.asked)).toBe(1);
  });

  it("serves all who come while it is read", async () => {
    const store = cacheOf([mine], NOW) as Map<string, string>;
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let reads = 0;
    const certificateCache = {
      async get(key: string) {
        reads += 1;
        await gate;
        return store.get(key);
      },
      set: () => undefined,
    };
    const { pay, wechat } = merchantOf({ entries: [mine] }, { certificateCache });
    const first = payRequest(pay, GET);
    const others = Array.from({ length: 9 }, () => payRequest(pay, GET));
    open();
    for (const call of [first, ...others]) expect(await call).toMatchObject({ done: true });
    expect([reads, downloads(wechat.asked)]).toEqual([1, 0]);
  });

  it("is looked at again after 5 seconds, whichever way the clock is set", async () => {
    for (const step of [4999, 5000, -4999, -5000]) {
      const store = new Map<string, string>();
      const { pay, wechat } = merchantOf({ entries: [mine] }, { certificateCache: store });
      await payRequest(pay, GET);
      const reads: string[] = [];
      const get = store.get.bind(store);
      store.get = (key) => {
        reads.push(key);
        return get(key);
      };
      wechat.now += step;
      wechat.signer = byOther();
      await failure(payRequest(pay, GET));
      expect(reads.length).toBe(Math.abs(step) >= 5000 ? 1 : 0);
    }
  });
});

describe("a list in use", () => {
  it.each([
    ["12 hours", 12 * HOUR, 2],
    ["a millisecond less", 12 * HOUR - 1, 1],
    ["an hour", HOUR, 1],
    ["12 hours back, as the clock was set", -12 * HOUR, 2],
    ["a year back", -365 * DAY, 2],
    ["an hour back", -HOUR, 1],
  ])("is downloaded again after %s", async (_, step, count) => {
    const certificate = await makeCertificate(NOW, { from: 0, until: NOW + 400 * DAY });
    const { pay, wechat } = merchantOf({ entries: [await listEntry(certificate)] });
    await payRequest(pay, GET);
    wechat.now += step;
    await payRequest(pay, GET);
    expect(downloads(wechat.asked)).toBe(count);
  });

  it.each([
    ["60 seconds", 60_000, 2],
    ["a millisecond less", 59_999, 1],
    ["60 seconds back, as the clock was set", -60_000, 2],
    ["a millisecond less back", -59_999, 1],
  ])("is downloaded again for an unknown serial number after %s", async (_, step, count) => {
    const { pay, wechat } = merchantOf({ entries: [mine] });
    await payRequest(pay, GET);
    wechat.now += step;
    wechat.signer = byOther();
    await failure(payRequest(pay, GET));
    expect(downloads(wechat.asked)).toBe(count);
  });

  it("is downloaded before anything is sent where all its certificates have ended", async () => {
    const ends = await listEntry(await makeCertificate(NOW, { until: NOW + 1000 }));
    const { pay, wechat } = merchantOf({ entries: [ends] });
    await payRequest(pay, GET);
    wechat.now += 1001;
    wechat.entries = [others];
    wechat.listSigner = byOther();
    wechat.signer = byOther();
    expect(await payRequest(pay, GET)).toMatchObject({ done: true });
    expect(wechat.asked).toEqual([LIST, "/v3/x", LIST, "/v3/x"]);
  });
});

describe("a field", () => {
  const started = async (serialNo: string, from: number, until = NOW + 365 * DAY) =>
    listEntry(await makeCertificate(NOW, { serialNo, from, until }), { serial_no: serialNo });

  it("is encrypted with the certificate that began last, whichever lasts longest", async () => {
    const old = await started("0A", NOW - 300 * DAY, NOW + 900 * DAY);
    const recent = await started("0B", NOW - DAY, NOW + 10 * DAY);
    const middle = await started("0C", NOW - 30 * DAY);
    const future = await started("0D", NOW + DAY);
    const ended = await started("0E", NOW - 1000, NOW - 500);
    for (const entries of [
      [old, middle, recent, future, ended],
      [ended, recent, old, future, middle],
      [future, middle, recent, ended, old],
    ]) {
      const { pay } = merchantOf({ entries, listSigner: { serial: "0A" } });
      expect((await encryptSensitive(pay, "张三")).platformKeyId).toBe("0B");
    }
  });

  it("is encrypted with the given certificate that began last and has not ended, else a public key", async () => {
    const given = async (platformKeyId: string, from: number, until = NOW + 365 * DAY) => ({
      platformKeyId,
      key: await makeCertificate(NOW, { serialNo: platformKeyId, from, until }),
    });
    const old = await given("0A", NOW - 300 * DAY);
    const recent = await given("0B", NOW - DAY);
    const ended = await given("0E", NOW - 1000, NOW - 500);
    for (const [platformKeys, id] of [
      [[old, recent, ended], "0B"],
      [[ended, recent, old], "0B"],
      [[ended, old], "0A"],
    ] as const) {
      const { pay } = merchantOf({}, { apiV3Key: undefined, platformKeys });
      expect((await encryptSensitive(pay, "张三")).platformKeyId).toBe(id);
    }
    const { pay } = merchantOf({}, { apiV3Key: undefined, platformKeys: [ended] });
    expect(await failure(encryptSensitive(pay, "张三"))).toMatchObject({ code: "ERR_KEY" });
    const [publicKey] = credentials.pay.platformKeys;
    const platformKeys = publicKey === undefined ? [] : [ended, publicKey];
    const switched = merchantOf({}, { apiV3Key: undefined, platformKeys });
    const { platformKeyId } = await encryptSensitive(switched.pay, "张三");
    expect(platformKeyId).toBe(publicKey?.platformKeyId);
  });
});

describe("a list without a usable certificate", () => {
  it.each([
    ["none at all", []],
    ["null, as Go writes it", null],
  ])("is a KeyError: %s", async (_, data) => {
    const { pay } = merchantOf({ entries: data as never });
    expect(await failure(payRequest(pay, GET))).toMatchObject({ code: "ERR_KEY" });
  });

  it.each(["0A", "000A", "a", "A"])(
    "is one that lists the merchant's own, whose number is written %s",
    async (serialNo) => {
      const own = await makeCertificate(NOW, { serialNo: "0A" });
      const entries = [await listEntry(own, { serial_no: "0A" })];
      const { pay } = merchantOf({ entries, listSigner: { serial: "0A" } }, { serialNo });
      expect(await failure(payRequest(pay, GET))).toMatchObject({ reason: "unknown-serial" });
    },
  );
});

/** A store that counts how often it is read. */
function counted(store = new Map<string, string>()) {
  const reads: string[] = [];
  const certificateCache = {
    get(key: string) {
      reads.push(key);
      return store.get(key);
    },
    set: (key: string, value: string) => void store.set(key, value),
  };
  return { reads, certificateCache };
}

describe("a list that serves", () => {
  it("costs no look at the cache, and none for a certificate that it has", async () => {
    const { reads, certificateCache } = counted();
    const { pay, wechat } = merchantOf({ entries: [mine] }, { certificateCache });
    await payRequest(pay, GET);
    expect(reads.length).toBe(1);
    wechat.now += 6 * HOUR;
    await payRequest(pay, GET);
    await payRequest(pay, GET);
    expect(reads.length).toBe(1);
  });

  it("is replaced by the next one, with all that this does not list", async () => {
    const { pay, wechat } = merchantOf({ entries: [mine, others] });
    await payRequest(pay, GET);
    wechat.signer = byOther();
    expect(await payRequest(pay, GET)).toMatchObject({ done: true });
    wechat.now += 12 * HOUR;
    wechat.entries = [mine];
    expect(await failure(payRequest(pay, GET))).toMatchObject({ reason: "unknown-serial" });
  });

  it("is named where a key is unknown", async () => {
    const { pay, wechat } = merchantOf({ entries: [mine] });
    await payRequest(pay, GET);
    wechat.signer = { privateKey: other.privateKey, serial: "0F" };
    const { message } = await failure(payRequest(pay, GET));
    expect(message).toContain(
      "platform key 0F; this client knows 2A10B3C4D5E6F708192A3B4C5D6E7F80",
    );
  });
});

describe("a list of the cache in another form", () => {
  it.each([0, 2, "1", undefined])("of version %j is passed over", async (v) => {
    const store = cacheOf([mine]) as Map<string, string>;
    for (const [key, value] of store) {
      store.set(key, JSON.stringify({ ...(JSON.parse(value) as object), v }));
    }
    const { pay, wechat } = merchantOf({ entries: [mine] }, { certificateCache: store });
    await payRequest(pay, GET);
    expect(downloads(wechat.asked)).toBe(1);
  });

  it("without its body is passed over", async () => {
    const store = cacheOf([mine]) as Map<string, string>;
    for (const [key, value] of store) {
      store.set(key, JSON.stringify({ ...(JSON.parse(value) as object), body: undefined }));
    }
    const { pay, wechat } = merchantOf({ entries: [mine] }, { certificateCache: store });
    await payRequest(pay, GET);
    expect(downloads(wechat.asked)).toBe(1);
  });
});

describe("a download", () => {
  it("is told of as what it is", async () => {
    const operations: string[] = [];
    const onAttempt = ({ operation }: { operation: string }) => void operations.push(operation);
    const { pay } = merchantOf({ entries: [mine] }, { onAttempt });
    await payRequest(pay, GET);
    expect(operations).toEqual(["downloadCertificates", "payRequest"]);
  });

  it("that lists none says so", async () => {
    const { pay } = merchantOf({ entries: [] });
    expect((await failure(payRequest(pay, GET))).message).toBe(
      'WeChat Pay has no platform certificates for this merchant: it lists none. Pass its public key instead: platformKeys: [{ platformKeyId: "PUB_KEY_ID_…", key }].',
    );
  });
});
