// An upload that ends early and goes on: one request at a time; the whole of it in network.test.ts and abort.test.ts.

import { uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  details,
  expectWhole,
  MIB,
  readable,
  videoBytes,
  videoInProcess,
} from "../../../../test/support/video.ts";

const bytes = videoBytes(MIB + 99);
const file = new File([bytes], "film.mp4");
const BLOCK = { action: "upload_block" };
const SAVE = { action: "save_video" };

describe("a connection that is cut", () => {
  it("in the reply of the save: the doubt is kept, and the media_id that was found ends it", async () => {
    const { mp, emulator, videos, keep, last, calls } = videoInProcess();
    emulator.control.faults.add({ kind: "cut", at: "body", match: SAVE });
    const error = await failure(uploadVideoMaterial(mp, details, file, keep));
    const { attempt = "" } = last();
    expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", step: "saveVideo", attempt });
    const media_id = videos()[0]?.media_id as string;
    emulator.control.journal.clear();
    const given = { checkpoint: JSON.stringify(last()), resolution: { attempt, media_id } };
    const result = await uploadVideoMaterial(mp, details, file, given);
    expect(result).toMatchObject({ done: true, media_id });
    expect(calls()).toEqual(["query"]);
  });

  it.each(["request", "before", "headers", "body"] as const)(
    "once, at the %s of a block: that block is sent again",
    async (at) => {
      const { mp, emulator, videos, calls } = videoInProcess();
      emulator.control.faults.add({ kind: "cut", at, match: BLOCK });
      await uploadVideoMaterial(mp, details, file);
      await expectWhole(videos(), bytes);
      expect(calls()).toEqual(["token", "init", "block 1", "block 1", "block 2", "finish", "save"]);
    },
  );
});

describe("no reply in time", () => {
  it("is a lost one: the block is repeated", async () => {
    const { mp, emulator, videos, calls } = videoInProcess({
      timeout: 300,
      retry: { attempts: 10 },
    });
    emulator.control.faults.add({ kind: "delay", ms: 3_600_000, match: BLOCK, skip: 1 });
    await uploadVideoMaterial(mp, details, file);
    // A slow machine may repeat more than that.
    expect(calls().join()).toContain("block 2,block 2");
    await expectWhole(videos(), bytes);
  });
});

describe("a file that changes between the passes", () => {
  it.each([1, 3])("is a MediaError, %i blocks at a time", async (concurrency) => {
    const { mp, calls } = videoInProcess();
    const changed = bytes.slice();
    changed[MIB] = (changed[MIB] ?? 0) ^ 1;
    const source = readable(bytes, (start, end) =>
      (source.reads.length > 3 ? changed : bytes).slice(start, end),
    );
    const error = await failure(uploadVideoMaterial(mp, details, source, { concurrency }));
    expect(error).toMatchObject({ name: "MediaError", code: "ERR_MEDIA", reason: "changed" });
    expect(calls()).not.toContain("finish");
  });
});
