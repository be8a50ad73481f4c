// A small run of what `npm run bench` measures: the uploads of each runtime are right.

import { expect, it } from "vitest";
import { checkRuntime } from "../bench/video-check.ts";
import { videoRuntimes } from "../bench/video-runtimes.ts";

for (const runtime of videoRuntimes) {
  const name = `a video from the disk by ${runtime.name}: right digests, blocks in order, every request with a length`;
  it.skipIf(!runtime.isHere)(name, { timeout: 60_000 }, async () => {
    expect(await checkRuntime(runtime)).toEqual([]);
  });
}
