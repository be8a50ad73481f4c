import {
  MpApiError,
  type MpClient,
  OutcomeUnknownError,
  type UnknownOutcomeOptions,
  WechatError,
} from "@wechat-edge/core";
import { withAdvice } from "@wechat-edge/core/internal/mp";
import type { AbortSignal } from "@wechat-edge/core/internal/upload";
import type { VideoDetails } from "../calls/video-details.ts";
import { finishOnce, finishVideoUpload, saveVideo, whereSaved } from "../calls/videos.ts";
import type { StateKeeper } from "./checkpoint.ts";
import type { VideoProgress } from "./progress.ts";

interface CompleteOptions extends StateKeeper, UnknownOutcomeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: VideoProgress) => void) | undefined;
}

/** Makes the two calls after the last block. The checkpoint is saved before each. */
export async function finishAndSave(
  mp: MpClient,
  details: VideoDetails,
  options: CompleteOptions,
): Promise<{ done: true; vid: string; media_id: string }> {
  const { onProgress, current, keep } = options;
  const { vid, size: total } = current();
  let doubt: MpApiError | undefined;
  if (current().phase === "upload" || current().phase === "finish") {
    onProgress?.({ phase: "finish", loaded: 0, total });
    doubt = await finish(mp, options);
    if (doubt === undefined) await keep({ ...current(), phase: "finished" });
    onProgress?.({ phase: "finish", loaded: total, total });
  }
  const { media_id } = current();
  if (media_id !== undefined) return { done: true, vid, media_id };
  onProgress?.({ phase: "save", loaded: 0, total });
  const saved = await save(mp, details, doubt, options);
  onProgress?.({ phase: "save", loaded: total, total });
  return { done: true, vid, media_id: saved };
}

/**
 * Ends the upload, with a second call if the reply to the first is lost. If WeChat refuses the second, the first may
 * have succeeded: the refusal is returned, and the save shows which it was.
 */
async function finish(
  mp: MpClient,
  { signal, current, keep }: CompleteOptions,
): Promise<MpApiError | undefined> {
  const { vid, phase } = current();
  if (phase === "upload") {
    await keep({ ...current(), phase: "finish" });
    try {
      await finishOnce(mp, { vid }, { signal });
      return undefined;
    } catch (error) {
      if (error instanceof MpApiError) throw refusedFinish(error);
      if (!(error instanceof OutcomeUnknownError)) {
        if (signal?.aborted !== true) await keep({ ...current(), phase: "upload" });
        throw error;
      }
    }
  }
  try {
    await finishVideoUpload(mp, { vid }, { signal });
    return undefined;
  } catch (error) {
    if (error instanceof MpApiError && !error.retryable) return error;
    throw error;
  }
}

/**
 * The error of a refused finish, with advice. A checkpoint does not show which block WeChat lacks. And the finish may
 * have been sent twice: Deno's fetch repeats a POST without a body if a kept connection breaks. The save settles it.
 */
function refusedFinish(error: MpApiError): MpApiError {
  const advice =
    "Go on with the checkpoint once. If WeChat refuses this again, upload the file again without the checkpoint.";
  return error.retryable ? error : withAdvice(error, advice);
}

async function save(
  mp: MpClient,
  details: VideoDetails,
  doubt: MpApiError | undefined,
  options: CompleteOptions,
): Promise<string> {
  const { signal, retryUnknown, current, keep } = options;
  const before = current();
  const { vid } = before;
  if (before.phase === "save" && retryUnknown !== true) {
    throw new OutcomeUnknownError({
      step: "saveVideo",
      ...whereSaved(vid),
      cause: new Error("An earlier run ended while the video was being saved."),
    });
  }
  signal?.throwIfAborted();
  await keep({ ...before, phase: "save" });
  if (signal?.aborted === true) await keep(before); // nothing was sent
  const input = { ...details, content: vid };
  const { media_id } = await saveVideo(mp, input, { signal, retryUnknown }).catch(
    async (error: unknown) => {
      if (signal?.aborted !== true && isUnsaved(error, retryUnknown)) {
        // After an earlier run's `save` it is not known whether the finish succeeded.
        await keep({ ...before, phase: before.phase === "finished" ? "finished" : "finish" });
      }
      throw doubt !== undefined && error instanceof MpApiError ? inDoubt(error, doubt) : error;
    },
  );
  await keep({ ...current(), phase: "done", media_id });
  return media_id;
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
