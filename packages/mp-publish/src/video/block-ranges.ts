import { BLOCK_BYTES } from "../calls/video-limits.ts";

/** Numbers of the first and the last block, both included. Blocks count from 1. */
export type BlockRange = readonly [first: number, last: number];

/** The number of blocks of a file of `size` bytes. */
export function countBlocks(size: number, blockSize: number = BLOCK_BYTES): number {
  return Math.ceil(size / blockSize);
}

/** Begin and end (exclusive) of a block in its file, in bytes. */
export function blockBounds(
  number: number,
  size: number,
  blockSize: number = BLOCK_BYTES,
): { start: number; end: number } {
  const start = (number - 1) * blockSize;
  return { start, end: Math.min(start + blockSize, size) };
}

/** The blocks from 1 to `count` that are in none of the ranges, in order. */
export function missingBlocks(acked: readonly BlockRange[], count: number): number[] {
  const missing: number[] = [];
  let next = 1;
  for (const [first, last] of [...acked, [count + 1, count + 1] as const]) {
    for (; next < first; next++) missing.push(next);
    next = Math.max(next, last + 1);
  }
  return missing;
}

/** The ranges with one more block, sorted and joined. */
export function withBlock(acked: readonly BlockRange[], number: number): BlockRange[] {
  const sorted = [...acked, [number, number] as const].sort(([a], [b]) => a - b);
  const joined: BlockRange[] = [];
  for (const range of sorted) {
    const before = joined.at(-1);
    if (before !== undefined && range[0] <= before[1] + 1) {
      joined[joined.length - 1] = [before[0], Math.max(before[1], range[1])];
    } else {
      joined.push(range);
    }
  }
  return joined;
}

/** The number of bytes of the blocks in the ranges. */
export function bytesOf(acked: readonly BlockRange[], size: number): number {
  return acked.reduce(
    (sum, [first, last]) => sum + blockBounds(last, size).end - blockBounds(first, size).start,
    0,
  );
}
