import { createPayClient, KeyError, type PlatformKey } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { wantedKey } from "../../support/pay.ts";
import vectors from "../../vectors/keys.json" with { type: "json" };

const { keys } = vectors;
/** Serial number of the certificate `rsa.x509`. */
const SERIAL = "6457C85CA78CE47B0E9100C24E50C5957B84E6B5";
/** A key that the private keys here do not belong to. */
const [WECHAT] = credentials.pay.platformKeys as [PlatformKey];
const body = new TextEncoder().encode("{}");

function client(
  privateKey: string | CryptoKey,
  key: PlatformKey["key"] = WECHAT.key,
  platformKeyId = "PUB_KEY_ID_1",
) {
  return createPayClient({
    mchid: "1900000001",
    serialNo: "0A1B",
    privateKey,
    platformKeys: [{ platformKeyId, key }],
    now: () => 1_700_000_000_000,
    nonce: () => "0123456789abcdef",
  });
}

async function authorize(privateKey: string | CryptoKey): Promise<string> {
  const pay = client(privateKey);
  return (await pay.sign({ method: "POST", path: "/v3/x", body })).authorization;
}

function verify(platformKey: PlatformKey["key"], id = "PUB_KEY_ID_1"): Promise<void> {
  const headers = new Headers({
    "Wechatpay-Timestamp": "1700000000",
    "Wechatpay-Nonce": "n",
    "Wechatpay-Signature": "AAAA",
    "Wechatpay-Serial": id,
  });
  return client(keys["rsa.pkcs8"], platformKey, id).verify({ status: 200, headers, body });
}

async function importedKey(
  algorithm: object,
  usage: KeyUsage,
  format: "pkcs8" | "spki",
  pem: string,
) {
  const base64 = pem.replace(/-----[^-]+-----|\s/g, "");
  const der = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return crypto.subtle.importKey(format, der, algorithm as never, false, [usage]);
}

const RS256 = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

