// How much of a file is held at a time, counted by its reads.

import { describe, expect, it } from "vitest";
import {
  details,
  expectWhole,
  MIB,
  readable,
  sha1Of,
  videoBytes,
  videoInProcess,
} from "../../../../test/support/video.ts";
import { uploadVideoMaterial } from "../../src/video/upload.ts";

const bytes = videoBytes(12 * MIB);

/** The most blocks that were read and not yet acknowledged, at any time. */
async function mostHeld(concurrency: number, isSlow: boolean): Promise<number> {
  const { mp, emulator, videos } = videoInProcess({
    async fetch(input, init) {
      // Readers and hashes get every chance to run ahead of the network.
      for (let turn = 0; turn < (isSlow ? 200 : 0); turn++) await sha1Of(new Uint8Array(1));
      return emulator.fetch(input, init);
    },
  });
  let acknowledged = 0;
  let most = 0;
  const file = readable(bytes, (start, end) => {
    // The first read is of the head alone.
    most = Math.max(most, file.reads.length - 1 - acknowledged);
    return bytes.slice(start, end);
  });
  await uploadVideoMaterial(mp, details, file, {
    concurrency,
    sha1: await sha1Of(bytes),
    onCheckpoint({ acked }) {
      acknowledged = acked.reduce((sum, [first, last]) => sum + last - first + 1, 0);
    },
  });
  await expectWhole(videos(), bytes);
  return most;
}

describe("blocks held at a time", () => {
  for (const concurrency of [1, 2, 5]) {
    it.each([false, true])(
      `${concurrency} at a time: those under way and one ahead, slow network: %s`,
      async (isSlow) => {
        expect(await mostHeld(concurrency, isSlow)).toBeLessThanOrEqual(concurrency + 1);
      },
    );
  }

  it("the next block is read while one is sent", async () => {
    expect(await mostHeld(1, true)).toBe(2);
  });

  it("nothing is read behind the last block of a slice", async () => {
    const { mp } = videoInProcess();
    const file = readable(bytes);
    const sha1 = await sha1Of(bytes);
    await uploadVideoMaterial(mp, details, file, { sha1, maxBlocks: 3, concurrency: 2 });
    expect(file.reads.slice(1)).toEqual([
      [0, MIB],
      [MIB, 2 * MIB],
      [2 * MIB, 3 * MIB],
    ]);
  });

  it("the first pass reads each block once, in order, and one at a time", async () => {
    const { mp } = videoInProcess();
    let underWay = 0;
    const file = readable(bytes, async (start, end) => {
      underWay += 1;
      expect(underWay).toBe(1);
      await Promise.resolve();
      underWay -= 1;
      return bytes.slice(start, end);
    });
    await uploadVideoMaterial(mp, details, file, { concurrency: 4 });
    const starts = Array.from({ length: 12 }, (_, index) => index * MIB);
    expect(file.reads.slice(1).map(([start]) => start)).toEqual([...starts, ...starts]);
  });
});
