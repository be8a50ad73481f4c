// Chunked videos as they should go, whatever their size.

import {
  finishVideoUpload,
  initVideoUpload,
  queryVideoStatus,
  saveVideo,
  uploadVideoBlock,
  uploadVideoMaterial,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { mpOverHttp } from "../../support/mp.ts";
import { details, MIB, readable, sha1Of, videoBytes, videoInProcess } from "../../support/video.ts";

const VID = /^wxv_\d{18}$/;

describe("a video over HTTP", () => {
  it("[publish.21] goes up whole, and has a status", async () => {
    const mp = mpOverHttp();
    const bytes = videoBytes(999);
    const result = await uploadVideoMaterial(mp, details, new File([bytes], "film.mp4"));
    if (!result.done) throw new Error("It is not done.");
    expect(result.vid).toMatch(VID);
    const { vid, status } = await queryVideoStatus(mp, { media_id: result.media_id });
    expect(vid).toBe(result.vid);
    expect([0, 3, 4]).toContain(status);
  });

  it("goes up with several blocks at a time, in slices", async () => {
    const mp = mpOverHttp();
    const file = new File([videoBytes(2 * MIB + 17)], "film.mp4");
    const first = await uploadVideoMaterial(mp, details, file, { concurrency: 2, maxBlocks: 2 });
    if (first.done) throw new Error("It is done.");
    const { checkpoint } = first;
    expect(checkpoint.acked).toEqual([[1, 2]]);
    const second = await uploadVideoMaterial(mp, details, file, { concurrency: 2, checkpoint });
    expect(second).toMatchObject({ done: true, vid: checkpoint.vid });
  });

  it("[publish.30] [publish.31] [publish.42] goes up call by call", async () => {
    const mp = mpOverHttp();
    const bytes = videoBytes(MIB + 1);
    const filesha = await sha1Of(bytes);
    const announced = { filename: "视频 & film.mp4", filesha, filesize: bytes.length };
    const { vid } = await initVideoUpload(mp, announced);
    await uploadVideoBlock(mp, { vid, part_num: 2 }, bytes.subarray(MIB));
    await uploadVideoBlock(mp, { vid, part_num: 1 }, bytes.subarray(0, MIB));
    await uploadVideoBlock(mp, { vid, part_num: 2 }, bytes.subarray(MIB));
    await finishVideoUpload(mp, { vid });
    const { media_id } = await saveVideo(mp, { ...details, content: vid });
    expect(await queryVideoStatus(mp, { media_id })).toMatchObject({ vid, ori_status: 1 });
  });
});

describe("the size of a video", () => {
  it("0 bytes are refused, and nothing is read or sent", async () => {
    const { mp, calls } = videoInProcess();
    const file = readable(new Uint8Array(0));
    await expect(uploadVideoMaterial(mp, details, file)).rejects.toMatchObject({
      code: "ERR_MEDIA",
      reason: "empty",
    });
    expect(file.reads).toEqual([]);
    expect(calls()).toEqual([]);
  });
});
