// Keys and ids in each other's place: an error names what was given and what belongs there, before a byte is sent.

import { createMpClient, createPayClient, KeyError, type PlatformKey } from "@wechat-edge/core";
import { credentials, merchantCertificate } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { thrownBy } from "../../../../../test/support/misuse.ts";
import vectors from "../../../../../test/vectors/keys.json" with { type: "json" };

const { mchid, serialNo, privateKey, apiV3Key } = credentials.pay;
const [WECHAT, CERTIFICATE] = credentials.pay.platformKeys as readonly [PlatformKey, PlatformKey];
const GOOD = { mchid, serialNo, privateKey, platformKeys: [WECHAT], apiV3Key };
const VECTORS_SERIAL = "6457C85CA78CE47B0E9100C24E50C5957B84E6B5";
const { keys } = vectors;

interface Kind {
  readonly value: string;
  /** How errors call it. */
  readonly named: RegExp;
  /** Where it belongs, or cannot be told from what does. */
  readonly fits: readonly string[];
}

const kinds: Readonly<Record<string, Kind>> = {
  "the merchant's private key": {
    value: privateKey,
    named: /a private key/,
    fits: ["privateKey"],
  },
  "the merchant's certificate": {
    value: merchantCertificate,
    named: /a certificate|merchant's own certificate/,
    fits: [],
  },
  "the platform certificate": {
    value: CERTIFICATE.key as string,
    named: /a certificate/,
    fits: ["key of a serial number"],
  },
  "the public key": {
    value: WECHAT.key as string,
    named: /a public key/,
    fits: ["key of PUB_KEY_ID_…"],
  },
  "the APIv3 key": {
    value: "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF",
    named: /an APIv3 key or an AppSecret/,
    fits: ["apiV3Key", "secret"],
  },
  "the AppSecret": {
    value: credentials.mp.secret,
    named: /an APIv3 key or an AppSecret/,
    fits: ["apiV3Key", "secret"],
  },
  "the id of the public key": {
    value: WECHAT.platformKeyId,
    named: /the id of a public key/,
    fits: ["platformKeyId"],
  },
  "the serial number of the merchant": {
    value: serialNo,
    named: /the serial number of a certificate|is the serialNo too/,
    fits: ["serialNo"],
  },
  "the serial number in decimal digits": {
    value: BigInt(`0x${serialNo}`).toString(),
    named: /a serial number in decimal digits/,
    fits: [],
  },
  "the merchant number": { value: mchid, named: /a merchant number/, fits: ["mchid"] },
  "the AppID": { value: credentials.mp.appid, named: /an AppID/, fits: [] },
};

interface Place {
  readonly make: (value: string) => unknown;
  /** What errors say belongs there. */
  readonly belongs: RegExp;
}

const pay = (change: object) => createPayClient({ ...GOOD, ...change });
const places: Readonly<Record<string, Place>> = {
  mchid: { make: (value) => pay({ mchid: value }), belongs: /mchid must be the merchant number/ },
  serialNo: {
    make: (value) => pay({ serialNo: value }),
    belongs: /serialNo must be the serial number of the merchant API certificate/,
  },
  privateKey: {
    make: (value) => pay({ privateKey: value }),
    belongs: /must be the private key of the merchant.*apiclient_key\.pem/,
  },
  platformKeyId: {
    make: (value) => pay({ platformKeys: [{ platformKeyId: value, key: WECHAT.key }] }),
    belongs: /PUB_KEY_ID_… or the serial number|platformKeys are of WeChat Pay/,
  },
  "key of PUB_KEY_ID_…": {
    make: (value) => pay({ platformKeys: [{ ...WECHAT, key: value }] }),
    belongs: /public key \(pub_key\.pem\)/,
  },
  "key of a serial number": {
    make: (value) => pay({ platformKeys: [{ ...CERTIFICATE, key: value }] }),
    belongs: /public key \(pub_key\.pem\) or platform certificate|Pass that certificate/,
  },
  apiV3Key: {
    make: (value) => pay({ apiV3Key: value }),
    belongs: /apiV3Key must be a string of 32 bytes.*APIv3密钥.*API安全/,
  },
};

