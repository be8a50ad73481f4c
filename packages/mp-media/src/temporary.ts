import {
  type FileInput,
  type Inspection,
  type JsonObject,
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
  requiredId,
  shown,
  UPLOAD_OPTIONS,
} from "@wechat-edge/core/internal/upload";
import { type MediaEndpoint, uploadForm } from "./form.ts";
import {
  fileRules,
  MEDIA_PROFILES,
  type MediaLimits,
  type MediaProfile,
  type MediaType,
  profilesOf,
} from "./limits.ts";
import { SOUND_CHECKS } from "./sounds.ts";

/** Options of uploads to an Official Account. */
export interface MediaUploadOptions extends UploadOptions {
  /**
   * The name of a profile (`2012`, `2014`, `media-api`, `current` or `reported`, the default), or single limits that
   * replace those of `reported`, such as `{ maxBytes: 2_000_000 }`.
   */
  readonly limits?: LimitsOption<MediaProfile, MediaLimits> | undefined;
}

/** What {@link uploadMedia} resolves with. */
export interface TemporaryMedia {
  readonly type: MediaType;
  /** Works any number of times until `expiresAt`, in this account only. */
  readonly media_id: string;
  /** Unix seconds by WeChat's clock. */
  readonly created_at: number;
  /** Unix seconds: three days after `created_at`. */
  readonly expiresAt: number;
}

/** "媒体文件在后台保存时间为3天". */
const LIFETIME_SECONDS = 3 * 86_400;

/**
 * Uploads temporary media (临时素材): a picture of up to 10 MiB, a voice of up to 2 MiB and 60 seconds, a video of up to
 * 10 MiB, or a thumb of up to 64 KiB. Resolves with its `media_id`, which works for three days.
 *
 * WeChat converts a voice in MP3 to AMR.
 *
 * Follows 新增临时素材 (`POST /cgi-bin/media/upload`), formerly 上传多媒体文件.
 *
 * @param input - `type` is `image`, `voice`, `video` or `thumb`
 * @param file - a File, a Blob or bytes with a name, a reader `{ name, size, read(start, end) }`, or a stream
 * `{ name, size, stream }`; sizes are in bytes
 * @throws MediaError if WeChat would refuse the file, before anything is sent; also if the file changes while it is read
 * @throws TypeError if an argument or option is wrong
 * @throws MpApiError if WeChat answers with an `errcode`
 * @throws NetworkError or TimeoutError if the last try, too, got no complete reply
 * @throws ReplyError if the reply is not what WeChat documents
 * @see https://developers.weixin.qq.com/doc/service/api/material/temporary/api_uploadtempmedia
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadMedia } from "@wechat-edge/mp-media";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id, created_at, expiresAt } = await uploadMedia(mp, { type: "image" }, sampleFile("picture.png"));
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
  const endpoint = mediaEndpoint(mp, type, options.limits);
  return temporaryMedia(type, await uploadForm(mp, endpoint, file, options));
}

/** The call for one type of media. */
export function mediaEndpoint(
  mp: MpClient,
  type: MediaType,
  limits: MediaUploadOptions["limits"],
): MediaEndpoint {
  return {
    operation: "uploadMedia",
    path: "/cgi-bin/media/upload",
    query: { type },
    baseUrl: mp.fileBaseUrl,
    ...mediaRules(type, limits),
  };
}

/** Reads the reply of an upload. */
export function temporaryMedia(type: MediaType, reply: JsonObject): TemporaryMedia {
  // For a thumb, WeChat answers thumb_media_id.
  const media_id = requiredId(reply, "media_id", "thumb_media_id");
  const created_at = Number(reply["created_at"]);
  if (!Number.isFinite(created_at) || created_at <= 0) {
    throw new ReplyError(
      `The reply has the media_id ${media_id} but created_at ${shown(reply["created_at"])}, which must be Unix seconds.`,
      { status: 200 },
    );
  }
  return { type, media_id, created_at, expiresAt: created_at + LIFETIME_SECONDS };
}

/**
 * Checks a file as {@link uploadMedia} does, without a client and without the network. Use it in a page, before the user
 * sends the file.
 *
 * Resolves with the format of the content, its MIME type, width and height in pixels, or duration in seconds.
 *
 * @throws MediaError if WeChat would refuse the file: `reason` says why, `answer` what WeChat would have answered
 * @throws TypeError if an argument or option is wrong
 *
 * @example
 * ```ts
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { checkMedia } from "@wechat-edge/mp-media";
 *
 * const { format, duration } = await checkMedia({ type: "voice" }, sampleFile("voice.amr"));
 * console.log(format, duration); // amr 1.02
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

/** 40006 is reported of a picture; the others are assumed, from the table of errcodes. */
const OVERSIZE = { image: 40006, voice: 40010, video: 40011, thumb: 40012 } as const;

function mediaRules(type: MediaType, option: MediaUploadOptions["limits"]): FileRules {
  const profiles = profilesOf(MEDIA_PROFILES, type); // checks the type
  return fileRules(profiles, option, { type: 40005, size: OVERSIZE[type] }, SOUND_CHECKS);
}
