import { createPrivateKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import vectors from "../../../../../test/vectors/keys.json" with { type: "json" };
import { pkcs1ToPkcs8 } from "../../../src/pay/keys/pkcs1.ts";

const derOf = (pem: string, type: "pkcs1" | "pkcs8"): Buffer =>
  createPrivateKey(pem).export({ type, format: "der" });

describe("pkcs1ToPkcs8", () => {
  for (const name of ["rsa", "small"] as const) {
    it(`makes what openssl makes: ${name}`, () => {
      const pem = vectors.keys[`${name}.pkcs1`];
      const made = pkcs1ToPkcs8(derOf(pem, "pkcs1"));
      expect(Buffer.from(made).toString("hex")).toBe(derOf(pem, "pkcs8").toString("hex"));
    });
  }
});