describe("each kind in every other kind's place", () => {
  for (const [kind, { value, named, fits }] of Object.entries(kinds)) {
    for (const [place, { make, belongs }] of Object.entries(places)) {
      if (fits.includes(place)) continue;
      it(`${kind} as ${place}`, () => {
        expect(() => make(value)).toThrow(KeyError);
        expect(() => make(value)).toThrow(named);
        expect(() => make(value)).toThrow(belongs);
        const secret = value.replace(/-----[^-]+-----|\s/g, "").slice(0, 24);
        if (value === privateKey || fits.includes("apiV3Key")) {
          expect(thrownBy(() => make(value)).message).not.toContain(secret);
        }
      });
    }
  }

  it("and each is taken where it belongs", () => {
    for (const [kind, { value, fits }] of Object.entries(kinds)) {
      for (const place of fits) expect(() => places[place]?.make(value), kind).not.toThrow();
    }
  });

  for (const kind of ["private key", "certificate", "platform certificate", "public key"]) {
    it(`the secret of an Official Account is no ${kind}`, () => {
      const { value = "" } = Object.entries(kinds).find(([name]) => name.endsWith(kind))?.[1] ?? {};
      const make = () => createMpClient({ appid: credentials.mp.appid, secret: value });
      expect(make).toThrow(/secret must be the AppSecret of the account/);
    });
  }
});

