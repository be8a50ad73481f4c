import {
  type FileInput,
  type Inspection,
  type LimitsOption,
  type MpClient,
  ReplyError,
  type StreamInput,
  type UploadOptions,
} from "@wechat-edge/core";
import { mpParts } from "@wechat-edge/core/internal/mp";
import {
  CHECK_OPTIONS,
  checkFile,
  checkInput,
  checkOptions,
  type FileRules,
  requiredText,
  resolveLimits,
  UPLOAD_OPTIONS,
} from "@wechat-edge/core/internal/upload";
import { uploadForm } from "./form.ts";
import {
  fileRules,
  MEDIA_PROFILES,
  type MediaLimits,
  type MediaProfile,
  type MediaType,
  profilesOf,
} from "./limits.ts";

/** Options of uploads to an Official Account. */
export interface MediaUploadOptions extends UploadOptions {
  /** A profile's name, `current` by default, or single limits. */
  readonly limits?: LimitsOption<MediaProfile, MediaLimits> | undefined;
}

/** Temporary media as WeChat has it. */
export interface TemporaryMedia {
  readonly type: MediaType;
  /** Good for any number of uses until `expiresAt`, in this account. */
  readonly media_id: string;
  /** Unix seconds by WeChat's clock. */
  readonly created_at: number;
  /** Unix seconds: three days after `created_at`. */
  readonly expiresAt: number;
}

/** "媒体文件在后台保存时间为3天". */
const LIFETIME_SECONDS = 3 * 86_400;

/**
 * Uploads temporary media: a picture, a voice of up to 60 s, a video or a thumb.
 * WeChat keeps it for three days; an MP3 voice comes back as AMR.
 *
 * Follows 上传多媒体文件, today 新增临时素材 (`/cgi-bin/media/upload`).
 *
 * @throws MediaError before anything is sent; TypeError for another type; MpApiError, NetworkError, TimeoutError, ReplyError
 * @see https://developers.weixin.qq.com/doc/service/api/material/temporary/api_uploadtempmedia
 *
 * @example
 * ```ts
 * const { media_id, expiresAt, created_at } = await uploadMedia(mp, { type: "image" }, new File([jpeg], "cat.jpg"));
 * console.log(media_id.length, expiresAt - created_at); // 64 259200
 * ```
 */
export async function uploadMedia(
  mp: MpClient,
  input: { readonly type: MediaType },
  file: FileInput | StreamInput,
  options: MediaUploadOptions = {},
): Promise<TemporaryMedia> {
  checkInput("uploadMedia", input, "{ type }");
  checkOptions("uploadMedia", options, UPLOAD_OPTIONS);
  mpParts(mp);
  const { type } = input;
  const reply = await uploadForm(
    mp,
    {
      operation: "uploadMedia",
      path: "/cgi-bin/media/upload",
      query: { type },
      baseUrl: mp.fileBaseUrl,
      ...mediaRules(type, options.limits),
    },
    file,
    options,
  );
  // A temporary thumb answers thumb_media_id.
  const media_id = requiredText(reply, "media_id", "thumb_media_id");
  const created_at = Number(reply["created_at"]);
  if (!Number.isFinite(created_at) || created_at <= 0) {
    throw new ReplyError(
      `The reply has the media_id ${media_id} but created_at ${JSON.stringify(reply["created_at"])}, which must be Unix seconds.`,
      { status: 200 },
    );
  }
  return { type, media_id, created_at, expiresAt: created_at + LIFETIME_SECONDS };
}

/**
 * Checks a file as {@link uploadMedia} does, without a client and without the network: for a page, before the file leaves it.
 *
 * @throws MediaError that says what is wrong and what WeChat would have answered; TypeError for another type
 *
 * @example
 * ```ts
 * const { format, width } = await checkMedia({ type: "image" }, new File([jpeg], "cat.jpg"), { limits: "2014" });
 * console.log(format, width); // jpeg 1200
 * ```
 */
export async function checkMedia(
  input: { readonly type: MediaType },
  file: FileInput,
  options: Pick<MediaUploadOptions, "signal" | "limits"> = {},
): Promise<Inspection> {
  checkInput("checkMedia", input, "{ type }");
  checkOptions("checkMedia", options, CHECK_OPTIONS);
  return checkFile(mediaRules(input.type, options.limits), file, options);
}

/** Of a picture it is reported, of the others it is the table's. */
const OVERSIZE = { image: 40006, voice: 40010, video: 40011, thumb: 40012 } as const;

function mediaRules(type: MediaType, option: MediaUploadOptions["limits"]): FileRules {
  const limits = resolveLimits(profilesOf(MEDIA_PROFILES, type), "current", option);
  return fileRules(limits, { type: 40005, size: OVERSIZE[type] });
}
