import { MpApiError } from "@wechat-edge/core";
import { withAdvice } from "@wechat-edge/core/internal/mp";
import { isOfAccount } from "../calls/account-errcodes.ts";
import type { PublishJob } from "./job.ts";
import type { PublishState } from "./state.ts";

/** The state without its video, if that is the one to be uploaded anew. Throws TypeError if it is too late for that. */
export function withoutVideo(
  { video: given }: PublishJob,
  state: PublishState,
  vid: string | undefined,
): PublishState {
  const { video, ...rest } = state;
  if (vid === undefined || (video?.vid ?? video?.checkpoint?.vid) !== vid) return state;
  if (given === undefined || !("file" in given)) {
    throw new TypeError(
      `restartVideo must be of a video that the job uploads; ${vid} was there already. Begin a new job with another video.`,
    );
  }
  if (state.media_id !== undefined) {
    throw new TypeError(
      `restartVideo came too late for ${vid}: the article ${state.media_id} shows it already. Begin a new job without the state.`,
    );
  }
  return rest;
}

/** The refusal of a video whose upload had begun, with the way on. */
export function refusedVideo(vid: string | undefined, error: unknown): unknown {
  if (vid === undefined || !(error instanceof MpApiError) || error.retryable) return error;
  // WeChat documents no refusal of these calls.
  if (isOfAccount(error)) return error;
  const advice = `If it refuses video.details, correct them and run the job again. If it refuses this upload every time, run the job with restartVideo: ${JSON.stringify(vid)}, which uploads the video from its beginning; the material library may then have two copies.`;
  return withAdvice(error, advice, error.cause);
}
