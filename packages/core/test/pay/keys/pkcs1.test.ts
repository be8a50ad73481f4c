import { createPrivateKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import vectors from "../../../../../test/vectors/keys.json" with { type: "json" };
import { KeyError } from "../../../src/pay/errors.ts";
import { pkcs1ToPkcs8 } from "../../../src/pay/keys/pkcs1.ts";

describe("pkcs1ToPkcs8", () => {
  for (const [pkcs1, pkcs8] of [
    ["rsa.pkcs1", "rsa.pkcs8"],
    ["small.pkcs1", "small.pkcs8"],
  ] as const) {
    it(`makes what openssl makes: ${pkcs8}`, () => {
      const der = (pem: string) =>
        createPrivateKey(pem).export({ type: "pkcs8", format: "der" }).toString("hex");
      expect(der(pkcs1ToPkcs8(vectors.keys[pkcs1]))).toBe(der(vectors.keys[pkcs8]));
    });
  }

  it("refuses what is not base64", () => {
    const pem = "-----BEGIN RSA PRIVATE KEY-----\n!!!\n-----END RSA PRIVATE KEY-----";
    expect(() => pkcs1ToPkcs8(pem)).toThrow(KeyError);
  });
});
