import { MpApiError, type MpClient, OutcomeUnknownError } from "@wechat-edge/core";
import { withAdvice } from "@wechat-edge/core/internal/mp";
import { isOfAccount } from "../calls/account-errcodes.ts";
import type { VideoDetails } from "../calls/video-details.ts";
import { finishOnce, finishVideoUpload } from "../calls/videos.ts";
import type { VideoProgress } from "./progress.ts";
import { type SaveOptions, save } from "./save.ts";

interface CompleteOptions extends SaveOptions {
  readonly onProgress: (progress: VideoProgress) => void;
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
    onProgress({ phase: "finish", loaded: 0, total });
    doubt = await finish(mp, options);
    if (doubt === undefined) await keep({ ...current(), phase: "finished" });
    onProgress({ phase: "finish", loaded: total, total });
  }
  const { media_id } = current();
  if (media_id !== undefined) return { done: true, vid, media_id };
  onProgress({ phase: "save", loaded: 0, total });
  const saved = await save(mp, details, doubt, options);
  onProgress({ phase: "save", loaded: total, total });
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
  return error.retryable || isOfAccount(error) ? error : withAdvice(error, advice);
}
