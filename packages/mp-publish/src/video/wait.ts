import type { MpClient } from "@wechat-edge/core";
import { checkInput, checkOptions } from "@wechat-edge/core/internal/upload";
import { APPROVED } from "../article/video-status.ts";
import { checkId } from "../calls/call-api.ts";
import { queryVideoStatus, type VideoStatus } from "../calls/videos.ts";
import { ReviewError } from "../errors.ts";
import { poll, WATCH_OPTIONS, type WaitOptions } from "../poll.ts";

/** In review and being transcoded. */
const PENDING: readonly number[] = [0, 4];
const REFUSALS: Readonly<Record<number, string>> = {
  2: "did not pass the review",
  5: "could not be transcoded",
  9: "has been banned",
  10: "has been deleted",
};

/**
 * Waits until a saved video is transcoded and approved. From then on articles may show it.
 *
 * Follows 媒体API文档, 查询视频状态.
 *
 * @param options - `onStatus` is called with every answer; all times are in milliseconds
 * @returns the status of the approved video
 * @throws ReviewError if the video is refused, banned or deleted, could not be transcoded, or has a status that the
 * document does not list; TimeoutError after `maxWait`; MpApiError if WeChat refuses; NetworkError or ReplyError if no
 * clear reply came
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadVideoMaterial, waitForVideo } from "@wechat-edge/mp-publish";
 *
 * const { fetch } = createEmulator({ review: { transcoding: 0, video: 0 } });
 * const mp = createMpClient({ ...credentials.mp, fetch });
 * const details = {
 *   title: "灯笼街", video_desc: "", declare_ori: 0, newcat: "1", newsbcat: "2", tags: [], cover_url: "",
 * } as const;
 * const result = await uploadVideoMaterial(mp, details, sampleFile("clip.mp4"));
 * if (result.done) {
 *   const { media_id } = result;
 *   const { status } = await waitForVideo(mp, { media_id });
 *   console.log(status); // 3
 * }
 * ```
 */
export async function waitForVideo(
  mp: MpClient,
  input: { readonly media_id: string },
  options: WaitOptions & { readonly onStatus?: ((status: VideoStatus) => void) | undefined } = {},
): Promise<VideoStatus> {
  checkInput("waitForVideo", input, "{ media_id }");
  checkOptions("waitForVideo", options, WATCH_OPTIONS);
  checkId("media_id", input.media_id);
  return poll(mp, `The video ${input.media_id}`, options, async () => {
    const status = await queryVideoStatus(mp, input, options);
    options.onStatus?.(status);
    if (status.status === APPROVED) return status;
    if (PENDING.includes(status.status)) return undefined;
    throw refusal(input.media_id, status);
  });
}

function refusal(
  media_id: string,
  { status, mp_video_fail_detail_wording }: VideoStatus,
): ReviewError {
  const wording = mp_video_fail_detail_wording;
  const what = REFUSALS[status] ?? "has a status that 媒体API文档 does not list";
  const why = wording === undefined || wording === "" ? "" : ` WeChat says: ${wording}`;
  return new ReviewError(`The video ${media_id} ${what} (status ${status}).${why}`, {
    status,
    wording,
  });
}
