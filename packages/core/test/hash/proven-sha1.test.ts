// A SHA-1 that errs never serves.

import { createHash } from "node:crypto";
import { sha1 } from "@noble/hashes/legacy.js";
import { describe, expect, it } from "vitest";
import { provenSha1 } from "../../src/hash/proven-sha1.ts";
import { createSha1, type Sha1 } from "../../src/hash/sha1.ts";

const SEED = 20_261_122;

/** Changes what goes in, or what comes out, of a SHA-1 that is right. */
function spoilt(change: {
  update?: (bytes: Uint8Array, hash: Sha1, loaded: number) => unknown;
  digest?: (digest: Uint8Array, loaded: number) => Uint8Array;
}): () => Sha1 {
  return () => {
    const hash = sha1.create();
    let loaded = 0;
    return {
      update(bytes) {
        (change.update ?? ((same: Uint8Array) => hash.update(same)))(bytes, hash, loaded);
        loaded += bytes.length;
      },
      digest: () => (change.digest ?? ((same) => same))(hash.digest(), loaded),
    };
  };
}

const flipped = (digest: Uint8Array): Uint8Array => digest.with(19, (digest[19] ?? 0) ^ 1);

const broken: Readonly<Record<string, () => Sha1>> = {
  "one bit off": spoilt({ digest: flipped }),
  "one bit off where the padding takes another block": spoilt({
    digest: (digest, loaded) => (loaded % 64 === 56 ? flipped(digest) : digest),
  }),
  "one bit off where the padding just fits": spoilt({
    digest: (digest, loaded) => (loaded % 64 === 55 ? flipped(digest) : digest),
  }),
  "one bit off at whole blocks": spoilt({
    digest: (digest, loaded) => (loaded > 0 && loaded % 64 === 0 ? flipped(digest) : digest),
  }),
  "bytes too many in the digest": spoilt({ digest: (digest) => new Uint8Array([...digest, 0]) }),
  "reads from the start of the memory": spoilt({
    update: (bytes, hash) => hash.update(new Uint8Array(bytes.buffer, 0, bytes.length)),
  }),
  "loses a piece that ends inside a block": spoilt({
    update: (bytes, hash, loaded) =>
      loaded % 64 === 0 || (loaded + bytes.length) % 64 === 0 ? hash.update(bytes) : undefined,
  }),
  "keeps the caller's memory": () => {
    const kept: Uint8Array[] = [];
    return {
      update: (bytes) => kept.push(bytes),
      digest: () => sha1(Buffer.concat(kept)),
    };
  },
  "cannot start": () => {
    throw new RangeError("It cannot start.");
  },
  "throws on the way": spoilt({
    update: () => {
      throw new RangeError("It cannot go on.");
    },
  }),
};

describe("provenSha1", () => {
  it("lets the SHA-1 of this package serve", () => {
    const [candidate, starts] = counted(createSha1);
    const [reference, referenceStarts] = counted(() => sha1.create());
    const start = provenSha1(candidate, reference, randomFrom(SEED));
    expect([starts(), referenceStarts()]).toEqual([0, 0]);
    start();
    const [afterProof, referenceAfterProof] = [starts(), referenceStarts()];
    expect(hashOf(start())).toBe(expectedHash);
    expect([starts(), referenceStarts()]).toEqual([afterProof + 1, referenceAfterProof]);
  });

  it.each(Object.entries(broken))(`hands over for good: %s (seed ${SEED})`, (_, candidate) => {
    const [counting, starts] = counted(candidate);
    const start = provenSha1(counting, () => sha1.create(), randomFrom(SEED));
    expect(hashOf(start())).toBe(expectedHash);
    const afterProof = starts();
    expect(hashOf(start())).toBe(expectedHash);
    expect(starts()).toBe(afterProof);
  });

  it("proves on other inputs each time", () => {
    const inputs = Array.from({ length: 2 }, () => {
      const seen: string[] = [];
      const watching = spoilt({
        update: (bytes, hash) => {
          seen.push(Buffer.from(bytes).toString("hex"));
          hash.update(bytes);
        },
      });
      provenSha1(watching, () => sha1.create())();
      return seen.join();
    });
    expect(inputs[0]).not.toBe(inputs[1]);
  });
});

const message = new TextEncoder().encode("0123456789".repeat(100));
const expectedHash = createHash("sha1").update(message).digest("hex");

function hashOf(hash: Sha1): string {
  hash.update(message);
  return Buffer.from(hash.digest()).toString("hex");
}

function counted(start: () => Sha1): [start: () => Sha1, starts: () => number] {
  let starts = 0;
  const counting = (): Sha1 => {
    starts += 1;
    return start();
  };
  return [counting, () => starts];
}

/** mulberry32 */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
