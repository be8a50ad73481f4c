import { createHasher, type DigestAlgorithm, digest } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";

/** FIPS 180-4 examples, and a million times "a". */
const vectors: readonly { text: string; "SHA-1": string; "SHA-256": string }[] = [
  {
    text: "",
    "SHA-1": "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "SHA-256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  },
  {
    text: "abc",
    "SHA-1": "a9993e364706816aba3e25717850c26c9cd0d89d",
    "SHA-256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  },
  {
    text: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "SHA-1": "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
    "SHA-256": "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  },
  {
    text: "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
    "SHA-1": "a49b2446a02c645bf419f995b67091253a04a259",
    "SHA-256": "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
  },
  {
    text: "a".repeat(1_000_000),
    "SHA-1": "34aa973cd4c4daa4f61eeb2bdbad27316534016f",
    "SHA-256": "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
  },
];
const algorithms: readonly DigestAlgorithm[] = ["SHA-1", "SHA-256"];

describe("digest", () => {
  for (const algorithm of algorithms) {
    it(`returns the standard's digests: ${algorithm}`, async () => {
      for (const vector of vectors) {
        const bytes = new TextEncoder().encode(vector.text);
        expect(await digest(bytes, algorithm)).toBe(vector[algorithm]);
        expect(await digest(new Blob([bytes]), algorithm)).toBe(vector[algorithm]);
      }
    });

    it(`is an error for a deleted file that looks like an empty one: ${algorithm}`, async () => {
      // As Chromium has it where a page asks for the size only after the file is gone.
      class DeletedFile extends File {
        override async arrayBuffer(): Promise<ArrayBuffer> {
          throw new DOMException("A requested file could not be found", "NotFoundError");
        }
      }
      const deleted = new DeletedFile([], "gone.jpg");
      await expect(digest(deleted, algorithm)).rejects.toMatchObject({
        code: "ERR_MEDIA",
        reason: "changed",
        message: expect.stringMatching(/could not be read: NotFoundError/),
      });
    });

    it(`of an empty file stops on an aborted signal too: ${algorithm}`, async () => {
      const reason = new Error("no longer wanted");
      const signal = AbortSignal.abort(reason);
      await expect(digest(new Blob([]), algorithm, { signal })).rejects.toBe(reason);
    });

    it(`does not depend on where the bytes are cut: ${algorithm}`, async () => {
      const bytes = new TextEncoder().encode("a".repeat(1_000_000));
      const hasher = createHasher(algorithm);
      for (let at = 0, step = 1; at < bytes.length; at += step, step = (step * 3) % 65_521) {
        await hasher.update(bytes.subarray(at, at + step));
      }
      expect(encodeHex(await hasher.digest())).toBe(vectors.at(-1)?.[algorithm]);
    });

    it(`agrees with WebCrypto at every length up to three blocks: ${algorithm}`, async () => {
      const bytes = Uint8Array.from({ length: 192 }, (_, i) => (i * 167 + 13) & 255);
      for (let length = 0; length <= bytes.length; length++) {
        const message = bytes.slice(0, length);
        const expected = encodeHex(new Uint8Array(await crypto.subtle.digest(algorithm, message)));
        for (const step of [length + 1, 1 + (length % 67)]) {
          const hasher = createHasher(algorithm);
          for (let at = 0; at < length; at += step) {
            await hasher.update(bytes.subarray(at, Math.min(at + step, length)));
          }
          expect(encodeHex(await hasher.digest()), `${length} in ${step}`).toBe(expected);
        }
      }
    });

    it(`keeps two digests apart: ${algorithm}`, async () => {
      const [one, other] = [createHasher(algorithm), createHasher(algorithm)];
      for (const letter of ["a", "b", "c"]) {
        await one.update(new TextEncoder().encode(letter));
        await other.update(new TextEncoder().encode(letter.repeat(100)));
      }
      const text = "a".repeat(100) + "b".repeat(100) + "c".repeat(100);
      expect(encodeHex(await one.digest())).toBe(vectors[1]?.[algorithm]);
      expect(encodeHex(await other.digest())).toBe(
        await digest(new TextEncoder().encode(text), algorithm),
      );
    });

    it(`returns its digest once: ${algorithm}`, async () => {
      const hasher = createHasher(algorithm);
      await hasher.digest();
      await expect(hasher.digest()).rejects.toThrow();
    });

    it(`agrees with WebCrypto over several blocks: ${algorithm}`, async () => {
      const bytes = Uint8Array.from({ length: 2_500_001 }, (_, i) => (i * 31 + (i >> 8)) & 255);
      const expected = encodeHex(new Uint8Array(await crypto.subtle.digest(algorithm, bytes)));
      const reads: number[] = [];
      const reader = {
        size: bytes.length,
        read: async (start: number, end: number) => {
          reads.push(end - start);
          return bytes.slice(start, end);
        },
      };
      expect(await digest(reader, algorithm)).toBe(expected);
      expect(Math.max(...reads)).toBeLessThanOrEqual(1024 * 1024);
    });
  }

  it("reports progress up to the whole file", async () => {
    const seen: number[] = [];
    await digest(new Uint8Array(2_500_000), "SHA-256", {
      onProgress: ({ phase, loaded, total }) => {
        expect([phase, total]).toEqual(["hash", 2_500_000]);
        seen.push(loaded);
      },
    });
    expect(seen).toEqual([1_048_576, 2_097_152, 2_500_000]);
  });

  it("stops on abort with the signal's reason", async () => {
    const reason = new Error("no longer wanted");
    const work = digest(new Uint8Array(10), "SHA-1", { signal: AbortSignal.abort(reason) });
    await expect(work).rejects.toBe(reason);
  });

  it("refuses an algorithm that WeChat does not use", () => {
    expect(() => createHasher("MD5" as DigestAlgorithm)).toThrow(/"SHA-1" or "SHA-256", not "MD5"/);
  });
});

function encodeHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