describe("a platform key under an id that cannot be its own", () => {
  const wrong: Readonly<Record<string, readonly [Partial<PlatformKey>, RegExp]>> = {
    "a certificate under another serial number": [
      { platformKeyId: "71F2B6480C9E35DA17E4A05B93C8D26F48B1E07D", key: CERTIFICATE.key },
      /serial number 71F2B6480C9E35DA17E4A05B93C8D26F48B1E07C, which must be its platformKeyId/,
    ],
    "another certificate under the serial number": [
      { platformKeyId: CERTIFICATE.platformKeyId, key: keys["rsa.x509"] },
      new RegExp(`serial number ${VECTORS_SERIAL}, which must be`),
    ],
    "a certificate under PUB_KEY_ID_…": [
      { key: CERTIFICATE.key },
      /must be its platformKeyId\. PUB_KEY_ID_… is the id of a public key/,
    ],
    "a public key under the serial number of a certificate": [
      { platformKeyId: CERTIFICATE.platformKeyId },
      /is a public key under the serial number of a certificate/,
    ],
    "an id that lacks PUB_KEY_ID_": [
      { platformKeyId: "0119000001092024101100397200000006" },
      /without PUB_KEY_ID_ before them/,
    ],
    "an id of other digits that lacks PUB_KEY_ID_": [
      { platformKeyId: "011900000109202410110039720000000" },
      /must begin with PUB_KEY_ID_.*Is PUB_KEY_ID_011900000109202410110039720000000 meant\?/,
    ],
    PUBKEYID_: [
      { platformKeyId: "PUBKEYID_0119000001092024101100397200000006" },
      /Is PUB_KEY_ID_0119000001092024101100397200000006 meant\?/,
    ],
    "PUB_KEY_ID without its underscore": [
      { platformKeyId: "PUB_KEY_ID0119000001092024101100397200000006" },
      /Is PUB_KEY_ID_0119000001092024101100397200000006 meant\?/,
    ],
    "PUB-KEY-ID-": [
      { platformKeyId: "PUB-KEY-ID-0119000001092024101100397200000006" },
      /Is PUB_KEY_ID_0119000001092024101100397200000006 meant\?/,
    ],
    PUBLIC_KEY_ID_: [
      { platformKeyId: "PUBLIC_KEY_ID_0119000001092024101100397200000006" },
      /Is PUB_KEY_ID_0119000001092024101100397200000006 meant\?/,
    ],
    KEY_ID_: [
      { platformKeyId: "KEY_ID_0119000001092024101100397200000006" },
      /Is PUB_KEY_ID_0119000001092024101100397200000006 meant\?/,
    ],
    "an id with a blank at its end": [
      { platformKeyId: `${WECHAT.platformKeyId} ` },
      new RegExp(`Write it without blanks.*: ${WECHAT.platformKeyId}`),
    ],
    "a serial number with colons": [
      { platformKeyId: CERTIFICATE.platformKeyId.replace(/..(?!$)/g, "$&:"), key: CERTIFICATE.key },
      new RegExp(`Write it without blanks, colons.*: ${CERTIFICATE.platformKeyId}`),
    ],
    "serial= as openssl prints it": [
      { platformKeyId: `serial=${CERTIFICATE.platformKeyId}`, key: CERTIFICATE.key },
      new RegExp(`"serial=": ${CERTIFICATE.platformKeyId}`),
    ],
    "no id at all": [{ platformKeyId: "" }, /platformKeyId must be PUB_KEY_ID_/],
    "a name": [{ platformKeyId: "WECHAT" }, /platformKeyId must be PUB_KEY_ID_/],
    "the serial number of the merchant": [
      { platformKeyId: serialNo.toLowerCase(), key: merchantCertificate },
      /which is the serialNo too: one of the two is mixed up/,
    ],
    "the merchant's certificate under its serial number with a zero before it": [
      { platformKeyId: `00${serialNo}`.slice(0, 40), key: merchantCertificate },
      /is the merchant's own certificate \(apiclient_cert\.pem\)/,
    ],
    "the merchant's certificate under PUB_KEY_ID_…": [
      { key: merchantCertificate },
      /is the merchant's own certificate \(apiclient_cert\.pem\)/,
    ],
  };
  for (const [what, [change, message]] of Object.entries(wrong)) {
    it(`is refused: ${what}`, () => {
      const make = () => pay({ platformKeys: [{ ...WECHAT, ...change }] });
      expect(make).toThrow(KeyError);
      expect(make).toThrow(message);
    });
  }

  it("is told where serialNo is the platform certificate's", () => {
    const make = () =>
      pay({ serialNo: CERTIFICATE.platformKeyId, platformKeys: [WECHAT, CERTIFICATE] });
    expect(make).toThrow(KeyError);
    expect(make).toThrow(/which is the serialNo too: one of the two is mixed up/);
  });

  it("is told for an older certificate of the merchant, by the merchant number in it", () => {
    const older = { platformKeyId: serialNo, key: merchantCertificate };
    const make = () => pay({ serialNo: "0A1B", platformKeys: [older] });
    expect(make).toThrow(/is the merchant's own certificate/);
  });

  it("verifies though its leading zeros were lost or added", async () => {
    const now = Date.UTC(2026, 10, 22);
    const platformKeyId = `00${CERTIFICATE.platformKeyId}`.slice(0, 42);
    for (const [given, named] of [
      [CERTIFICATE.platformKeyId, platformKeyId],
      [CERTIFICATE.platformKeyId.toLowerCase(), CERTIFICATE.platformKeyId],
    ] as const) {
      const headers = new Headers({
        "Wechatpay-Timestamp": String(now / 1000),
        "Wechatpay-Nonce": "n",
        "Wechatpay-Signature": "AAAA",
        "Wechatpay-Serial": named,
      });
      const platformKeys = [{ platformKeyId: given, key: CERTIFICATE.key }];
      const made = createPayClient({ ...GOOD, platformKeys, now: () => now });
      const reply = { status: 200, headers, body: new Uint8Array(0) };
      await expect(made.verify(reply)).rejects.toMatchObject({ reason: "mismatch" });
    }
  });

  it("may be written in lower case and with leading zeros", () => {
    const ids = [
      CERTIFICATE.platformKeyId.toLowerCase(),
      VECTORS_SERIAL,
      VECTORS_SERIAL.toLowerCase(),
    ];
    for (const [i, platformKeyId] of ids.entries()) {
      const key = i === 0 ? CERTIFICATE.key : keys["rsa.x509"];
      expect(() => pay({ platformKeys: [{ platformKeyId, key }] })).not.toThrow();
    }
  });
});

describe("serialNo", () => {
  it("is sent in upper case", async () => {
    const made = pay({ serialNo: serialNo.toLowerCase() });
    expect(made.serialNo).toBe(serialNo);
    const { authorization } = await made.sign({
      ...{ method: "GET", path: "/v3/x", body: new Uint8Array(0) },
    });
    expect(authorization).toContain(`serial_no="${serialNo}"`);
  });

  const written: Readonly<Record<string, string>> = {
    colons: serialNo.replace(/..(?!$)/g, "$&:"),
    blanks: serialNo.replace(/..(?!$)/g, "$& "),
    "a blank before it": ` ${serialNo}`,
    "a line end after it": `${serialNo}\n`,
    "serial=": `serial=${serialNo}`,
    "a label in Chinese": `序列号：${serialNo}`,
    'serial_no="…", as Authorization has it': `serial_no="${serialNo}"`,
    "Java's X509Certificate": `SerialNumber: [    ${serialNo.replace(/.{8}/g, "$& ").trim()}]`,
    "a byte 00 before it": `00:${serialNo.replace(/..(?=.)/g, "$&:")}`,
    "00 before it": `00${serialNo}`,
    "the mark U+200E, as the dialog of Windows has it": `\u200e${serialNo}`,
    "quotes that JSON escaped": `\\"${serialNo}\\"`,
    "Serial Number:": `Serial Number: ${serialNo.replace(/..(?!$)/g, "$&:")}`,
    "0x": `0x${serialNo}`,
    "double quotes": `"${serialNo}"`,
    "single quotes": `'${serialNo}'`,
    hyphens: serialNo.replace(/..(?!$)/g, "$&-"),
  };
  for (const [what, value] of Object.entries(written)) {
    it(`is named with what to write instead: ${what}`, () => {
      const make = () => pay({ serialNo: value });
      expect(make).toThrow(/serialNo must be the serial number of the merchant API certificate/);
      expect(make).toThrow(new RegExp(`Write it without blanks, colons, .*: ${serialNo}$`));
    });
  }

  it("shows no key that stands under another label", () => {
    const secret = "0123456789ABCDEF0123456789abcdef";
    for (const value of [
      `key=${secret}`,
      `APIv2: ${secret}`,
      `"mchKey":"${secret.toUpperCase()}"`,
    ]) {
      const { message } = thrownBy(() => pay({ serialNo: value }));
      expect(message.toLowerCase()).not.toContain(secret.toLowerCase());
    }
  });

  it("is given in hexadecimal where Go, Java and PHP print a decimal number", () => {
    const made = () => pay({ serialNo: BigInt(`0x${serialNo}`).toString() });
    expect(made).toThrow(`a serial number in decimal digits. In hexadecimal it is ${serialNo}.`);
  });

  it("is not the platform certificate's", () => {
    const make = () => pay({ serialNo: CERTIFICATE.platformKeyId, platformKeys: [CERTIFICATE] });
    expect(make).toThrow(KeyError);
  });
});

describe("apiV3Key", () => {
  const wrong: Readonly<Record<string, readonly [string, RegExp]>> = {
    "31 characters": ["a".repeat(31), /32 bytes, not one of 31/],
    "33 characters": ["a".repeat(33), /32 bytes, not one of 33/],
    "32 characters of which one has 3 bytes": [`${"a".repeat(31)}密`, /32 bytes, not one of 34/],
    "a blank after it": [`${apiV3Key} `, /not one of 33, with blanks or quotes around it/],
    "a line end as its 32nd byte": [`${"a1".repeat(15)}b\n`, /with blanks or quotes around it/],
    "quotes around it": [`"${apiV3Key}"`, /not one of 34, with blanks or quotes around it/],
    nothing: ["", /not one of 0/],
    "a certificate request": [keys["request.csr"], /not a certificate request/],
    "a path": ["apiclient_key.pem", /not a path or URL/],
    "the name of a variable": ["WECHAT_API_V3_KEY", /not the name of a variable/],
    "the text undefined": ["undefined", /not the text "undefined"/],
  };
  for (const [what, [value, message]] of Object.entries(wrong)) {
    it(`is refused: ${what}`, () => {
      expect(() => pay({ apiV3Key: value })).toThrow(KeyError);
      expect(() => pay({ apiV3Key: value })).toThrow(message);
    });
  }
});
