// The video of a job in slices of maxBlocks: the file is read whole no more often than it must be.

import { digest } from "@wechat-edge/core";
import { publishArticle, runPublishStep, startPublishing } from "@wechat-edge/mp-publish";
import { expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import { jobInProcess, jobOf } from "../../../../test/support/publish-job.ts";
import { details, MIB, readable, videoBytes } from "../../../../test/support/video.ts";

const BLOCKS = 4;
const bytes = videoBytes(BLOCKS * MIB);
const article = { content: "<!-- video -->" };

/** How often each byte was read, but for the few that tell the format. */
function timesRead({ reads }: ReturnType<typeof readable>): number {
  const read = reads.reduce((sum, [start, end]) => sum + end - start, 0);
  return Math.floor(read / bytes.length);
}

function jobWith(video: object) {
  return jobOf("draft", "uploaded", { video: { details, ...video } as never, images: {}, article });
}

it("one run digests the file once, however many slices it takes", async () => {
  for (const maxBlocks of [undefined, 3, 1]) {
    const kit = jobInProcess();
    const file = readable(bytes);
    await publishArticle(kit.mp, jobWith({ file }), { ...kit.keep, maxBlocks });
    expect(timesRead(file)).toBe(2);
    expect(kit.made("draft")).toMatchObject({ videos: [1], articles: 1 });
  }
});

it("a run that goes on digests the file anew, as it may be another", async () => {
  const kit = jobInProcess();
  const gone = new Error("The process is gone.");
  const run = publishArticle(kit.mp, jobWith({ file: readable(bytes) }), {
    maxBlocks: 1,
    onState(state) {
      kit.states.push(JSON.stringify(state));
      if (state.video?.checkpoint?.acked.length === 1) throw gone;
    },
  });
  await expect(run).rejects.toBe(gone);
  const other = readable(bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte)));
  const options = { state: kit.last(), maxBlocks: 1 };
  expect(
    await failure(publishArticle(kit.another(), jobWith({ file: other }), options)),
  ).toMatchObject({ code: "ERR_CHECKPOINT", reason: "file" });
  const file = readable(bytes);
  await publishArticle(kit.another(), jobWith({ file }), options);
  expect(timesRead(file)).toBe(1); // once for the digest, and three blocks of four
  expect(kit.made("draft")).toMatchObject({ videos: [1], articles: 1 });
});

it("a file that changes between two slices of a run is refused at its block", async () => {
  const kit = jobInProcess();
  let changed = false;
  const file = readable(bytes, (start, end) => {
    const part = bytes.slice(start, end);
    if (changed) part[part.length - 1] = (part.at(-1) ?? 0) ^ 1;
    return part;
  });
  const run = publishArticle(kit.mp, jobWith({ file }), {
    maxBlocks: 2,
    onState(state) {
      changed ||= state.video?.checkpoint?.acked.length === 1 && state.pending === undefined;
      kit.states.push(JSON.stringify(state));
    },
  });
  const error = await failure(run);
  expect(error).toMatchObject({ code: "ERR_MEDIA", reason: "changed" });
  expect(kit.calls().filter((call) => call.startsWith("block"))).toEqual(["block 1", "block 2"]);
});

it("a sha1 that the caller vouches for spares every run the digest", async () => {
  const sha1 = await digest(bytes, "SHA-1");
  const kit = jobInProcess();
  const file = readable(bytes);
  const job = jobWith({ file, sha1: sha1.toUpperCase() });
  let state = await startPublishing(kit.mp, job);
  for (let done = false; !done; ) {
    ({ state, done } = await runPublishStep(kit.another(), job, state, { maxBlocks: 1 }));
  }
  expect(timesRead(file)).toBe(1);
  expect(kit.made("draft")).toMatchObject({ videos: [1], articles: 1 });
});

it("a sha1 of another file than the checkpoint's goes on with nothing", async () => {
  const kit = jobInProcess();
  const sha1 = await digest(bytes, "SHA-1");
  const run = publishArticle(kit.mp, jobWith({ file: readable(bytes), sha1 }), {
    maxBlocks: 1,
    onState(state) {
      kit.states.push(JSON.stringify(state));
      if (state.video?.checkpoint?.acked.length === 1) throw new Error("The process is gone.");
    },
  });
  await failure(run);
  const job = jobWith({ file: readable(bytes), sha1: "0".repeat(40) });
  expect(await failure(publishArticle(kit.another(), job, { state: kit.last() }))).toMatchObject({
    code: "ERR_CHECKPOINT",
    reason: "file",
  });
});

it.each(["", "a".repeat(39), 1, null])("a sha1 of %j is refused before anything", async (sha1) => {
  const kit = jobInProcess();
  const run = publishArticle(kit.mp, jobWith({ file: readable(bytes), sha1 }), kit.keep);
  await expect(run).rejects.toThrow(/video\.sha1 must be a SHA-1 in 40 hexadecimal digits/);
  expect([kit.calls(), kit.states]).toEqual([[], []]);
});

it("takes the video in slices of maxBlocks, each block once", async () => {
  const kit = jobInProcess();
  const file = new File([videoBytes(3 * MIB - 1)], "film.mp4");
  const job = jobOf("publish-library", "published", {
    video: { file, details },
    images: {},
    article,
  });
  const slices: string[][] = [];
  let state = await startPublishing(kit.mp, job);
  let seen = 0;
  for (let done = false; !done; ) {
    ({ state, done } = await runPublishStep(kit.mp, job, state, { maxBlocks: 1, ...kit.keep }));
    slices.push(kit.calls().slice(seen));
    seen = kit.calls().length;
    expect(state.pending).toBe(undefined);
  }
  expect(slices).toEqual([
    ["token", "cover"],
    ["init", "block 1"],
    ["block 2"],
    ["block 3"],
    ["finish", "save"],
    ["video?"],
    ["article"],
    ["submit"],
    ["article?"],
  ]);
});
