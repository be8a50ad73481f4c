// What becomes of a saved video.

import {
  queryVideoStatus,
  ReviewError,
  uploadVideoMaterial,
  type WaitOptions,
  waitForVideo,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure, mpScripted } from "../../../../test/support/mp.ts";
import { details, savedVideo, videoBytes, videoInProcess } from "../../../../test/support/video.ts";

const file = new File([videoBytes(100)], "film.mp4");

describe("waiting for a video", () => {
  it("takes other intervals", async () => {
    const video = await savedVideo((count) => {
      if (count === 5) video.set(3);
    });
    const { mp, media_id, pauses } = video;
    await waitForVideo(mp, { media_id }, { minInterval: 100, maxInterval: 300 });
    expect(pauses).toEqual([100, 150, 225, 300, 300]);
  });

  const refused: Readonly<Record<string, [status: number, wording: string, message: RegExp]>> = {
    "[publish.34] [publish.40] it is refused": [
      2,
      "涉嫌违规",
      /did not pass the review \(status 2\)\. WeChat says: 涉嫌违规/,
    ],
    "[publish.37] [publish.40] its transcoding fails": [
      5,
      "trans fail",
      /could not be transcoded \(status 5\)/,
    ],
    "[publish.38] [publish.40] it is banned": [9, "forbid", /has been banned \(status 9\)/],
    "[publish.39] [publish.40] it is deleted": [10, "delete", /has been deleted \(status 10\)/],
    "its status is not listed": [7, "", /does not list \(status 7\)\.$/],
    "its status is below zero": [-1, "?", /does not list \(status -1\)/],
  };
  for (const [what, [status, wording, message]] of Object.entries(refused)) {
    it(`is a ReviewError where ${what}`, async () => {
      const video = await savedVideo((count) => {
        if (count === 2) video.set(status, wording);
      });
      const { mp, media_id, pauses } = video;
      const error = await failure(waitForVideo(mp, { media_id }));
      expect(error).toBeInstanceOf(ReviewError);
      expect(error).toMatchObject({ name: "ReviewError", code: "ERR_REVIEW", status, wording });
      expect(error.message).toMatch(message);
      expect(error.message).toContain(media_id);
      expect(pauses.length).toBe(2);
    });
  }

  it("with a maxWait of 0 asks once", async () => {
    const { mp, media_id, pauses } = await savedVideo();
    const wait = waitForVideo(mp, { media_id }, { maxWait: 0 });
    await expect(wait).rejects.toMatchObject({
      code: "ERR_TIMEOUT",
      message: expect.stringContaining(`The video ${media_id} `),
    });
    expect(pauses).toEqual([]);
  });

  it("refuses intervals and waits that are out of range", async () => {
    const { mp, media_id, calls } = await savedVideo();
    const before = calls().length;
    const wrong: WaitOptions[] = [
      { minInterval: 0 },
      { minInterval: -1 },
      { minInterval: Number.NaN },
      { minInterval: 5000, maxInterval: 4999 },
      { maxInterval: Number.NaN },
      { maxWait: -1 },
      { maxWait: Number.NaN },
    ];
    for (const options of wrong) {
      await expect(waitForVideo(mp, { media_id }, options)).rejects.toThrow(RangeError);
    }
    const soon = waitForVideo(mp, { media_id }, { maxWait: "soon" as never });
    await expect(soon).rejects.toThrow(/maxWait must be a number of milliseconds .* not "soon"/);
    expect(calls().length).toBe(before);
  });

  it("goes on where a reply is lost, and ends where WeChat refuses", async () => {
    const { mp, emulator, media_id, set } = await savedVideo();
    set(3);
    const match = { action: "query_status" };
    emulator.control.faults.add({ kind: "cut", match, times: 2 });
    expect(await waitForVideo(mp, { media_id })).toMatchObject({ status: 3 });
    emulator.control.faults.add({ kind: "mp-error", errcode: -1, match, times: 2 });
    expect(await waitForVideo(mp, { media_id })).toMatchObject({ status: 3 });
    const unknown = waitForVideo(mp, { media_id: "unknown" });
    await expect(unknown).rejects.toMatchObject({ code: "ERR_MP_API", errcode: 100401 });
  });
});

describe("the status of a video", () => {
  it("[publish.41] advances by the clock: transcoding, review, approved", async () => {
    const { mp, emulator } = videoInProcess({}, { now: () => 1_700_000_000_000 });
    const result = await uploadVideoMaterial(mp, { ...details, declare_ori: 0 }, file);
    if (!result.done) throw new Error("It is not done.");
    const seen = [];
    for (let turn = 0; turn < 3; turn++) {
      seen.push(await queryVideoStatus(mp, { media_id: result.media_id }));
      emulator.control.clock.advance(1000);
    }
    expect(seen.map(({ status }) => status)).toEqual([4, 0, 3]);
    expect(seen.map(({ ori_status }) => ori_status)).toEqual([0, 0, 0]);
  });

  it("[publish.32] has the fields that the reply has, of their types, and no other", async () => {
    const { mp } = mpScripted([
      { status: 3, ori_status: 2, mp_video_fail_detail_wording: "check pass", vid: "wxv_1" },
      { status: 0, ret: 0, errcode: 0, more: "than that" },
      { status: 2, ori_status: "1", mp_video_fail_detail_wording: 7, vid: null },
    ]);
    const query = () => queryVideoStatus(mp, { media_id: "M" });
    expect(await query()).toEqual({
      status: 3,
      ori_status: 2,
      mp_video_fail_detail_wording: "check pass",
      vid: "wxv_1",
    });
    expect(await query()).toEqual({ status: 0 });
    expect(await query()).toEqual({ status: 2 });
  });

  it("that is missing or no number is a ReplyError", async () => {
    for (const reply of [{}, { ret: 0 }, { status: "" }, { status: "three" }, { status: null }]) {
      const { mp } = mpScripted([reply]);
      await expect(queryVideoStatus(mp, { media_id: "M" })).rejects.toMatchObject({
        code: "ERR_REPLY",
      });
    }
  });

  it("that is written as a string is a number, as those of other calls are", async () => {
    const { mp } = mpScripted([{ status: "3" }]);
    expect(await queryVideoStatus(mp, { media_id: "M" })).toMatchObject({ status: 3 });
  });
});
