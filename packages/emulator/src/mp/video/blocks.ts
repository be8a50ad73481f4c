import { createSha1, type Sha1 } from "./sha1.ts";

/** A block that was received. */
export interface VideoBlock {
  /** From 1. */
  readonly part_num: number;
  /** In bytes. */
  readonly size: number;
  /** Lower-case hex. */
  readonly sha1: string;
  /** How often a block with this number was received. */
  readonly timesReceived: number;
}

/** The blocks of an upload, and the digest of the whole file if known. */
export interface Blocks {
  /** Stores a block or replaces the one with the same number; returns true if there was one. */
  put(partNum: number, bytes: Uint8Array, sha1: string): boolean;
  has(partNum: number): boolean;
  /** The lowest number not received. */
  firstMissing(): number;
  /** Size of all blocks in bytes. */
  size(): number;
  /** Sorted by number. */
  list(): VideoBlock[];
  /** SHA-1 of the blocks in order, in lower-case hex; undefined if their bytes were dropped before. */
  sha1(): string | undefined;
  /** Drops the bytes after the digest was read. */
  release(): void;
}

/** The size of every block but the last. */
export const BLOCK_BYTES: number = 1024 * 1024;
/** How much may wait for an earlier block if files are not kept. */
const WINDOW_BYTES = 64 * 1024 * 1024;

/**
 * Hashes each block as soon as those before it are there. With `keep` the bytes stay until the end, so
 * that a block can still be replaced. Without it, there is no digest of the whole file if a block is
 * replaced by a different one or arrives too far ahead; each block is still checked on its own.
 */
export function createBlocks(keep: boolean, newSha1: () => Sha1 = createSha1): Blocks {
  const blocks = new Map<number, VideoBlock>();
  const held = new Map<number, Uint8Array>();
  let heldBytes = 0;
  let total = 0;
  let missing = 1;
  /** The blocks with lower numbers are hashed. */
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
  /** Hashes the blocks that are next in order. */
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
