import {
  createSource,
  type FileInput,
  type LimitsOption,
  type MpClient,
  type Source,
  type UnknownOutcomeOptions,
} from "@wechat-edge/core";
import { mpParts } from "@wechat-edge/core/internal/mp";
import {
  type AbortSignal,
  BOOLEAN,
  COUNT,
  checkContent,
  checkDeclared,
  checkInput,
  checkOptions,
  identify,
  ignoreErrors,
  type OptionKinds,
  openWindow,
} from "@wechat-edge/core/internal/upload";
import { checkVideoDetails, type VideoDetails } from "../calls/video-details.ts";
import {
  BLOCK_BYTES,
  VIDEO_ANSWERS,
  type VideoMaterialProfile,
  videoLimits,
} from "../calls/video-limits.ts";
import { checkSha1, initVideoUpload } from "../calls/videos.ts";
import { countBlocks, missingBlocks } from "./block-ranges.ts";
import { checkSameFile, readCheckpoint, type VideoCheckpoint } from "./checkpoint.ts";
import { digestVideo, type VideoDigests } from "./digests.ts";
import { finishAndSave } from "./finish-and-save.ts";
import type { VideoProgress } from "./progress.ts";
import { checkNeeded, type VideoResolution } from "./save.ts";
import { sendBlocks } from "./send-blocks.ts";

/** Options of {@link uploadVideoMaterial}. */
export interface VideoUploadOptions extends UnknownOutcomeOptions {
  /** Aborts the upload, which rejects with the signal's own reason. The last checkpoint continues it. */
  readonly signal?: AbortSignal | undefined;
  /** Called as the upload proceeds. Errors that this function throws are ignored. */
  readonly onProgress?: ((progress: VideoProgress) => void) | undefined;
  /** The checkpoint that `onCheckpoint` received last, as an object or as JSON: only missing blocks are sent. */
  readonly checkpoint?: VideoCheckpoint | string | undefined;
  /**
   * Saves the checkpoint: called and awaited after each block, and before and after the last two calls. If it throws,
   * the upload stops, and rejects with that error. What WeChat has done by then is in the checkpoint that it was given.
   */
  readonly onCheckpoint?: ((checkpoint: VideoCheckpoint) => unknown) | undefined;
  /** Blocks sent at the same time; 1 by default, because WeChat does not say whether their order counts. */
  readonly concurrency?: number | undefined;
  /** Most blocks that this call sends, for runtimes that limit the number of requests. */
  readonly maxBlocks?: number | undefined;
  /** What you found after an OutcomeUnknownError of this upload, with its `attempt` and together with the checkpoint. */
  readonly resolution?: VideoResolution | undefined;
  /** SHA-1 of the file in hexadecimal, if you know it: the file is then read only once. */
  readonly sha1?: string | undefined;
  /** `media-api` (2 GiB), or single limits. */
  readonly limits?: LimitsOption<VideoMaterialProfile> | undefined;
}

const VIDEO_UPLOAD_OPTIONS: OptionKinds<VideoUploadOptions> = {
  signal: "signal",
  onProgress: "function",
  checkpoint: true,
  onCheckpoint: "function",
  concurrency: COUNT,
  maxBlocks: COUNT,
  sha1: true,
  limits: true,
  retryUnknown: BOOLEAN,
  resolution: true,
};

/** Result of {@link uploadVideoMaterial}: the saved video, or the checkpoint after `maxBlocks` blocks. */
export type VideoUploadResult =
  | { readonly done: true; readonly vid: string; readonly media_id: string }
  | { readonly done: false; readonly checkpoint: VideoCheckpoint };

