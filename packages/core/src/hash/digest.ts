import type { AbortSignal } from "../async/abort-signal.ts";
import { encodeHex } from "../bytes/hex.ts";
import { checkOptions } from "../options.ts";
import { createSource, type FileInput } from "../source/source.ts";
import { bufferedHasher, createHasher, type DigestAlgorithm } from "./hasher.ts";

/** One read of a large file; also the unit at which one-shot digests run at full speed. */
const BLOCK_BYTES = 1024 * 1024;

/**
 * The digest of a whole file as lower-case hex, in constant memory.
 *
 * @param options - `signal`, and `onProgress({ phase: "hash", loaded, total })` in bytes
 * @throws MediaError with reason `changed` where the file does not give the bytes it promised
 *
 * @example
 * ```ts
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
  // Of an empty file too: it may be one that is gone.
  do {
    const end = Math.min(loaded + BLOCK_BYTES, file.size);
    await hasher.update(await file.read(loaded, end, { signal }));
    loaded = end;
    onProgress?.({ phase: "hash", loaded, total: file.size });
  } while (loaded < file.size);
  return encodeHex(await hasher.digest());
}

/** The digest of bytes in memory as lower-case hex. */
export async function digestBytes(bytes: Uint8Array, algorithm: DigestAlgorithm): Promise<string> {
  const hasher = bufferedHasher(algorithm);
  await hasher.update(bytes);
  return encodeHex(await hasher.digest());
}
