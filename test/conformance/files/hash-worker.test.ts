import { type DigestAlgorithm, digest } from "@wechat-edge/core";
import { digestInWorker } from "@wechat-edge/core/hash-worker";
import { describe, expect, it } from "vitest";

const bytes = Uint8Array.from({ length: 2_500_001 }, (_, i) => (i * 31 + (i >> 8)) & 255);
const algorithms: readonly DigestAlgorithm[] = ["SHA-1", "SHA-256"];

// In a Web Worker where the runtime has them (browsers, Deno, Bun), else on the same thread.
describe("digestInWorker", () => {
  for (const algorithm of algorithms) {
    it(`returns what digest returns: ${algorithm}`, async () => {
      const expected = await digest(bytes, algorithm);
      expect(await digestInWorker(new Blob([bytes]), algorithm)).toBe(expected);
      const slice = new Blob([bytes.subarray(0, 100), bytes]).slice(100);
      expect(await digestInWorker(slice, algorithm)).toBe(expected);
    });
  }

  it("returns the digest of nothing", async () => {
    const nothing = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    expect(await digestInWorker(new Blob([]), "SHA-1")).toBe(nothing);
  });

  it("reports progress up to the whole file", async () => {
    const seen: number[] = [];
    await digestInWorker(new Blob([bytes]), "SHA-1", {
      onProgress: ({ phase, loaded, total }) => {
        expect([phase, total]).toEqual(["hash", bytes.length]);
        seen.push(loaded);
      },
    });
    expect(seen.at(-1)).toBe(bytes.length);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it("stops on abort with the signal's reason", async () => {
    const reason = new Error("no longer wanted");
    const aborted = { signal: AbortSignal.abort(reason) };
    await expect(digestInWorker(new Blob([bytes]), "SHA-1", aborted)).rejects.toBe(reason);
    const abort = new AbortController();
    const seen: number[] = [];
    const work = digestInWorker(new Blob([bytes, bytes]), "SHA-1", {
      signal: abort.signal,
      onProgress: ({ loaded }) => {
        seen.push(loaded);
        abort.abort(reason);
      },
    });
    await expect(work).rejects.toBe(reason);
    expect(seen).toHaveLength(1);
  });

  it("takes the caller's own worker", async () => {
    const error = new Error("no worker today");
    const createWorker = (): Worker => {
      throw error;
    };
    const work = digestInWorker(new Blob([bytes]), "SHA-1", { createWorker });
    await expect(work).rejects.toBe(error);
  });

  it("refuses an algorithm that WeChat does not use", async () => {
    const work = digestInWorker(new Blob([bytes]), "MD5" as DigestAlgorithm);
    await expect(work).rejects.toThrow(/"SHA-1" or "SHA-256", not "MD5"/);
  });

  it("refuses what is no Blob", async () => {
    const work = digestInWorker(bytes as unknown as Blob, "SHA-1");
    await expect(work).rejects.toThrow(/a Blob or a File, not a Uint8Array of \d+ bytes/);
  });
});
