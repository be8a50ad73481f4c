import type { AbortSignal } from "../async/abort-signal.ts";
import { encodeHex } from "../bytes/hex.ts";
import { checkOptions } from "../options.ts";
import { createSource, type FileInput } from "../source/source.ts";
import { bufferedHasher, createHasher, type DigestAlgorithm } from "./hasher.ts";

/** Size of one read. */
const BLOCK_BYTES = 1_048_576;

/**
 * Hashes a whole file, in blocks of 1 MiB, so a large file needs little memory.
 *
 * @param source - the file
 * @param algorithm - `"SHA-1"` or `"SHA-256"`
 * @param options - `signal` stops it; `onProgress` is called with `{ phase: "hash", loaded, total }` in bytes
 * @returns the digest in lower-case hexadecimal
 * @throws TypeError if `source` is not a file, or for another algorithm
 * @throws MediaError with the reason `changed` if the file was changed, cut short or removed
 *
 * @example
 * ```ts
 * import { digest } from "@wechat-edge/core";
 *
 * const hex = await digest(new TextEncoder().encode("abc"), "SHA-256");
 * console.log(hex); // ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
 * ```
 */
export async function digest(
  source: FileInput,
  algorithm: DigestAlgorithm,
  options: {
    signal?: AbortSignal | undefined;
    onProgress?: ((progress: { phase: "hash"; loaded: number; total: number }) => void) | undefined;
  } = {},
): Promise<string> {
  checkOptions("digest", options, { signal: "signal", onProgress: "function" });
  const { signal, onProgress } = options;
  const file = createSource(source);
  const hasher = createHasher(algorithm);
  let loaded = 0;
  // Reads an empty file too: it may have been removed.
  do {
    const end = Math.min(loaded + BLOCK_BYTES, file.size);
    await hasher.update(await file.read(loaded, end, { signal }));
    loaded = end;
    onProgress?.({ phase: "hash", loaded, total: file.size });
  } while (loaded < file.size);
  return encodeHex(await hasher.digest());
}

/** Hashes bytes in memory; resolves with lower-case hexadecimal. */
export async function digestBytes(bytes: Uint8Array, algorithm: DigestAlgorithm): Promise<string> {
  const hasher = bufferedHasher(algorithm);
  await hasher.update(bytes);
  return encodeHex(await hasher.digest());
}
