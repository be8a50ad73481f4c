// Blocks that are under way together.

import { uploadVideoMaterial, type VideoCheckpoint } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import {
  details,
  expectWhole,
  MIB,
  sha1Of,
  timesOf,
  videoBytes,
  videoInProcess,
} from "../../../../test/support/video.ts";

describe("blocks at a time", () => {
  for (const concurrency of [1, 2, 5]) {
    it(`${concurrency}, with replies that come in the other order`, async () => {
      let waiting: [part_num: number, answer: () => void][] = [];
      let answered: (() => void)[] = [];
      let blocks = 0;
      let most = 0;
      let underWay = 0;
      const { mp, emulator, videos } = videoInProcess({
        async fetch(input, init) {
          const reply = await emulator.fetch(input, init);
          const part_num = Number(new URL(input).searchParams.get("part_num"));
          if (part_num === 0) return reply;
          underWay += 1;
          most = Math.max(most, underWay);
          blocks += 1;
          await new Promise<void>((resolve) => {
            waiting.push([part_num, resolve]);
            if (blocks % concurrency !== 0 && blocks !== 7) return;
            waiting.sort(([one], [other]) => one - other);
            answered = [...waiting.map(([, answer]) => answer), ...answered];
            waiting = [];
            answered.pop()?.();
          });
          underWay -= 1;
          return reply;
        },
      });
      const acked: string[] = [];
      const onCheckpoint = (kept: VideoCheckpoint) => {
        acked.push(JSON.stringify(kept.acked));
        answered.pop()?.(); // of those that came together, the last is answered first
      };
      const bytes = videoBytes(6 * MIB + 1);
      const sha1 = await sha1Of(bytes);
      const file = new File([bytes], "film.mp4");
      await uploadVideoMaterial(mp, details, file, { concurrency, sha1, onCheckpoint });
      await expectWhole(videos(), bytes);
      expect(timesOf(videos()[0])).toEqual([1, 1, 1, 1, 1, 1, 1]);
      expect(most).toBe(concurrency);
      if (concurrency === 1) expect(acked[1]).toBe("[[1,1]]");
      if (concurrency === 2) expect(acked.slice(1, 3)).toEqual(["[[2,2]]", "[[1,2]]"]);
      if (concurrency === 5) expect(acked.slice(1, 4)).toEqual(["[[5,5]]", "[[4,5]]", "[[3,5]]"]);
    });
  }

  it("must be a whole number of at least 1, as must maxBlocks", async () => {
    const { mp, calls } = videoInProcess();
    const file = new File([videoBytes(100)], "film.mp4");
    for (const wrong of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "2" as never]) {
      await expect(uploadVideoMaterial(mp, details, file, { concurrency: wrong })).rejects.toThrow(
        /concurrency must be a whole number of at least 1, not /,
      );
      await expect(uploadVideoMaterial(mp, details, file, { maxBlocks: wrong })).rejects.toThrow(
        /maxBlocks must be a whole number of at least 1, not /,
      );
    }
    expect(calls()).toEqual([]);
  });
});
