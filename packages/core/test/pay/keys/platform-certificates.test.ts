// Which certificates count as WeChat Pay's: each that does not, by every way in.

import { credentials } from "@wechat-edge/emulator";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type CertificateOptions,
  der,
  derOf,
  foreignKeys,
  hexBytes,
  makeCertificate,
  pemOf,
  TENPAY,
  text,
  time,
} from "../../../../../test/support/certificate.ts";
import { failure } from "../../../../../test/support/mp.ts";
import vectors from "../../../../../test/vectors/keys.json" with { type: "json" };
import { payRequest } from "../../../src/index.ts";
import { cacheOf, listEntry, merchantOf, NOW, SERIAL } from "./wechat-pay.ts";

const YEAR = 365 * 86_400_000;
const GET = { method: "GET", path: "/v3/x" };
const MINE = vectors.keys["rsa.pkcs8"];
const OTHER_SERIAL = "3B21C4D5E6F708192A3B4C5D6E7F8091A2B3C4D5";

let other: { publicKey: string; privateKey: string };
beforeAll(async () => {
  other = await foreignKeys();
});

const name = (common: string) =>
  [
    [10, "Tenpay.com"],
    [3, common],
  ] as const;
const utc = (digits: string) => text(0x17, digits);
const rsa = (modulus: string, exponent: string) =>
  pemOf(
    der(
      0x30,
      hexBytes("300d06092a864886f70d0101010500"),
      der(0x03, Uint8Array.of(0), der(0x30, der(2, hexBytes(modulus)), der(2, hexBytes(exponent)))),
    ),
    "PUBLIC KEY",
  );
const N = `00c${"5".repeat(510)}7`;

const BAD: Readonly<Record<string, CertificateOptions>> = {
  "that expired in 2001": { from: Date.UTC(1996, 0), until: Date.UTC(2001, 0) },
  "that expired a second ago": { until: NOW - 1000 },
  "that is valid from tomorrow": { from: NOW + YEAR / 365 },
  "that is valid in ten minutes": { from: NOW + 600_000 },
  "without an end": { validity: [time(NOW - YEAR)] },
  "without dates": { validity: [] },
  "whose dates are no dates": { validity: [utc("yesterday"), utc("tomorrow")] },
  "with a month 13": { validity: [utc("261301000000Z"), utc("361301000000Z")] },
  "with a time of another zone": {
    validity: [utc("200101000000+0800"), utc("360101000000+0800")],
  },
  "whose end is before its start": { from: NOW + YEAR, until: NOW - YEAR },
  "whose end was in 1950, by two digits": {
    validity: [utc("200101000000Z"), utc("500101000000Z")],
  },
  "of another CA": { issuer: name("Somebody's Root CA") },
  "of a CA that has WeChat Pay's name as its organization": {
    issuer: [[10, "Tenpay.com Root CA"]],
  },
  "of a CA with more after the name": { issuer: name("Tenpay.com Root CA 2") },
  "of a CA with a zero after the name": { issuer: name("Tenpay.com Root CA\0.example") },
  "of a CA in other letters": { issuer: name("tenpay.com root ca") },
  "of a CA with two names": { issuer: [...name("Tenpay.com Root CA"), [3, "Somebody"]] },
  "of a CA with two names, the other way round": {
    issuer: [[3, "Somebody"], ...name("Tenpay.com Root CA")],
  },
  "of a CA without a name": { issuer: [] },
  "that names itself as who issued it": { subject: TENPAY },
  "signed with its own key, whatever it names": { signer: MINE },
  "signed with its own key, which names itself": { signer: MINE, subject: TENPAY },
  "with the exponent 1": { publicKey: rsa(N, "01") },
  "with the exponent 0": { publicKey: rsa(N, "00") },
  "with the exponent 65536": { publicKey: rsa(N, "010000") },
  "with an exponent as large as the modulus": { publicKey: rsa(N, N) },
  "with a larger exponent": { publicKey: rsa(N, `00d${N.slice(3)}`) },
  "with an even modulus": { publicKey: rsa(`${N.slice(0, -1)}6`, "010001") },
  "with a modulus of 1024 bits": { publicKey: rsa(N.slice(0, 258), "010001") },
  "with a modulus of 1024 bits after zeros": {
    publicKey: rsa(`${"00".repeat(128)}${N.slice(2, 258)}`, "010001"),
  },
  "with a modulus that is negative": { publicKey: rsa(N.slice(2), "010001") },
  "without an exponent": { publicKey: rsa(N, "") },
};

const refused = { code: expect.stringMatching(/^ERR_(?:KEY|REPLY|SIGNATURE)$/) };

