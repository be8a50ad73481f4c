import { type MpClient, TimeoutError } from "@wechat-edge/core";
import { abortable } from "@wechat-edge/core/internal";
import { queryVideoStatus, type VideoStatus } from "../calls/videos.ts";
import { ReviewError } from "../errors.ts";

/** Options of everything that waits for WeChat's review. */
export interface WaitOptions {
  /** Ends the wait; it then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds before the second look; 2,000 by default. Each further pause is half as long again. WeChat names no interval. */
  readonly minInterval?: number | undefined;
  /** Milliseconds that no pause exceeds; 60,000 by default. */
  readonly maxInterval?: number | undefined;
  /** Milliseconds to wait in all, by the client's clock; no limit by default. WeChat names no time that a review takes. */
  readonly maxWait?: number | undefined;
}

const APPROVED = 3;
/** In review, being transcoded. */
const PENDING: readonly number[] = [0, 4];
const REFUSALS: Readonly<Record<number, string>> = {
  2: "did not pass the review",
  5: "could not be transcoded",
  9: "has been banned",
  10: "has been deleted",
};

/**
 * Waits until a saved video is transcoded and approved: an article may hold it from then on.
 *
 * Follows 媒体API文档, 查询视频状态.
 *
 * @param options - `onStatus` is told each status as it comes
 * @returns the status of the approved video
 * @throws ReviewError where it is refused, failed, banned or deleted, or of a status that the document does not list;
 * TimeoutError after `maxWait`; MpApiError, NetworkError, ReplyError
 *
 * @example
 * ```ts
 * const error = await waitForVideo(mp, { media_id: "unknown" }).catch((thrown) => thrown);
 * console.log(error.code); // ERR_MP_API
 * ```
 */
export async function waitForVideo(
  mp: MpClient,
  input: { readonly media_id: string },
  options: WaitOptions & { readonly onStatus?: ((status: VideoStatus) => void) | undefined } = {},
): Promise<VideoStatus> {
  return poll(mp, `The video ${input.media_id}`, options, async () => {
    const status = await queryVideoStatus(mp, input, options);
    options.onStatus?.(status);
    if (status.status === APPROVED) return status;
    if (PENDING.includes(status.status)) return undefined;
    throw refusal(input.media_id, status);
  });
}

/** Looks again and again, at growing intervals, until there is an answer. */
export async function poll<T>(
  { transport }: MpClient,
  what: string,
  options: WaitOptions,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const { signal, minInterval = 2000, maxInterval = 60_000, maxWait } = options;
  if (!(minInterval > 0 && maxInterval >= minInterval)) {
    throw new RangeError(
      `minInterval and maxInterval must be milliseconds with 0 < minInterval ≤ maxInterval, not ${minInterval} and ${maxInterval}.`,
    );
  }
  if (maxWait !== undefined && !(maxWait >= 0)) {
    throw new RangeError(`maxWait must be milliseconds from 0, not ${String(maxWait)}.`);
  }
  const started = transport.now();
  for (let pause = minInterval; ; pause = Math.min(maxInterval, pause * 1.5)) {
    signal?.throwIfAborted();
    const found = await look();
    if (found !== undefined) return found;
    const left = maxWait === undefined ? pause : started + maxWait - transport.now();
    if (left <= 0) throw new TimeoutError(`${what} is still under review after ${maxWait} ms.`);
    await abortable(transport.sleep(Math.min(pause, left), signal), signal);
  }
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
