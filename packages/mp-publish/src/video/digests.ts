import { createHasher, type Source } from "@wechat-edge/core";
import { type AbortSignal, encodeHex } from "@wechat-edge/core/internal/upload";
import { blockBounds, countBlocks } from "./block-ranges.ts";
import type { VideoProgress } from "./progress.ts";

/** SHA-1 of a file and of its blocks, in lower-case hexadecimal. */
export interface VideoDigests {
  readonly sha1: string;
  /** Of a block by its number, from 1; undefined if the caller passed the SHA-1 of the file. */
  block(number: number): string | undefined;
}

/** Blocks being hashed while the next one is read; each stays in memory. */
const MAX_UNDER_WAY = 2;

/** Reads the whole file once, for its SHA-1 and for those of its blocks. */
export async function digestVideo(
  source: Source,
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly onProgress: (progress: VideoProgress) => void;
  },
): Promise<VideoDigests> {
  const { signal, onProgress } = options;
  const { size: total } = source;
  const hasher = createHasher("SHA-1");
  const blocks: Promise<string>[] = [];
  for (let number = 1; number <= countBlocks(total); number++) {
    const { start, end } = blockBounds(number, total);
    const bytes = await source.read(start, end, { signal });
    const digest = blockDigest(bytes);
    digest.catch(() => undefined); // awaited below
    blocks.push(digest);
    await hasher.update(bytes);
    await blocks.at(-MAX_UNDER_WAY);
    onProgress({ phase: "hash", loaded: end, total });
  }
  const digests = await Promise.all(blocks);
  return { sha1: encodeHex(await hasher.digest()), block: (number) => digests[number - 1] };
}

/**
 * WebCrypto works beside this thread, which hashes the whole file. It copies the bytes at once. A page over http has
 * none.
 */
async function blockDigest(bytes: Uint8Array): Promise<string> {
  const { subtle } = crypto as { subtle?: SubtleCrypto };
  if (subtle !== undefined) {
    return encodeHex(
      new Uint8Array(await subtle.digest("SHA-1", bytes as Uint8Array<ArrayBuffer>)),
    );
  }
  const hasher = createHasher("SHA-1");
  await hasher.update(bytes);
  return encodeHex(await hasher.digest());
}
