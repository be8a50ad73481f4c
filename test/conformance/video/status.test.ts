// What becomes of a saved video.

import { queryVideoStatus, waitForVideo } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure, mpScripted } from "../../support/mp.ts";
import { savedVideo } from "../../support/video.ts";

const reason = new Error("no longer wanted");

describe("waiting for a video", () => {
  it("[publish.33] [publish.35] [publish.36] [publish.64] ends when it is transcoded and approved, at growing intervals", async () => {
    const statuses: number[] = [];
    const plan: Readonly<Record<number, number>> = { 2: 0, 10: 3 };
    const video = await savedVideo((count) => {
      const status = plan[count];
      if (status !== undefined) video.set(status);
    });
    const { mp, media_id, vid } = video;
    const onStatus = ({ status }: { status: number }) => void statuses.push(status);
    const found = await waitForVideo(mp, { media_id }, { onStatus });
    expect(found).toEqual({
      status: 3,
      ori_status: 1,
      mp_video_fail_detail_wording: "check pass",
      vid,
    });
    expect(statuses).toEqual([4, 4, 0, 0, 0, 0, 0, 0, 0, 0, 3]);
    expect(video.pauses).toEqual([
      2000, 3000, 4500, 6750, 10_125, 15_187.5, 22_781.25, 34_171.875, 51_257.8125, 60_000,
    ]);
  });

  it("[publish.35] [publish.43] asks once where it is approved already", async () => {
    const { mp, media_id, set, pauses, calls } = await savedVideo();
    set(3, "check pass", 2);
    const before = calls().length;
    expect(await waitForVideo(mp, { media_id })).toMatchObject({ status: 3, ori_status: 2 });
    expect(calls().slice(before)).toEqual(["query"]);
    expect(pauses).toEqual([]);
  });

  it("is a TimeoutError after maxWait, to the millisecond", async () => {
    const { mp, media_id, pauses, calls } = await savedVideo();
    const before = calls().length;
    const error = await failure(waitForVideo(mp, { media_id }, { maxWait: 10_000 }));
    expect(error).toMatchObject({ name: "TimeoutError", code: "ERR_TIMEOUT" });
    expect(error.message).toContain("10000 ms");
    expect(pauses).toEqual([2000, 3000, 4500, 500]);
    expect(calls().length - before).toBe(5);
  });

  it("ends with the signal's own reason, before it begins and in a pause", async () => {
    const { mp, media_id, calls } = await savedVideo();
    const before = calls().length;
    const aborted = waitForVideo(mp, { media_id }, { signal: AbortSignal.abort(reason) });
    await expect(aborted).rejects.toBe(reason);
    expect(calls().length).toBe(before);

    const stop = new AbortController();
    const paused = await savedVideo((count) => {
      if (count === 3) stop.abort(reason);
    });
    const wait = waitForVideo(paused.mp, { media_id: paused.media_id }, { signal: stop.signal });
    await expect(wait).rejects.toBe(reason);
    expect(paused.calls().filter((call) => call === "query").length).toBe(3);
  });

  it("ends so though the sleep it was given never does", async () => {
    const stop = new AbortController();
    const { mp, calls } = mpScripted([{ status: 0 }], {
      sleep: () => {
        stop.abort(reason);
        return new Promise(() => undefined);
      },
    });
    const wait = waitForVideo(mp, { media_id: "M" }, { signal: stop.signal });
    await expect(wait).rejects.toBe(reason);
    expect(calls.length).toBe(1);
  });
});

describe("the status of a video", () => {
  it("[publish.31] is asked for by media_id, in the query of a POST without a body", async () => {
    const { mp, calls } = mpScripted([{ status: 3 }]);
    await queryVideoStatus(mp, { media_id: "a/b&c" });
    expect(calls[0]).toMatchObject({ method: "POST", body: "" });
    expect(calls[0]?.url).toBe(
      "https://api.weixin.qq.com/cgi-bin/material/upload_video?access_token=TOKEN&action=query_status&media_id=a%2Fb%26c",
    );
    await expect(queryVideoStatus(mp, { media_id: "" })).rejects.toThrow(TypeError);
  });
});
