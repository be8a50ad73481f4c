import { createPayClient, KeyError, type PlatformKey } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { client, good, keys } from "../../support/key-client.ts";

/** Serial number of the certificate `rsa.x509`. */
const SERIAL = "6457C85CA78CE47B0E9100C24E50C5957B84E6B5";
const body = new TextEncoder().encode("{}");

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
  it("knows the hosts of both regions and takes another origin", () => {
    expect(createPayClient(good).baseUrl).toBe("https://api.mch.weixin.qq.com");
    const global = createPayClient({ ...good, region: "global" });
    expect(global.baseUrl).toBe("https://apihk.mch.weixin.qq.com");
    const backup = createPayClient({ ...good, baseUrl: "https://api2.mch.weixin.qq.com/" });
    expect(backup.baseUrl).toBe("https://api2.mch.weixin.qq.com");
  });
});