describe("the merchant's private key", () => {
  it("makes the same signature from PKCS#8, PKCS#1, either with CRLF, and a CryptoKey", async () => {
    const crypt = await importedKey(RS256, "sign", "pkcs8", keys["rsa.pkcs8"]);
    const first = await authorize(keys["rsa.pkcs8"]);
    expect(first).toMatch(/signature="[A-Za-z0-9+/]{342}=="$/);
    expect(await authorize(keys["rsa.pkcs1"])).toBe(first);
    expect(await authorize(keys["rsa.pkcs8"].replaceAll("\n", "\r\n"))).toBe(first);
    expect(await authorize(keys["rsa.pkcs1"].replaceAll("\n", "\r\n"))).toBe(first);
    expect(await authorize(crypt)).toBe(first);
  });

  it("is read among other text, a certificate, a byte order mark and indentation", async () => {
    const pem = keys["rsa.pkcs8"];
    const plain = await authorize(pem);
    const around = [
      `Bag Attributes\n    friendlyName: merchant\nKey Attributes: <No Attributes>\n${pem}`,
      `${keys["rsa.x509"]}${pem}`,
      `${pem}${keys["rsa.x509"]}`,
      `\ufeff${pem}\ntext after it`,
      pem.replaceAll(/^/gm, "    "),
      pem.trimEnd(),
      `${keys["rsa.x509"]}${keys["rsa.pkcs1"]}`,
    ];
    for (const text of around) expect(await authorize(text)).toBe(plain);
  });

  const shownByLabel: Record<string, [string, RegExp]> = {
    "a certificate": [
      keys["rsa.x509"],
      /is a certificate\. It must be the private key .* apiclient_key\.pem/,
    ],
    "a public key": [keys["rsa.spki"], /is a public key/],
    "an encrypted PKCS#8 key": [keys["encrypted.pkcs8"], /is encrypted.*openssl/],
    "an encrypted PKCS#1 key": [keys["encrypted.pkcs1"], /is encrypted.*openssl/],
    "an EC key in SEC1": [keys["ec.sec1"], /is an EC key/],
    "an EC key in PKCS#8": [keys["ec.pkcs8"], /is an EC key/],
    "a certificate request": [keys["request.csr"], /is a certificate request/],
    "a file's path": [
      "./apiclient_key.pem",
      /is a path or URL\. It must be .* text or bytes of apiclient_key\.pem/,
    ],
    "an empty string": ["", /must be a PEM string.*, not an empty string/],
    "the first half of a key": [
      keys["rsa.pkcs8"].slice(0, 800),
      /is a part of a PEM: it has no line .*END/,
    ],
    "a key that is cut": [keys["rsa.pkcs8"].replace(/\n.{64}\n/, "\n"), /is not whole/],
  };
  for (const [what, [pem, message]] of Object.entries(shownByLabel)) {
    it(`is refused when the client is made: ${what}`, () => {
      expect(() => client(pem)).toThrow(KeyError);
      expect(() => client(pem)).toThrow(message);
    });
  }

  const shownByContent: Record<string, [string, RegExp]> = {
    "RSA of 1024 bits": [keys["small.pkcs8"], /RSA key of 1024 bits.*at least 2048/],
    "RSA of 1024 bits in PKCS#1": [keys["small.pkcs1"], /RSA key of 1024 bits.*at least 2048/],
    "a key whose lines are in another order": [
      keys["rsa.pkcs8"].replace(/^((?:.*\n){6})(.*\n)(.*\n)/, "$1$3$2"),
      /is not a readable RSA key.*at least 2048 bits/,
    ],
  };
  for (const [what, [pem, message]] of Object.entries(shownByContent)) {
    it(`is refused on first use: ${what}`, async () => {
      await expect(authorize(pem)).rejects.toThrow(KeyError);
      await expect(authorize(pem)).rejects.toThrow(message);
    });
  }

  it("is refused as a CryptoKey of another algorithm, hash, use or length", async () => {
    const pkcs8 = keys["rsa.pkcs8"];
    const wrong = [
      await importedKey({ name: "RSA-PSS", hash: "SHA-256" }, "sign", "pkcs8", pkcs8),
      await importedKey({ ...RS256, hash: "SHA-1" }, "sign", "pkcs8", pkcs8),
      await importedKey(RS256, "verify", "spki", keys["rsa.spki"]),
      await importedKey(RS256, "sign", "pkcs8", keys["small.pkcs8"]),
    ];
    for (const key of wrong) expect(() => client(key)).toThrow(KeyError);
  });

  it("is never shown in an error", async () => {
    const broken = keys["rsa.pkcs8"].replace(/\n.{64}\n/, "\n");
    const secret = broken.split("\n")[2] ?? "";
    const error: Error = await authorize(broken).then(
      () => expect.fail("the key was accepted"),
      (reason: Error) => reason,
    );
    expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain(secret);
    expect(JSON.stringify(client(keys["rsa.pkcs8"]))).not.toContain("PRIVATE");
  });
});

