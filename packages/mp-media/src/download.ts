import type { MpClient } from "@wechat-edge/core";
import { mpParts } from "@wechat-edge/core/internal/mp";
import {
  type AbortSignal,
  checkInput,
  checkOptions,
  type OptionKinds,
} from "@wechat-edge/core/internal/upload";
import { callForFile, checkMediaId, type DownloadedFile } from "./file-reply.ts";

/** Options of downloads. */
export interface DownloadOptions {
  /** Stops the download and the reading of its body. Both then reject with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The address of a video. */
export interface VideoAddress {
  readonly kind: "video_url";
  /** Fetch it without an access_token, and soon: WeChat does not say how long it works. */
  readonly video_url: string;
}

/** More than any JSON reply of this call has. */
const MAX_JSON_BYTES = 64 * 1024;

export const CALL_OPTIONS: OptionKinds<DownloadOptions> = { signal: "signal" };

/**
 * Downloads temporary media that {@link uploadMedia} uploaded or a follower sent. Resolves with
 * `{ kind: "file", name, type, size?, body }`, or for a video with `{ kind: "video_url", video_url }`.
 *
 * WeChat reports errors with status 200 and any Content-Type, so the first bytes of the reply decide whether it is a file.
 * A voice that was uploaded as MP3 comes as AMR.
 *
 * Follows 获取临时素材 (`GET /cgi-bin/media/get`), formerly 下载多媒体文件.
 *
 * @throws TypeError if an argument or option is wrong
 * @throws MpApiError if WeChat answers with an `errcode`: 40007 if the media has expired, is unknown or belongs to another account
 * @throws NetworkError or TimeoutError if the last try, too, got no reply; `body` ends with them if it breaks off
 * @throws ReplyError if the reply is neither a file nor an error of WeChat
 * @see https://developers.weixin.qq.com/doc/service/api/material/temporary/api_getmedia
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { downloadMedia, uploadMedia } from "@wechat-edge/mp-media";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id } = await uploadMedia(mp, { type: "image" }, sampleFile("picture.png"));
 * const media = await downloadMedia(mp, { media_id });
 * if (media.kind === "file") {
 *   const bytes = await new Response(media.body).arrayBuffer();
 *   console.log(media.type, bytes.byteLength); // image/png 7077
 * }
 * ```
 */
export async function downloadMedia(
  mp: MpClient,
  input: { readonly media_id: string },
  options: DownloadOptions = {},
): Promise<DownloadedFile | VideoAddress> {
  checkInput("downloadMedia", input, "{ media_id }");
  checkOptions("downloadMedia", options, CALL_OPTIONS);
  return downloadTemporary(mp, "downloadMedia", "/cgi-bin/media/get", input, options);
}

/**
 * Downloads a voice that a page recorded and uploaded with the JSSDK, in the quality of the recording: speex at 16 kHz.
 *
 * Follows 获取高清语音素材 (`GET /cgi-bin/media/get/jssdk`).
 *
 * @param input - `media_id` is the `serverId` of `wx.uploadVoice`
 * @throws the errors of {@link downloadMedia}
 * @see https://developers.weixin.qq.com/doc/service/api/material/temporary/api_gethdvoice
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { downloadJssdkVoice } from "@wechat-edge/mp-media";
 *
 * const emulator = createEmulator();
 * const mp = createMpClient({ ...credentials.mp, fetch: emulator.fetch });
 * const media_id = emulator.control.userSends({ type: "voice" }); // in a page: serverId of wx.uploadVoice
 * const voice = await downloadJssdkVoice(mp, { media_id });
 * if (voice.kind === "file") console.log(voice.type); // voice/speex
 * ```
 */
export async function downloadJssdkVoice(
  mp: MpClient,
  input: { readonly media_id: string },
  options: DownloadOptions = {},
): Promise<DownloadedFile | VideoAddress> {
  checkInput("downloadJssdkVoice", input, "{ media_id }");
  checkOptions("downloadJssdkVoice", options, CALL_OPTIONS);
  return downloadTemporary(mp, "downloadJssdkVoice", "/cgi-bin/media/get/jssdk", input, options);
}

async function downloadTemporary(
  mp: MpClient,
  operation: string,
  path: string,
  { media_id }: { readonly media_id: string },
  options: DownloadOptions,
): Promise<DownloadedFile | VideoAddress> {
  checkMediaId(media_id);
  mpParts(mp);
  const call = {
    operation,
    method: "GET",
    baseUrl: mp.fileBaseUrl,
    path,
    query: { media_id },
    media_id,
    maxJsonBytes: MAX_JSON_BYTES,
    readJson: ({ video_url }: { readonly video_url?: unknown }): VideoAddress | undefined =>
      typeof video_url === "string" && video_url !== ""
        ? { kind: "video_url", video_url }
        : undefined,
    wanted: "video_url",
  };
  return callForFile(mp, call, options);
}