describe.each(Object.entries(BAD))("a certificate %s", (_, options) => {
  it("is refused in a list, though it signed the list", async () => {
    const entries = [await listEntry(await makeCertificate(NOW, options))];
    const { pay, wechat } = merchantOf({ entries });
    expect(await failure(payRequest(pay, GET))).toMatchObject(refused);
    expect(wechat.asked).toEqual(["/v3/certificates"]);
  });

  it("is refused in a list of WeChat Pay's own", async () => {
    const good = { serialNo: OTHER_SERIAL, publicKey: other.publicKey };
    const entries = [
      await listEntry(await makeCertificate(NOW, options)),
      await listEntry(await makeCertificate(NOW, good), { serial_no: OTHER_SERIAL }),
    ];
    const listSigner = { privateKey: other.privateKey, serial: OTHER_SERIAL };
    const { pay, wechat } = merchantOf({ entries, listSigner, signer: listSigner });
    expect(await payRequest(pay, GET)).toMatchObject({ done: true });
    wechat.signer = {};
    expect(await failure(payRequest(pay, GET))).toMatchObject({ reason: "unknown-serial" });
  });

  it("is refused in the cache, and the list is downloaded", async () => {
    const good = { serialNo: OTHER_SERIAL, publicKey: other.publicKey };
    const genuine = await listEntry(await makeCertificate(NOW, good), { serial_no: OTHER_SERIAL });
    const poisoned = await listEntry(await makeCertificate(NOW, options));
    const { pay, wechat } = merchantOf(
      {
        entries: [genuine],
        listSigner: { privateKey: other.privateKey, serial: OTHER_SERIAL },
      },
      { certificateCache: cacheOf([poisoned]) },
    );
    expect(await failure(payRequest(pay, GET))).toMatchObject({ reason: "unknown-serial" });
    wechat.now += 61_000;
    wechat.signer = { privateKey: other.privateKey, serial: OTHER_SERIAL };
    expect(await payRequest(pay, GET)).toMatchObject({ done: true });
    expect(wechat.asked).toEqual(["/v3/certificates", "/v3/x", "/v3/x"]);
  });

  it("is refused as it was given, and nothing is sent", async () => {
    const key = await makeCertificate(NOW, options);
    const asked: string[] = [];
    const call = async () => {
      const { pay, wechat } = merchantOf(
        { asked },
        { apiV3Key: undefined, platformKeys: [{ platformKeyId: SERIAL, key }] },
      );
      return payRequest(pay, GET).finally(() => asked.push(...wechat.asked));
    };
    expect(await failure(call())).toMatchObject({ code: "ERR_KEY" });
    expect(asked).toEqual([]);
  });
});

describe("a certificate of WeChat Pay", () => {
  const GOOD: Readonly<Record<string, CertificateOptions>> = {
    "that is right": {},
    "whose name is a PrintableString": { issuer: TENPAY.map(([id, its]) => [id, its, 0x13]) },
    "that is valid in four minutes: clocks differ": { from: NOW + 240_000 },
    "that ends now": { until: NOW },
    "from 1950 to 2049, by two digits": { validity: [utc("500101000000Z"), utc("491231235959Z")] },
    "until the end of time": { validity: [utc("200101000000Z"), text(0x18, "99991231235959Z")] },
    "with a serial number of one byte": { serialNo: "0A" },
    "with a serial number that begins with a zero for its sign": {
      serialNo: `00F${SERIAL.slice(3)}`,
    },
  };

  it.each(Object.entries(GOOD))("%s is taken by each way in", async (_, options) => {
    const pem = await makeCertificate(NOW, options);
    const serial = options.serialNo ?? SERIAL;
    const entry = await listEntry(pem, { serial_no: serial });
    const platformKeys = [{ platformKeyId: serial, key: pem }];
    const signers = { listSigner: { serial }, signer: { serial } };
    const listed = merchantOf({ ...signers, entries: [entry] });
    const cached = merchantOf(signers, { certificateCache: cacheOf([entry]) });
    const given = merchantOf(signers, { apiV3Key: undefined, platformKeys });
    for (const { pay } of [listed, cached, given]) {
      expect(await payRequest(pay, GET)).toMatchObject({ done: true });
    }
    expect(cached.wechat.asked).toEqual(["/v3/x"]);
  });

  it.each(["2001-01-01T00:00:00+08:00", "2099-01-01T00:00:00+08:00", "never", ""])(
    "is taken by its own dates where the list says that it ends %j",
    async (expire_time) => {
      const entries = [await listEntry(await makeCertificate(NOW), { expire_time })];
      const { pay } = merchantOf({ entries });
      expect(await payRequest(pay, GET)).toMatchObject({ done: true });
    },
  );

  it.each([
    ["without a line end", (pem: string) => pem.trimEnd()],
    ["with CRLF", (pem: string) => pem.replaceAll("\n", "\r\n")],
    ["with blank lines around it", (pem: string) => `\n\n${pem}\n\n`],
    ["in one line", (pem: string) => pem.replace(/\n(?!-)/g, "")],
  ])("may be written %s", async (_, write) => {
    const entries = [await listEntry(write(await makeCertificate(NOW)))];
    const { pay } = merchantOf({ entries });
    expect(await payRequest(pay, GET)).toMatchObject({ done: true });
  });

  it("no longer serves once it has ended, listed or given, beside others that serve on", async () => {
    const ends = await makeCertificate(NOW, { until: NOW + 1000 });
    const lasts = { serialNo: OTHER_SERIAL, publicKey: other.publicKey };
    const stays = await makeCertificate(NOW, lasts);
    const entries = [await listEntry(ends), await listEntry(stays, { serial_no: OTHER_SERIAL })];
    const platformKeys = [
      { platformKeyId: SERIAL, key: ends },
      { platformKeyId: OTHER_SERIAL, key: stays },
    ];
    for (const { pay, wechat } of [
      merchantOf({ entries }),
      merchantOf({}, { apiV3Key: undefined, platformKeys }),
    ]) {
      expect(await payRequest(pay, GET)).toMatchObject({ done: true });
      wechat.now += 1001;
      expect(await failure(payRequest(pay, GET))).toMatchObject({ reason: "unknown-serial" });
      wechat.signer = { privateKey: other.privateKey, serial: OTHER_SERIAL };
      expect(await payRequest(pay, GET)).toMatchObject({ done: true });
    }
  });

  it("that was given and has ended is looked for in the list", async () => {
    const platformKeys = [
      { platformKeyId: SERIAL, key: await makeCertificate(NOW, { until: NOW - 1000 }) },
    ];
    const entries = [await listEntry(await makeCertificate(NOW))];
    const { pay } = merchantOf({ entries }, { platformKeys });
    expect(await payRequest(pay, GET)).toMatchObject({ done: true });
  });
});