describe("a platform key", () => {
  it("is taken as SPKI, X.509 and a CryptoKey", async () => {
    const crypt = await importedKey(RS256, "verify", "spki", keys["rsa.spki"]);
    for (const key of [keys["rsa.spki"], crypt]) {
      await expect(verify(key)).rejects.toMatchObject({ reason: "mismatch" });
    }
    await expect(verify(keys["rsa.x509"], SERIAL)).rejects.toMatchObject({ reason: "mismatch" });
  });

  it("is refused when the client is made: a private key, a PKCS#1 public key, no PEM", () => {
    const signing = keys["rsa.pkcs8"];
    expect(() => client(signing, keys["rsa.pkcs1"])).toThrow(/private key never belongs there/);
    expect(() => client(signing, keys["rsa.pkcs1pub"])).toThrow(/PKCS#1 public key. Convert/);
    expect(() => client(signing, "wechatpay_public.pem")).toThrow(KeyError);
  });

  it("is the first of a chain of certificates", async () => {
    const chain = keys["rsa.x509"] + keys["ec.x509"];
    await expect(verify(chain, SERIAL)).rejects.toMatchObject({ reason: "mismatch" });
  });

  it("is refused when the client is made: EC", () => {
    for (const key of [keys["ec.spki"], keys["ec.x509"]]) {
      expect(() => client(keys["rsa.pkcs8"], key)).toThrow(/is an EC key/);
    }
  });

  it("is refused on first use: RSA of 1024 bits", async () => {
    await expect(verify(keys["small.spki"])).rejects.toThrow(/RSA key of 1024 bits/);
  });
});

describe("createPayClient", () => {
  const good = {
    mchid: "1900000001",
    serialNo: "0A1B",
    privateKey: keys["rsa.pkcs8"],
    platformKeys: [{ ...WECHAT, platformKeyId: "PUB_KEY_ID_1" }],
  };

  it("knows the hosts of both regions and takes another origin", () => {
    expect(createPayClient(good).baseUrl).toBe("https://api.mch.weixin.qq.com");
    const global = createPayClient({ ...good, region: "global" });
    expect(global.baseUrl).toBe("https://apihk.mch.weixin.qq.com");
    const backup = createPayClient({ ...good, baseUrl: "https://api2.mch.weixin.qq.com/" });
    expect(backup.baseUrl).toBe("https://api2.mch.weixin.qq.com");
  });

  it("shows no value that it refuses, which may be a key in the wrong place", () => {
    expect(() => createPayClient({ ...good, mchid: keys["rsa.pkcs8"] })).toThrow(
      /mchid must be the merchant number .*, not a private key\./,
    );
  });

  it("asks for the first public key, and for none where there are certificates only", () => {
    const certificate = { platformKeyId: SERIAL, key: keys["rsa.x509"] };
    const both = { ...good, platformKeys: [certificate, ...good.platformKeys] };
    expect(wantedKey(createPayClient(both))).toBe("PUB_KEY_ID_1");
    expect(wantedKey(createPayClient({ ...good, platformKeys: [certificate] }))).toBeUndefined();
  });

  const misuse: Record<string, [object, RegExp]> = {
    "a region that every object has": [{ region: "toString" }, /"mainland" or "global"/],
    "a private key left out": [
      { privateKey: undefined },
      /privateKey must be a PEM string, .*, or a CryptoKey, not undefined/,
    ],
    "a platform key left out": [
      { platformKeys: [{ platformKeyId: "PUB_KEY_ID_1" }] },
      /PUB_KEY_ID_1 must be a PEM string, .*, or a CryptoKey, not undefined/,
    ],
    "a timeout as text": [{ timeout: "5" }, /timeout must be/],
    "retry that is no policy": [{ retry: true }, /retry must be/],
    "baseUrl with a password": [{ baseUrl: "https://:p@relay.example" }, /origin without/],
    "no mchid": [{ mchid: undefined }, /mchid must be/],
    "mchid that would break the header": [{ mchid: '1",x="' }, /mchid must be/],
    "serial that is not hexadecimal": [{ serialNo: "serial" }, /serialNo must be/],
    "unknown region": [{ region: "moon" }, /"mainland" or "global"/],
    "no platform keys": [{ platformKeys: [] }, /needs apiV3Key, or platformKeys with at least one/],
    "platform keys left out": [
      { platformKeys: undefined },
      /needs apiV3Key, or platformKeys with at least one/,
    ],
    "the merchant's own serial as a platform key": [
      { platformKeys: [{ platformKeyId: "0a1b", key: keys["rsa.x509"] }] },
      /platformKeys has 0a1b, which is the serialNo too: one of the two is mixed up/,
    ],
    "a certificate path that would become part of the host": [
      { apiV3Key: "0".repeat(32), certificatePath: ".evil.test/v3/certificates" },
      /certificatePath must be/,
    ],
    "an APIv3 key of another length": [
      { apiV3Key: "short" },
      /apiV3Key must be a string of 32 bytes, not one of 5/,
    ],
    "baseUrl with a path": [{ baseUrl: "https://relay.example/wechat" }, /origin without a path/],
    "baseUrl that is no URL": [{ baseUrl: "relay.example" }, /origin without a path/],
    "timeout of nothing": [{ timeout: 0 }, /timeout must be/],
    "no attempts": [{ retry: { attempts: 0 } }, /retry\.attempts/],
    "delays the wrong way round": [{ retry: { minDelay: 9, maxDelay: 1 } }, /minDelay/],
  };
  for (const [what, [change, message]] of Object.entries(misuse)) {
    it(`refuses: ${what}`, () => {
      expect(() => createPayClient({ ...good, ...change })).toThrow(message);
    });
  }
});
