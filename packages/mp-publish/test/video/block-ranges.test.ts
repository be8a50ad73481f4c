import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BlockRange,
  blockBounds,
  bytesOf,
  countBlocks,
  missingBlocks,
  withBlock,
} from "../../src/video/block-ranges.ts";

const SEED = 20_261_122;
const MIB = 1024 * 1024;
const numbers = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 80 });
const rangesOf = (blocks: readonly number[]) =>
  blocks.reduce<readonly BlockRange[]>((acked, number) => withBlock(acked, number), []);

describe("the plan of an upload", () => {
  it.each([
    [1, 1],
    [MIB, 1],
    [MIB + 1, 2],
    [2048 * MIB - 1, 2048],
    [2048 * MIB, 2048],
  ])("%i bytes are %i blocks", (size, count) => {
    expect(countBlocks(size)).toBe(count);
    expect(blockBounds(count, size).end).toBe(size);
  });

  it(`covers the file once, block by block (seed ${SEED})`, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 300 }),
        (size, block) => {
          let at = 0;
          for (let number = 1; number <= countBlocks(size, block); number++) {
            const { start, end } = blockBounds(number, size, block);
            expect(start).toBe(at);
            expect(end - start).toBe(Math.min(block, size - start));
            at = end;
          }
          expect(at).toBe(size);
        },
      ),
      { seed: SEED },
    );
  });

  it(`keeps acknowledged blocks as the fewest ranges, in any order (seed ${SEED})`, () => {
    fc.assert(
      fc.property(numbers, (blocks) => {
        const ranges = rangesOf(blocks);
        const listed = ranges.flatMap(([first, last]) =>
          Array.from({ length: last - first + 1 }, (_, index) => first + index),
        );
        expect(listed).toEqual([...new Set(blocks)].sort((a, b) => a - b));
        for (const [index, [first]] of ranges.entries()) {
          const before = ranges[index - 1];
          if (before !== undefined) expect(first).toBeGreaterThan(before[1] + 1);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it(`sends what is missing, and counts what is there (seed ${SEED})`, () => {
    fc.assert(
      fc.property(
        numbers,
        fc.integer({ min: 60 * MIB - MIB + 1, max: 60 * MIB }),
        (blocks, size) => {
          const ranges = rangesOf(blocks);
          const missing = missingBlocks(ranges, 60);
          const all = [...missing, ...new Set(blocks)].sort((a, b) => a - b);
          expect(all).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
          const missed = bytesOf(rangesOf(missing), size);
          expect(bytesOf(ranges, size) + missed).toBe(size);
        },
      ),
      { seed: SEED, numRuns: 500 },
    );
  });
});
