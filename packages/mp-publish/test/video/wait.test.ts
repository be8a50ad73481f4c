import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import { createMpClient } from "../../../core/src/index.ts";
import { waitForVideo } from "../../src/video/wait.ts";

/** Waits while WeChat answers with these statuses in turn. */
async function waited(...replies: readonly object[]) {
  let at = 0;
  const mp = createMpClient({
    appid: "wx1",
    getAccessToken: () => "T",
    sleep: async () => undefined,
    fetch: async () => Response.json({ errcode: 0, media_id: "m", ...replies[at++] }),
  });
  const seen: number[] = [];
  const onStatus = ({ status }: { status: number }): void => void seen.push(status);
  const end = await waitForVideo(mp, { media_id: "m" }, { onStatus }).catch((error) => error);
  return { end, seen };
}

describe("waitForVideo", () => {
  it("goes on while a video is reviewed or transcoded, until it is approved", async () => {
    const { end, seen } = await waited({ status: 0 }, { status: 4 }, { status: 0 }, { status: 1 });
    expect(seen).toEqual([0, 4, 0, 1]);
    expect(end).toMatchObject({ status: 1 });
  });

  it.each([
    [2, "did not pass the review"],
    [5, "could not be transcoded"],
    [9, "has been banned"],
    [10, "has been deleted"],
    [7, "has a status that 媒体API文档 does not list"],
  ])("ends with the status %i", async (status, what) => {
    const plain = `The video m ${what} (status ${status}).`;
    for (const [mp_video_fail_detail_wording, message] of [
      [undefined, plain],
      ["", plain],
      ["画面模糊", `${plain} WeChat says: 画面模糊`],
    ]) {
      const { end } = await waited({ status, mp_video_fail_detail_wording });
      expect(end).toMatchObject({ code: "ERR_REVIEW", status, message });
      expect(end.wording).toBe(mp_video_fail_detail_wording);
    }
  });

  it("needs an id", async () => {
    const fetch = () => expect.fail("It was sent.");
    const mp = createMpClient({ appid: "wx1", getAccessToken: () => "T", fetch, retry: false });
    for (const input of [undefined, {}, { media_id: "" }, { media_id: 5 }]) {
      expect(await failure(waitForVideo(mp, input as never))).toBeInstanceOf(TypeError);
    }
    const options = { onStatus: "x" } as never;
    expect(await failure(waitForVideo(mp, { media_id: "m" }, options))).toBeInstanceOf(TypeError);
  });
});
