import { MediaError, type Source } from "@wechat-edge/core";
import {
  type AbortSignal,
  digestBytes,
  inMemoryBody,
  type RequestBody,
} from "@wechat-edge/core/internal/upload";
import { BLOCK_BYTES } from "../calls/video-limits.ts";
import { blockBounds } from "./block-ranges.ts";
import type { VideoDigests } from "./digests.ts";

/** A block that is ready to be sent. */
export interface PreparedBlock {
  readonly part_num: number;
  /** SHA-1 of exactly the bytes that are sent. */
  readonly part_sha: string;
  readonly body: RequestBody;
  /** Frees the buffer for another block. Call it when WeChat has acknowledged this one. */
  release(): void;
}

/** Blocks in order; the next one is read and hashed in advance. */
export interface BlockQueue {
  /** The next block, or undefined after the last. */
  next(): Promise<PreparedBlock | undefined>;
}

/** Reads the blocks with these numbers. Throws MediaError if the file has changed since it was hashed. */
export function queueBlocks(
  source: Source,
  numbers: readonly number[],
  digests: VideoDigests,
  signal: AbortSignal,
): BlockQueue {
  const blocks = prepareBlocks(source, numbers, digests, signal);
  const take = async (): Promise<PreparedBlock | undefined> => (await blocks.next()).value;
  let ahead: Promise<PreparedBlock | undefined> | undefined;
  return {
    next() {
      const block = ahead ?? take();
      ahead = block.then((found) => found && take());
      ahead.catch(() => undefined); // the next call throws it
      return block;
    },
  };
}

async function* prepareBlocks(
  source: Source,
  numbers: readonly number[],
  digests: VideoDigests,
  signal: AbortSignal,
): AsyncGenerator<PreparedBlock, undefined> {
  const free: Uint8Array<ArrayBuffer>[] = [];
  for (const part_num of numbers) {
    const { start, end } = blockBounds(part_num, source.size);
    const read = await source.read(start, end, { signal });
    const buffer = free.pop() ?? new Uint8Array(Math.min(BLOCK_BYTES, source.size));
    // A copy: the reader may reuse its buffer.
    buffer.set(read);
    const bytes = buffer.subarray(0, read.byteLength);
    // Not WebCrypto if the runtime has a native hash: copying the block for its thread costs more than it saves.
    const part_sha = await digestBytes(bytes, "SHA-1");
    const expected = digests.block(part_num);
    if (expected !== undefined && expected !== part_sha) {
      throw new MediaError(
        `The file changed while it was uploaded: block ${part_num} (bytes ${start} to ${end}) had the SHA-1 ${expected} and now has ${part_sha}. Upload the file again, without the checkpoint.`,
        { reason: "changed", expected: `SHA-1 ${expected}`, actual: `SHA-1 ${part_sha}` },
      );
    }
    yield { part_num, part_sha, body: inMemoryBody(bytes), release: () => void free.push(buffer) };
  }
  return undefined;
}