describe("what opens under the APIv3 key and is no certificate of the list", () => {
  const certificate = () => makeCertificate(NOW);
  const CONTENTS: Readonly<Record<string, () => Promise<string | Uint8Array>>> = {
    "a bare public key": async () => vectors.keys["rsa.spki"],
    "a public key that is labelled a certificate": async () =>
      vectors.keys["rsa.spki"].replaceAll("PUBLIC KEY", "CERTIFICATE"),
    "a notification with a certificate in it": async () =>
      JSON.stringify({ mchid: "1", attach: await certificate() }),
    "a certificate with text before it": async () => `attach=${await certificate()}`,
    "a certificate with text after it": async () => `${await certificate()}&more`,
    "two certificates": async () => (await certificate()) + (await certificate()),
    "a certificate and a public key": async () => (await certificate()) + vectors.keys["rsa.spki"],
    "a certificate in DER": async () => derOf(await certificate()),
    "a certificate in base64 of its PEM": async () => btoa(await certificate()),
    "a certificate with bytes behind it": async () =>
      pemOf(Uint8Array.of(...derOf(await certificate()), 0)),
    "a certificate with another label": async () =>
      (await certificate()).replaceAll("CERTIFICATE", "X509 CERTIFICATE"),
    "an empty certificate": async () => pemOf(new Uint8Array(0)),
    nothing: async () => "",
    "a private key": async () => MINE,
    "the merchant's own certificate": async () => credentials.pay.certificate,
  };

  it.each(Object.entries(CONTENTS))("%s is refused, listed and cached", async (_, content) => {
    const entries = [await listEntry(await content())];
    const certificateCache = cacheOf(entries);
    for (const options of [{}, { certificateCache }]) {
      const { pay, wechat } = merchantOf({ entries }, options);
      expect(await failure(payRequest(pay, GET))).toMatchObject({ code: "ERR_REPLY" });
      expect(wechat.asked).toEqual(["/v3/certificates"]);
    }
  });

  it.each(["transaction", "refund", "", "Certificate", "certificate "])(
    "a certificate with the associated_data %j is refused, listed and cached",
    async (associated_data) => {
      const entries = [await listEntry(await certificate(), { associated_data })];
      const certificateCache = cacheOf(entries);
      for (const options of [{}, { certificateCache }]) {
        const { pay } = merchantOf({ entries }, options);
        expect(await failure(payRequest(pay, GET))).toMatchObject({ code: "ERR_REPLY" });
      }
    },
  );

  it("a certificate under another serial number than its own is refused", async () => {
    for (const serial_no of [OTHER_SERIAL, `${SERIAL}00`, SERIAL.slice(2)]) {
      const entries = [await listEntry(await certificate(), { serial_no })];
      const { pay } = merchantOf({ entries, listSigner: { serial: serial_no } });
      expect(await failure(payRequest(pay, GET))).toMatchObject({ code: "ERR_REPLY" });
    }
  });
});