/**
 * Uploads a video of up to 2 GiB in blocks of 1 MiB and saves it in the account's material library.
 *
 * The file is read twice: once for its SHA-1, once to be sent. `onCheckpoint` receives the state of the upload after
 * each block. A later call with that `checkpoint` makes sure that the file is the same, and sends only the missing
 * blocks. In memory are only the blocks being sent and two more.
 *
 * Follows 媒体API文档, 上传视频.
 *
 * @param details - title, categories, tags and cover, under WeChat's names
 * @param file - a File, Blob or bytes, or `{ name, size, read(start, end) }` over a file handle, an R2 object …
 * @returns `{ done: true, vid, media_id }`, or `{ done: false, checkpoint }` after `maxBlocks` blocks
 * @throws TypeError or RangeError if `details` or options are malformed; MediaError if WeChat would refuse the file
 * (nothing is sent), or if the file changes during the upload; CheckpointError if the checkpoint is damaged or for
 * another file or account (nothing is sent); MpApiError if WeChat refuses; OutcomeUnknownError if the reply to the last
 * call, `saveVideo`, was lost (its `attempt` goes back in `resolution`); NetworkError, TimeoutError or ReplyError if no clear reply came after three attempts
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadVideoMaterial } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * let saved = ""; // in a file, a row, a key of KV
 * const details = {
 *   title: "灯笼街", video_desc: "", declare_ori: 0, newcat: "1", newsbcat: "2", tags: [], cover_url: "",
 * } as const;
 * const result = await uploadVideoMaterial(mp, details, sampleFile("clip.mp4"), {
 *   onCheckpoint: (checkpoint) => void (saved = JSON.stringify(checkpoint)),
 *   onProgress: ({ phase, loaded, total }) => console.log(phase, loaded, total),
 * });
 * console.log(result.done, JSON.parse(saved).phase); // true done
 * ```
 */
export async function uploadVideoMaterial(
  mp: MpClient,
  details: VideoDetails,
  file: FileInput,
  options: VideoUploadOptions = {},
): Promise<VideoUploadResult> {
  checkInput("uploadVideoMaterial", details, "details: { title, video_desc, declare_ori, … }");
  checkOptions("uploadVideoMaterial", options, VIDEO_UPLOAD_OPTIONS);
  return uploadVideo(mp, details, file, options, {});
}

/** Keeps the digests of a file, so that later slices of its upload do not read it whole again. */
export interface DigestMemory {
  digests?: VideoDigests;
}

/** Like {@link uploadVideoMaterial}. `memory` must be that of this file. */
export async function uploadVideo(
  mp: MpClient,
  details: VideoDetails,
  file: FileInput,
  options: VideoUploadOptions,
  memory: DigestMemory,
): Promise<VideoUploadResult> {
  mpParts(mp); // before the file is read
  const { signal, concurrency = 1, maxBlocks, sha1 } = options;
  const onProgress = ignoreErrors(options.onProgress);
  signal?.throwIfAborted();
  checkVideoDetails(details);
  if (sha1 !== undefined) checkSha1("sha1", sha1);
  const source = createSource(file);
  const checkpoint =
    options.checkpoint === undefined
      ? undefined
      : readCheckpoint(options.checkpoint, { appid: mp.appid, size: source.size });
  checkNeeded(checkpoint, options.resolution);
  await checkVideo(source, options);
  const digests = await digestsOf(source, { ...options, onProgress }, memory);
  if (checkpoint !== undefined) checkSameFile(checkpoint, digests.sha1);

  let state = checkpoint;
  const keep = async (next: VideoCheckpoint): Promise<void> => {
    state = next;
    await options.onCheckpoint?.(next);
  };
  if (state === undefined) {
    const { name: filename, size } = source;
    const { sha1 } = digests;
    const { vid } = await initVideoUpload(
      mp,
      { filename, filesha: sha1, filesize: size },
      { signal },
    );
    const { appid } = mp;
    await keep({
      v: 2,
      appid,
      vid,
      size,
      sha1,
      blockSize: BLOCK_BYTES,
      acked: [],
      phase: "upload",
    });
  }
  const current = (): VideoCheckpoint => state as VideoCheckpoint;
  if (current().phase === "upload") {
    const missing = missingBlocks(current().acked, countBlocks(source.size));
    const numbers = missing.slice(0, maxBlocks);
    await sendBlocks(mp, source, numbers, digests, {
      concurrency,
      signal,
      onProgress,
      current,
      keep,
    });
    if (numbers.length === maxBlocks) {
      return { done: false, checkpoint: current() };
    }
  }
  return finishAndSave(mp, details, { ...options, onProgress, current, keep });
}

async function checkVideo(source: Source, options: VideoUploadOptions): Promise<void> {
  const limits = videoLimits(options.limits);
  checkDeclared(source, limits, VIDEO_ANSWERS);
  const { signal } = options;
  const { format } = await identify(openWindow(source, signal));
  checkContent(source.name, format, limits, VIDEO_ANSWERS);
}

async function digestsOf(
  source: Source,
  options: VideoUploadOptions & Parameters<typeof digestVideo>[1],
  memory: DigestMemory,
): Promise<VideoDigests> {
  const { sha1 } = options;
  if (sha1 === undefined) {
    memory.digests ??= await digestVideo(source, options);
    return memory.digests;
  }
  return { sha1: sha1.toLowerCase(), block: () => undefined };
}
