import type {
  FileInput,
  Inspection,
  LimitsOption,
  PayClient,
  StreamInput,
  UploadOptions,
} from "@wechat-edge/core";
import {
  CHECK_OPTIONS,
  checkFile,
  checkOptions,
  requiredText,
  UPLOAD_OPTIONS,
} from "@wechat-edge/core/internal/upload";
import type { VideoProfile } from "./limits.ts";
import { videoRules } from "./rules.ts";
import { uploadTo } from "./upload.ts";

/** Options of video uploads. */
export interface VideoOptions extends UploadOptions {
  /** `merchant` (5 MiB) or single limits. */
  readonly limits?: LimitsOption<VideoProfile> | undefined;
}

/**
 * Uploads a video of up to 5 MiB and gives its `media_id`.
 * AVI, WMV, MPEG, MP4, MOV, MKV, FLV, F4V, M4V and RMVB are taken.
 *
 * Follows 视频上传 (`/v3/merchant/media/video_upload`).
 *
 * @throws MediaError before anything is sent; PayApiError, SignatureError, NetworkError, TimeoutError, ReplyError, KeyError
 * @see https://pay.weixin.qq.com/docs/partner/apis/media-upload/media/video-upload.html
 *
 * @example
 * ```ts
 * const { media_id } = await uploadVideo(pay, new File([mp4], "clip.mp4"), {
 *   onProgress: ({ phase, loaded, total }) => console.log(phase, loaded, total),
 * });
 * console.log(media_id.length > 0); // true
 * ```
 */
export async function uploadVideo(
  pay: PayClient,
  file: FileInput | StreamInput,
  options: VideoOptions = {},
): Promise<{ media_id: string }> {
  checkOptions("uploadVideo", options, UPLOAD_OPTIONS);
  const endpoint = {
    operation: "uploadVideo",
    path: "/v3/merchant/media/video_upload",
    ...videoRules(options.limits),
  };
  return { media_id: requiredText(await uploadTo(pay, endpoint, file, options), "media_id") };
}

/**
 * Checks a video as {@link uploadVideo} does, without a client and without the network.
 *
 * @throws MediaError that says what is wrong and what WeChat would have answered
 *
 * @example
 * ```ts
 * const { format, mime } = await checkVideo(new File([mp4], "clip.mp4"));
 * console.log(format, mime); // mp4 video/mp4
 * ```
 */
export async function checkVideo(
  file: FileInput,
  options: Pick<VideoOptions, "signal" | "limits"> = {},
): Promise<Inspection> {
  checkOptions("checkVideo", options, CHECK_OPTIONS);
  return checkFile(videoRules(options.limits), file, options);
}
