// The buffers that blocks are sent from go round.

import { describe, expect, it } from "vitest";
import {
  details,
  expectWhole,
  MIB,
  readable,
  videoBytes,
  videoInProcess,
} from "../../../../test/support/video.ts";
import { uploadVideoMaterial } from "../../src/video/upload.ts";

const bytes = videoBytes(12 * MIB + 5);

describe("buffers of blocks", () => {
  for (const concurrency of [1, 2, 5]) {
    it(`${concurrency} at a time: at most two more, however long the file`, async () => {
      const buffers = new Set<ArrayBufferLike>();
      const { mp, emulator, videos } = videoInProcess({
        fetch(input, init) {
          if (init?.body instanceof Uint8Array && init.body.length > 1000) {
            buffers.add(init.body.buffer);
          }
          return emulator.fetch(input, init);
        },
      });
      await uploadVideoMaterial(mp, details, readable(bytes), { concurrency });
      await expectWhole(videos(), bytes);
      expect(buffers.size).toBeGreaterThanOrEqual(1);
      expect(buffers.size).toBeLessThanOrEqual(concurrency + 2);
    });
  }

  it("are the uploader's own: a reader may use its one for every read", async () => {
    const { mp, videos } = videoInProcess();
    const one = new Uint8Array(MIB);
    const file = readable(bytes, (start, end) => {
      one.set(bytes.subarray(start, end));
      return one.subarray(0, end - start);
    });
    await uploadVideoMaterial(mp, details, file, { concurrency: 3 });
    await expectWhole(videos(), bytes);
  });

  it("of a small file are no larger than it", async () => {
    const small = videoBytes(5000);
    const { mp, emulator, videos } = videoInProcess({
      fetch(input, init) {
        if (init?.body instanceof Uint8Array) expect(init.body.buffer.byteLength).toBe(5000);
        return emulator.fetch(input, init);
      },
    });
    await uploadVideoMaterial(mp, details, readable(small));
    await expectWhole(videos(), small);
  });
});
