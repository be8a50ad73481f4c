import {
  MpApiError,
  type MpClient,
  OutcomeUnknownError,
  type UnknownOutcomeOptions,
  WechatError,
} from "@wechat-edge/core";
import { withAdvice } from "@wechat-edge/core/internal/mp";
import { type AbortSignal, shown, visible } from "@wechat-edge/core/internal/upload";
import {
  answeredAlready,
  answerToAnother,
  attemptOf,
  newAttempt,
  saysNothing,
} from "../attempt.ts";
import { isOfAccount } from "../calls/account-errcodes.ts";
import { isId } from "../calls/call-api.ts";
import type { VideoDetails } from "../calls/video-details.ts";
import { queryVideoStatus, saveVideo, whereSaved } from "../calls/videos.ts";
import type { StateKeeper, VideoCheckpoint } from "./checkpoint.ts";

/**
 * What you found out about a video whose save has an unknown outcome: the `attempt` of the OutcomeUnknownError, with
 * `outcome: "nothing"` if the material library does not have the video, or with its `media_id`.
 */
export type VideoResolution =
  | { readonly attempt: string; readonly outcome: "nothing" }
  | { readonly attempt: string; readonly media_id: string };

export interface SaveOptions extends StateKeeper, UnknownOutcomeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly resolution?: VideoResolution | undefined;
}

/**
 * Saves the uploaded video, unless the resolution has its `media_id`. `doubt` is the refusal of a finish that an
 * earlier call may have done.
 */
export async function save(
  mp: MpClient,
  details: VideoDetails,
  doubt: MpApiError | undefined,
  options: SaveOptions,
): Promise<string> {
  const { signal, retryUnknown, resolution, current, keep } = options;
  const before = current();
  const { attempt: unknown, ...rest } = before;
  if (unknown !== undefined && resolution !== undefined) {
    const media_id = await foundBy(mp, before, resolution, signal);
    if (media_id !== undefined) {
      await keep({ ...rest, phase: "done", media_id });
      return media_id;
    }
  } else if (unknown !== undefined && retryUnknown !== true) {
    throw unknownSave(before, new Error("An earlier run ended while the video was being saved."));
  }
  signal?.throwIfAborted();
  await keep({ ...rest, phase: "save", attempt: newAttempt() });
  if (signal?.aborted === true) await keep(before); // nothing was sent
  const input = { ...details, content: before.vid };
  const { media_id } = await saveVideo(mp, input, { signal, retryUnknown }).catch(
    async (error: unknown) => {
      if (signal?.aborted !== true && isUnsaved(error, retryUnknown)) {
        // After an earlier run's `save` it is not known whether the finish succeeded.
        await keep({ ...rest, phase: before.phase === "finished" ? "finished" : "finish" });
      }
      if (error instanceof OutcomeUnknownError) throw unknownSave(current(), error.cause);
      const isDoubtful = error instanceof MpApiError && !isOfAccount(error);
      throw doubt !== undefined && isDoubtful ? inDoubt(error, doubt) : error;
    },
  );
  await keep({ ...rest, phase: "done", media_id });
  return media_id;
}

/** Throws TypeError for a resolution if no outcome is unknown. */
export function checkNeeded(
  checkpoint: VideoCheckpoint | undefined,
  resolution: VideoResolution | undefined,
): void {
  if (resolution === undefined || checkpoint?.attempt !== undefined) return;
  const attempt = attemptOf(resolution);
  if (attempt !== undefined) throw new TypeError(answeredAlready(attempt));
  throw new TypeError(
    "resolution was passed, but the outcome of no save is unknown. Pass it with the checkpoint, after an OutcomeUnknownError.",
  );
}

/** The `media_id` that was found, looked up; undefined if nothing was saved. Throws if that is no answer to this save. */
async function foundBy(
  mp: MpClient,
  checkpoint: VideoCheckpoint,
  resolution: VideoResolution,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const attempt = attemptOf(resolution);
  if (attempt !== undefined && attempt !== checkpoint.attempt) {
    throw unknownSave(checkpoint, answerToAnother(attempt));
  }
  if (attempt !== undefined && saysNothing(resolution)) return undefined;
  const { media_id, outcome } = (resolution ?? {}) as Record<string, unknown>;
  if (attempt === undefined || outcome !== undefined || !isId(media_id)) {
    throw new TypeError(
      `resolution must be ${answers()}, with the attempt of the OutcomeUnknownError, not ${shown(resolution)}.`,
    );
  }
  const { vid } = await queryVideoStatus(mp, { media_id }, { signal });
  if (vid === undefined || vid === checkpoint.vid) return media_id;
  throw new TypeError(
    visible(
      `resolution.media_id must be the media_id of the video ${checkpoint.vid}; ${media_id} is that of ${vid}.`,
    ),
  );
}

function unknownSave({ vid, attempt }: VideoCheckpoint, cause: unknown): OutcomeUnknownError {
  const answer = answers(JSON.stringify(attempt));
  return new OutcomeUnknownError({
    step: "saveVideo",
    lookAt: whereSaved(vid).lookAt,
    next: `Then go on with the checkpoint and resolution: ${answer}. With retryUnknown: true it is saved again without asking.`,
    cause,
    attempt,
  });
}

function answers(attempt?: string): string {
  const named = attempt === undefined ? "attempt" : `attempt: ${attempt}`;
  return `{ ${named}, media_id } or { ${named}, outcome: "nothing" }`;
}

/** Whether WeChat certainly did not save the video. */
function isUnsaved(error: unknown, retryUnknown: boolean | undefined): boolean {
  if (error instanceof MpApiError) return retryUnknown !== true || !error.retryable;
  if (retryUnknown === true || error instanceof OutcomeUnknownError) return false;
  // A lost reply would be an OutcomeUnknownError, so this error is from the call for the token.
  return error instanceof WechatError;
}

/** The refusal of the save, with that of the finish before it: either may be the cause. */
function inDoubt(error: MpApiError, doubt: MpApiError): MpApiError {
  const advice = `Before that, WeChat refused upload_finish, which an earlier call may have done: ${doubt.message} If it refuses both again, upload the file again without the checkpoint.`;
  return withAdvice(error, advice, doubt);
}
