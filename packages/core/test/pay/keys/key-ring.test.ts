import { describe, expect, it } from "vitest";
import { failure } from "../../../../../test/support/mp.ts";
import type { CertificateList } from "../../../src/pay/keys/certificate-list.ts";
import type { RsaKey } from "../../../src/pay/keys/key.ts";
import { createKeyRing } from "../../../src/pay/keys/key-ring.ts";

const NOW = Date.UTC(2026, 10, 30, 8);
const PUBLIC = "PUB_KEY_ID_01";
const SERIAL = "0A1B";

const publicKey = (load = async () => ({}) as CryptoKey): RsaKey => ({
  what: "a key",
  load,
  loaderFor: undefined,
});
const certificate = (from: number, until: number): RsaKey => ({
  ...publicKey(),
  certificate: { from, until } as NonNullable<RsaKey["certificate"]>,
});
const current = certificate(NOW - 1000, NOW + 1000);
const ended = certificate(NOW - 1000, NOW - 1);

/** A list of these keys, and what it was asked. */
function listOf(keys: Readonly<Record<string, RsaKey>>, broken?: Error) {
  const asked: string[] = [];
  const list: CertificateList = {
    ids: () => Object.keys(keys),
    valid: () => [],
    async prepare() {
      asked.push("prepare");
      if (broken !== undefined) throw broken;
    },
    async find(platformKeyId) {
      asked.push(platformKeyId);
      const key = keys[platformKeyId];
      return key && { platformKeyId, key };
    },
  };
  return { list, asked };
}

const ringOf = (keys: Readonly<Record<string, RsaKey>>, list?: CertificateList) =>
  createKeyRing(new Map(Object.entries(keys)), list, () => NOW);

describe("the keys of a client", () => {
  it("are those given, then those listed, each once", () => {
    const { list } = listOf({ [SERIAL]: current, "0C": current });
    const ring = ringOf({ [PUBLIC]: publicKey(), [SERIAL]: ended }, list);
    expect(ring.ids()).toEqual([PUBLIC, SERIAL, "0C"]);
    expect(ring.downloads).toBe(true);
    expect(ring.current().map(([id]) => id)).toEqual([PUBLIC]);
    const alone = ringOf({ [SERIAL]: current });
    expect(alone.ids()).toEqual([SERIAL]);
    expect(alone.downloads).toBe(false);
    expect(alone.current().map(([id]) => id)).toEqual([SERIAL]);
  });

  it("are asked of WeChat Pay by the first public key", () => {
    expect(
      ringOf({ [SERIAL]: current, [PUBLIC]: publicKey(), PUB_KEY_ID_02: publicKey() }),
    ).toEqual(expect.objectContaining({ platformKeyId: PUBLIC }));
    expect(ringOf({ [SERIAL]: current }).platformKeyId).toBeUndefined();
  });
});

describe("find", () => {
  it("takes a key that was given, whatever the letters and zeros, and asks no list", async () => {
    const { list, asked } = listOf({});
    const key = publicKey();
    const ring = ringOf({ [PUBLIC]: key, [SERIAL]: current }, list);
    expect(await ring.find("pub_key_id_01")).toBe(key);
    expect(await ring.find("a1b")).toBe(current);
    expect(await ring.find("PUB_KEY_ID_02")).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it("asks the list for others, and for one that has ended, which serves where there is none", async () => {
    const { list, asked } = listOf({ "0C": current });
    const ring = ringOf({ [SERIAL]: ended }, list);
    expect(await ring.find("0c")).toBe(current);
    expect(await ring.find("0D")).toBeUndefined();
    expect(await ring.find(SERIAL)).toBe(ended);
    expect(asked).toEqual(["0C", "0D", SERIAL]);
    const newer = listOf({ [SERIAL]: current });
    expect(await ringOf({ [SERIAL]: ended }, newer.list).find(SERIAL)).toBe(current);
    expect(await ringOf({ [SERIAL]: ended }).find(SERIAL)).toBe(ended);
  });
});

describe("prepare", () => {
  it("fails where a given key cannot be used", async () => {
    const broken = publicKey(() => Promise.reject(new Error("unreadable")));
    const ring = ringOf({ [SERIAL]: current, [PUBLIC]: broken });
    expect(await failure(ring.prepare())).toMatchObject({ message: "unreadable" });
  });

  it("fails where certificates were given alone, and none of them is valid now", async () => {
    const error = await failure(ringOf({ [SERIAL]: ended }).prepare());
    expect(error).toMatchObject({ code: "ERR_KEY" });
    expect(error.message).toBe(
      `platformKeys ${SERIAL} is a certificate that expired on 2026-11-30T07:59:59.999Z (this machine's clock says 2026-11-30T08:00:00.000Z). Pass WeChat Pay's public key (pub_key.pem) or a platform certificate that is valid.`,
    );
    await ringOf({ [SERIAL]: ended, "0C": current }).prepare();
    await ringOf({ [SERIAL]: ended, [PUBLIC]: publicKey() }).prepare();
    await ringOf({ [SERIAL]: ended }, listOf({}).list).prepare();
    await ringOf({}).prepare();
  });

  it("downloads the list where no public key was given", async () => {
    const { list, asked } = listOf({});
    await ringOf({ [PUBLIC]: publicKey() }, list).prepare();
    expect(asked).toEqual([]);
    await ringOf({ [SERIAL]: current }, list).prepare();
    await ringOf({}, list).prepare();
    expect(asked).toEqual(["prepare", "prepare"]);
  });

  it("fails with the list where no given key serves", async () => {
    const away = new Error("away");
    const { list } = listOf({}, away);
    await ringOf({ [SERIAL]: current }, list).prepare();
    for (const keys of [{}, { [SERIAL]: ended }]) {
      const ring = ringOf(keys, list);
      expect(await failure(ring.prepare())).toBe(away);
      expect(() => ring.unlessGiven(away)).toThrow(away);
    }
    expect(ringOf({ [SERIAL]: current }, list).unlessGiven(away)).toBeUndefined();
  });
});

describe("what WeChat Pay answers with", () => {
  it("is what its last answer said, if that was an id", () => {
    const ring = ringOf({});
    expect(ring.answersWithCertificates()).toBe(false);
    for (const id of [SERIAL, "a1b", " 0A1B ", `PUB_KEY_ID_${"1".repeat(3)}`, "pub_key_id_x"]) {
      ring.noteAnswer(id);
      expect(ring.answersWithCertificates()).toBe(!/PUB/i.test(id));
      // None of these says anything.
      for (const none of [
        null,
        "",
        "PUB_KEY_ID_",
        "0G",
        "PUB_KEY_ID_1 2",
        "x0A",
        "xPUB_KEY_ID_1",
      ]) {
        ring.noteAnswer(none);
        expect(ring.answersWithCertificates()).toBe(!/PUB/i.test(id));
      }
    }
  });
});
