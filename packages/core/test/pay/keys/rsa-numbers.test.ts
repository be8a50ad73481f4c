// The numbers of a public key. Of exponent 1, the "signature" of a message is its padded digest: anybody can write it.

import { describe, expect, it } from "vitest";
import { der, derOf, hexBytes, pemOf } from "../../../../../test/support/certificate.ts";
import { failure } from "../../../../../test/support/mp.ts";
import vectors from "../../../../../test/vectors/keys.json" with { type: "json" };
import { createPayClient, payRequest } from "../../../src/index.ts";
import { partsOf, readDer } from "../../../src/pay/keys/der.ts";
import { checkNumbers, cryptoKeyNumbers, rsaNumbers } from "../../../src/pay/keys/rsa-numbers.ts";

const { keys } = vectors;
const N = rsaNumbers(derOf(keys["rsa.spki"]), true)?.modulus ?? 0n;
const bits = (count: number): bigint => (1n << BigInt(count)) - 1n;

const integer = (value: bigint): Uint8Array => {
  const hex = value.toString(16);
  return der(2, hexBytes(hex.padStart(hex.length + 2 + (hex.length % 2), "0")));
};
const spki = (modulus: bigint, exponent: bigint): string =>
  pemOf(
    der(
      0x30,
      hexBytes("300d06092a864886f70d0101010500"),
      der(3, Uint8Array.of(0), der(0x30, integer(modulus), integer(exponent))),
    ),
    "PUBLIC KEY",
  );

const WRONG: Readonly<Record<string, readonly [modulus: bigint, exponent: bigint, RegExp]>> = {
  "exponent 0": [N, 0n, /its exponent is 0, its modulus odd/],
  "exponent 1": [N, 1n, /its exponent is 1, its modulus odd/],
  "exponent 2": [N, 2n, /its exponent is 2/],
  "exponent 65536": [N, 65_536n, /its exponent is 65536/],
  "an even exponent of 256 bits": [N, bits(256) - 1n, /its exponent has 256 bits/],
  "the modulus as exponent": [N, N, /its exponent has 2048 bits/],
  "an exponent above the modulus": [N, N + 2n, /its exponent has 2048 bits/],
  "an exponent that is longer": [N, bits(2049), /its exponent has 2049 bits/],
  "an even modulus": [N - 1n, 65_537n, /its exponent is 65537, its modulus even/],
  "a modulus of 2047 bits": [bits(2047), 65_537n, /RSA key of 2047 bits/],
  "a modulus of 512 bits": [bits(512), 65_537n, /RSA key of 512 bits/],
  "the modulus 1": [1n, 65_537n, /RSA key of 1 bits/],
  "the modulus 0": [0n, 65_537n, /RSA key of 0 bits/],
};
const RIGHT: readonly (readonly [bigint, bigint])[] = [
  [N, 3n],
  [N, 65_537n],
  [N, N - 2n],
  [bits(2048), 65_537n],
  [bits(4096), 17n],
];

describe("a public key", () => {
  it.each(Object.entries(WRONG))("with %s is refused before anything is sent", async (_, wrong) => {
    const [modulus, exponent, message] = wrong;
    const sent: string[] = [];
    const pay = createPayClient({
      mchid: "1900000001",
      serialNo: "0A1B",
      privateKey: keys["rsa.pkcs8"],
      platformKeys: [{ platformKeyId: "PUB_KEY_ID_1", key: spki(modulus, exponent) }],
      fetch: async (url) => {
        sent.push(url);
        return new Response(null, { status: 204 });
      },
    });
    const error = await failure(payRequest(pay, { method: "GET", path: "/v3/x" }));
    expect(error).toMatchObject({ code: "ERR_KEY", message: expect.stringMatching(message) });
    expect(sent).toEqual([]);
  });

  it.each(RIGHT)("is taken: modulus %#", (modulus, exponent) => {
    expect(rsaNumbers(derOf(spki(modulus, exponent)), true)).toEqual({ modulus, exponent });
    expect(() => checkNumbers({ modulus, exponent }, "x")).not.toThrow();
  });
});

describe("a CryptoKey", () => {
  const algorithm = (modulusLength: number, publicExponent: Uint8Array<ArrayBuffer>) => ({
    ...{ name: "RSASSA-PKCS1-v1_5", hash: { name: "SHA-256" } },
    modulusLength,
    publicExponent,
  });
  const client = (algorithm: object) => () =>
    createPayClient({
      mchid: "1900000001",
      serialNo: "0A1B",
      privateKey: keys["rsa.pkcs8"],
      platformKeys: [
        {
          platformKeyId: "PUB_KEY_ID_1",
          key: { type: "public", extractable: false, usages: ["verify"], algorithm } as never,
        },
      ],
    });

  it.each([[0], [1], [2], [1, 0, 0], [0, 0, 1]])(
    "with the exponent %j is refused",
    (...exponent) => {
      const wrong = algorithm(2048, Uint8Array.from(exponent));
      expect(client(wrong)).toThrow(/is no RSA key that proves anything/);
    },
  );

  it("with an exponent as long as its modulus is refused, a short modulus too", () => {
    expect(client(algorithm(2048, new Uint8Array(256).fill(255)))).toThrow(
      /exponent has 2048 bits/,
    );
    expect(client(algorithm(2047, Uint8Array.of(1, 0, 1)))).toThrow(/RSA key of 2047 bits/);
  });

  it("that is right is taken", () => {
    for (const exponent of [[3], [1, 0, 1], [0, 1, 0, 1]]) {
      expect(client(algorithm(2048, Uint8Array.from(exponent)))).not.toThrow();
    }
    expect(cryptoKeyNumbers(algorithm(2048, Uint8Array.of(1, 0, 1)) as never).exponent).toBe(
      65_537n,
    );
  });
});

describe("rsaNumbers", () => {
  it("reads a private key's too", () => {
    const read = rsaNumbers(derOf(keys["rsa.pkcs8"]), false);
    expect(read).toEqual({ modulus: N, exponent: 65_537n });
  });

  it("reads none where there are none", () => {
    const whole = derOf(keys["rsa.spki"]);
    const [algorithm] = partsOf(readDer(whole) as never);
    const broken = [
      new Uint8Array(0),
      Uint8Array.of(0x30, 0),
      der(0x30, algorithm?.bytes ?? new Uint8Array(0)),
      der(0x30, algorithm?.bytes ?? new Uint8Array(0), der(3, Uint8Array.of(0))),
      der(
        0x30,
        algorithm?.bytes ?? new Uint8Array(0),
        der(3, Uint8Array.of(0), der(0x30, integer(N))),
      ),
      // A negative number, and something else than a number.
      der(
        0x30,
        der(0x30),
        der(3, Uint8Array.of(0), der(0x30, der(2, hexBytes("80")), integer(3n))),
      ),
      der(0x30, der(0x30), der(3, Uint8Array.of(0), der(0x30, integer(N), der(4, hexBytes("03"))))),
      der(0x30, der(0x30), der(3, Uint8Array.of(0), der(0x30, der(2), integer(3n)))),
    ];
    for (const bytes of broken) expect(rsaNumbers(bytes, true)).toBeUndefined();
  });
});
