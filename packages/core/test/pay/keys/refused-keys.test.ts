import { createPayClient, KeyError } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { client, good, keys } from "../../../../../test/support/key-client.ts";
import { wantedKey } from "../../../../../test/support/pay.ts";

/** Serial number of the certificate `rsa.x509`. */
const SERIAL = "6457C85CA78CE47B0E9100C24E50C5957B84E6B5";

describe("the merchant's private key", () => {
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
});

describe("createPayClient", () => {
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
