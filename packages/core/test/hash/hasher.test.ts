import { createHash } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  createHasher,
  type DigestAlgorithm,
  type Hasher,
  portableHasher,
} from "../../src/hash/hasher.ts";

const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7 + (i >> 9)) & 255);
const algorithms: readonly DigestAlgorithm[] = ["SHA-1", "SHA-256"];

/** What workerd has, on node:crypto, to run that path here. */
class DigestStream extends WritableStream<Uint8Array> {
  static used = 0;
  readonly digest: Promise<ArrayBuffer>;
  constructor(algorithm: string) {
    DigestStream.used += 1;
    const hash = createHash(algorithm.replace("-", ""));
    const result = Promise.withResolvers<ArrayBuffer>();
    super({
      write: (chunk) => void hash.update(chunk),
      close: () => result.resolve(new Uint8Array(hash.digest()).buffer),
    });
    this.digest = result.promise;
  }
}

/** Every path must keep the same contract. */
const paths: Record<string, (algorithm: DigestAlgorithm) => Hasher> = {
  portable: portableHasher,
  "node:crypto": createHasher,
  "no built-in module": (algorithm) => {
    vi.stubGlobal("process", {});
    return createHasher(algorithm);
  },
  DigestStream: (algorithm) => {
    vi.stubGlobal("crypto", { DigestStream });
    return createHasher(algorithm);
  },
};

describe("each path of the hasher", () => {
  afterEach(() => vi.unstubAllGlobals());

  for (const [path, create] of Object.entries(paths)) {
    for (const algorithm of algorithms) {
      it(`returns the same digest in any cut: ${path}, ${algorithm}`, async () => {
        const expected = createHash(algorithm.replace("-", "")).update(bytes).digest();
        for (const step of [63, 64, 65, 4096, bytes.length]) {
          const hasher = create(algorithm);
          vi.unstubAllGlobals();
          for (let at = 0; at < bytes.length; at += step) {
            await hasher.update(bytes.subarray(at, at + step));
          }
          expect(await hasher.digest()).toEqual(new Uint8Array(expected));
        }
      });
    }
  }

  it("takes DigestStream where the runtime has it", async () => {
    const before = DigestStream.used;
    vi.stubGlobal("crypto", { DigestStream });
    createHasher("SHA-1");
    expect(DigestStream.used).toBe(before + 1);
  });
});
