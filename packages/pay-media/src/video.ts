import type {
  DigestedStreamInput,
  FileInput,
  Inspection,
  LimitsOption,
  PayClient,
  UploadOptions,
} from "@wechat-edge/core";
import {
  CHECK_OPTIONS,
  checkFile,
  checkOptions,
  requiredId,
  UPLOAD_OPTIONS,
} from "@wechat-edge/core/internal/upload";
import { videoRules } from "./rules.ts";
import { uploadTo } from "./upload.ts";
import type { VideoProfile } from "./video-limits.ts";

/** Options of video uploads. */
export interface VideoOptions extends UploadOptions {
  /** `merchant` (up to 5 MiB, the default), or single limits that replace its own, such as `{ maxNameLength: 64 }`. */
  readonly limits?: LimitsOption<VideoProfile> | undefined;
}

/**
 * Uploads an AVI, WMV, MPEG, MP4, MOV, MKV, FLV, F4V, M4V or RMVB video of up to 5 MiB, and resolves with its `media_id`.
 *
 * Follows 视频上传 (`POST /v3/merchant/media/video_upload`).
 *
 * @param file - a file or stream, as for `uploadImage`
 * @throws MediaError if WeChat would refuse the file, before anything is sent; also if the file changes while it is read
 * @throws TypeError if an argument or option is wrong
 * @throws KeyError if a key of the client cannot be used
 * @throws PayApiError if WeChat answers with an error
 * @throws SignatureError if the reply is not signed by a platform key
 * @throws NetworkError or TimeoutError if the last try, too, got no complete reply
 * @throws ReplyError if the reply is not what WeChat documents
 * @see https://pay.weixin.qq.com/docs/partner/apis/media-upload/media/video-upload.html
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadVideo } from "@wechat-edge/pay-media";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const { media_id } = await uploadVideo(pay, sampleFile("clip.mp4"), {
 *   onProgress: ({ phase, loaded, total }) => console.log(phase, loaded, total), // read 4257 4257
 * });
 * console.log(media_id.length); // 107
 * ```
 */
export async function uploadVideo(
  pay: PayClient,
  file: FileInput | DigestedStreamInput,
  options: VideoOptions = {},
): Promise<{ readonly media_id: string }> {
  checkOptions("uploadVideo", options, UPLOAD_OPTIONS);
  const endpoint = {
    operation: "uploadVideo",
    path: "/v3/merchant/media/video_upload",
    ...videoRules(options.limits),
  };
  return { media_id: requiredId(await uploadTo(pay, endpoint, file, options), "media_id") };
}

/**
 * Checks a video as {@link uploadVideo} does, without a client and without the network. Use it in a page, before the
 * user sends the file.
 *
 * Resolves with the format of the content and its MIME type.
 *
 * @throws MediaError if WeChat would refuse the file: `reason` says why, `answer` what WeChat would have answered
 * @throws TypeError if an argument or option is wrong
 *
 * @example
 * ```ts
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { checkVideo } from "@wechat-edge/pay-media";
 *
 * const { format, mime } = await checkVideo(sampleFile("clip.mp4"));
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
