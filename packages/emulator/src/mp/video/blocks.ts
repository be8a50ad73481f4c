import { createSha1, type Sha1 } from "./sha1.ts";

/** One block as it came. */
export interface VideoBlock {
  readonly part_num: number;
  readonly size: number;
  /** Lower-case hex. */
  readonly sha1: string;
  /** How often this number came. */
  readonly timesReceived: number;
}

/** The blocks of one upload, and the digest of the whole as far as it can be told. */
export interface Blocks {
  /** Keeps a block, or replaces the one of the same number; true where there was one. */
  put(partNum: number, bytes: Uint8Array, sha1: string): boolean;
  has(partNum: number): boolean;
  /** The lowest number that has not come. */
  firstMissing(): number;
  /** Bytes of all blocks. */
  size(): number;
  /** By number. */
  list(): VideoBlock[];
  /** Lower-case hex of the blocks in their order; undefined where their bytes had to be let go of. */
  sha1(): string | undefined;
  /** Lets go of the bytes, once the digest has been taken. */
  release(): void;
}

/** What may wait for a block before it, where files are not kept. */
const WINDOW_BYTES = 64 * 1024 * 1024;

/**
 * Blocks are hashed as soon as those before them are there. With `keep` their bytes stay until the
 * end, so that a block may still be replaced by another. Without it they do not, and the digest of
 * the whole is given up where a block is replaced by a different one or comes too far ahead; each
 * block has been checked against its own digest all the same.
 */
export function createBlocks(keep: boolean, newSha1: () => Sha1 = createSha1): Blocks {
  const blocks = new Map<number, VideoBlock>();
  const held = new Map<number, Uint8Array>();
  let heldBytes = 0;
  let total = 0;
  let missing = 1;
  /** All blocks below it are hashed. */
  let next = 1;
  let running: Sha1 | undefined = newSha1();
  let digest: string | undefined;

  const hold = (partNum: number, bytes: Uint8Array): void => {
    heldBytes += bytes.length - (held.get(partNum)?.length ?? 0);
    held.set(partNum, bytes);
  };
  const giveUp = (): void => {
    running = undefined;
    if (keep) return;
    held.clear();
    heldBytes = 0;
  };
  /** Hashes what can be hashed. */
  const advance = (): void => {
    for (let bytes = held.get(next); running && bytes; bytes = held.get(next)) {
      running.update(bytes);
      if (!keep) {
        held.delete(next);
        heldBytes -= bytes.length;
      }
      next += 1;
    }
    if (!keep && heldBytes > WINDOW_BYTES) giveUp();
  };
  const rehashed = (): string | undefined => {
    const sha1 = newSha1();
    for (const { part_num } of list()) {
      const bytes = held.get(part_num);
      if (bytes === undefined) return undefined;
      sha1.update(bytes);
    }
    return sha1.hex();
  };
  const list = (): VideoBlock[] => [...blocks.values()].sort((a, b) => a.part_num - b.part_num);

  return {
    put(partNum, bytes, sha1) {
      const before = blocks.get(partNum);
      total += bytes.length - (before?.size ?? 0);
      const timesReceived = (before?.timesReceived ?? 0) + 1;
      blocks.set(partNum, { part_num: partNum, size: bytes.length, sha1, timesReceived });
      while (blocks.has(missing)) missing += 1;
      if (before && before.sha1 === sha1) return true;
      digest = undefined;
      if (before && partNum < next) giveUp();
      if (keep || running) hold(partNum, bytes);
      advance();
      return before !== undefined;
    },
    has: (partNum) => blocks.has(partNum),
    firstMissing: () => missing,
    size: () => total,
    list,
    sha1() {
      if (running && next > blocks.size) {
        digest = running.hex();
        running = undefined;
      }
      return digest ?? rehashed();
    },
    release() {
      held.clear();
      heldBytes = 0;
      running = undefined;
      digest = undefined;
    },
  };
}