describe("a second certificate of the same serial number", () => {
  const forged = () => makeCertificate(NOW, { publicKey: other.publicKey });
  const attacker = () => ({ privateKey: other.privateKey, serial: SERIAL });

  it.each([SERIAL, SERIAL.toLowerCase()])(
    "does not win in a list, written %s",
    async (serial_no) => {
      const entries = [
        await listEntry(await makeCertificate(NOW)),
        await listEntry(await forged(), { serial_no }),
      ];
      for (const options of [{}, { certificateCache: cacheOf(entries) }]) {
        const { pay, wechat } = merchantOf({ entries }, options);
        expect(await payRequest(pay, GET)).toMatchObject({ done: true });
        wechat.signer = attacker();
        expect(await failure(payRequest(pay, GET))).toMatchObject({ reason: "mismatch" });
      }
    },
  );

  it("does not win in a later list", async () => {
    const first = await listEntry(await makeCertificate(NOW));
    const { pay, wechat } = merchantOf({ entries: [first] });
    expect(await payRequest(pay, GET)).toMatchObject({ done: true });
    wechat.now += 13 * 3_600_000;
    wechat.entries = [await listEntry(await forged())];
    wechat.listSigner = attacker();
    wechat.signer = attacker();
    expect(await failure(payRequest(pay, GET))).toMatchObject({ reason: "mismatch" });
  });

  it("does not win in a later list of the cache", async () => {
    const cache = cacheOf([await listEntry(await makeCertificate(NOW))]) as Map<string, string>;
    const { pay, wechat } = merchantOf({}, { certificateCache: cache });
    expect(await payRequest(pay, GET)).toMatchObject({ done: true });
    wechat.now += 13 * 3_600_000;
    const later = cacheOf([await listEntry(await forged())], wechat.now) as Map<string, string>;
    for (const [key, value] of later) cache.set(key, value);
    wechat.signer = attacker();
    expect(await failure(payRequest(pay, GET))).toMatchObject({ reason: "mismatch" });
  });

  it("is an error where keys are given: one of the two is wrong", async () => {
    const key = await makeCertificate(NOW);
    for (const second of [SERIAL, SERIAL.toLowerCase()]) {
      const platformKeys = [
        { platformKeyId: SERIAL, key },
        { platformKeyId: second, key: await forged() },
      ];
      expect(() => merchantOf({}, { platformKeys })).toThrow(/platformKeys has \w{40} twice/);
    }
    const [publicKey] = credentials.pay.platformKeys;
    const twice = publicKey === undefined ? [] : [publicKey, publicKey];
    expect(() => merchantOf({}, { platformKeys: twice })).toThrow(/platformKeys has \w+ twice/);
  });
});

describe("certificateIssuer", () => {
  const issuer = name("Test Service CA");

  it("takes the certificates of another CA by its name, by each way in", async () => {
    const pem = await makeCertificate(NOW, { issuer });
    const entry = await listEntry(pem);
    const lifted = { certificateIssuer: "Test Service CA" };
    const platformKeys = [{ platformKeyId: SERIAL, key: pem }];
    for (const { pay } of [
      merchantOf({ entries: [entry] }, lifted),
      merchantOf({}, { ...lifted, certificateCache: cacheOf([entry]) }),
      merchantOf({}, { ...lifted, platformKeys, apiV3Key: undefined }),
    ]) {
      expect(await payRequest(pay, GET)).toMatchObject({ done: true });
    }
  });

  it("takes those of WeChat Pay no longer, nor one that is signed with its own key", async () => {
    const lifted = { certificateIssuer: "Test Service CA" };
    for (const options of [{}, { issuer, subject: issuer }, { issuer, signer: MINE }]) {
      const entries = [await listEntry(await makeCertificate(NOW, options))];
      const { pay } = merchantOf({ entries }, lifted);
      expect(await failure(payRequest(pay, GET))).toMatchObject({ code: "ERR_REPLY" });
    }
  });

  it("is named in the error about another CA, in a list too", async () => {
    const pem = await makeCertificate(NOW, { issuer });
    const message = expect.stringMatching(
      /issued by "Test Service CA", not by "Tenpay\.com Root CA".*certificateIssuer/,
    );
    const { pay } = merchantOf({ entries: [await listEntry(pem)] });
    expect(await failure(payRequest(pay, GET))).toMatchObject({ code: "ERR_REPLY", message });
    const platformKeys = [{ platformKeyId: SERIAL, key: pem }];
    expect(() => merchantOf({}, { platformKeys })).toThrow(
      expect.objectContaining({ code: "ERR_KEY", message }),
    );
  });
});
