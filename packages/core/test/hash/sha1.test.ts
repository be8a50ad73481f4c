// The SHA-1 in JavaScript against node:crypto.

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSha1 } from "../../src/hash/sha1.ts";

/** FIPS 180-4 examples, and those of NIST's additional ones that fit in memory. */
const vectors: readonly [name: string, bytes: Uint8Array, sha1: string][] = [
  ["nothing", Buffer.alloc(0), "da39a3ee5e6b4b0d3255bfef95601890afd80709"],
  ["abc", Buffer.from("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d"],
  [
    "448 bits",
    Buffer.from("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
    "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
  ],
  [
    "896 bits",
    Buffer.from(
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
    ),
    "a49b2446a02c645bf419f995b67091253a04a259",
  ],
  ["a million a", Buffer.alloc(1_000_000, "a"), "34aa973cd4c4daa4f61eeb2bdbad27316534016f"],
  ["one byte", Buffer.from([0x36]), "c1dfd96eea8cc2b62785275bca38ac261256e278"],
];
const bytes = Uint8Array.from({ length: 4096 }, (_, i) => (i * 167 + (i >> 3) * 29 + 13) & 255);

describe("createSha1", () => {
  it.each(vectors)("gives the standard's digest of %s", (_, message, sha1) => {
    expect(hex([message])).toBe(sha1);
  });

  it.each([1, 3, 20, 55, 56, 63, 64, 65, 127, 128, 129, 300])(
    "agrees with node:crypto at every length up to 300, in pieces of %i",
    (step) => {
      for (let length = 0; length <= 300; length++) {
        const message = bytes.subarray(0, length);
        const pieces: Uint8Array[] = [];
        for (let at = 0; at < length; at += step) pieces.push(message.subarray(at, at + step));
        expect(hex(pieces), `${length} bytes`).toBe(expected(message));
      }
    },
  );

  it("does not mind where a message is cut in two", () => {
    const message = bytes.subarray(0, 200);
    for (let at = 0; at <= message.length; at++) {
      expect(hex([message.subarray(0, at), message.subarray(at)])).toBe(expected(message));
    }
  });

  it("reads at any offset of the memory", () => {
    for (let offset = 0; offset < 8; offset++) {
      const message = bytes.subarray(offset, offset + 1000);
      expect(hex([message])).toBe(expected(message));
    }
  });

  it("keeps nothing of the caller's bytes", () => {
    const memory = new Uint8Array(100);
    const hash = createSha1();
    for (let at = 0; at < 1000; at += memory.length) {
      memory.set(bytes.subarray(at, at + memory.length));
      hash.update(memory);
    }
    expect(Buffer.from(hash.digest()).toString("hex")).toBe(expected(bytes.subarray(0, 1000)));
  });

  it("keeps two digests apart", () => {
    const [one, other] = [createSha1(), createSha1()];
    for (let at = 0; at < 1000; at += 50) {
      one.update(bytes.subarray(at, at + 50));
      other.update(bytes.subarray(at + 1000, at + 1050));
    }
    const digests = [one, other].map((hash) => Buffer.from(hash.digest()).toString("hex"));
    expect(digests).toEqual([
      expected(bytes.subarray(0, 1000)),
      expected(bytes.subarray(1000, 2000)),
    ]);
  });

  it("counts more bits than 32 bits hold", () => {
    const piece = Buffer.alloc(64 * 1024 * 1024, bytes);
    const pieces = [...Array.from({ length: 8 }, () => piece), bytes];
    expect(hex(pieces)).toBe(expected(...pieces));
  });
});

function hex(pieces: readonly Uint8Array[]): string {
  const hash = createSha1();
  for (const piece of pieces) hash.update(piece);
  return Buffer.from(hash.digest()).toString("hex");
}

function expected(...pieces: readonly Uint8Array[]): string {
  const hash = createHash("sha1");
  for (const piece of pieces) hash.update(piece);
  return hash.digest("hex");
}
