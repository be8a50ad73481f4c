import { type JsonObject, type MpClient, ReplyError } from "@wechat-edge/core";
import {
  type MpCall,
  mpErrorOf,
  mpParts,
  mpReplyObject,
  mpRequestOf,
  parseObject,
  reportAttempt,
  tokenSecret,
  withoutSecrets,
  withToken,
} from "@wechat-edge/core/internal/mp";
import {
  type AbortSignal,
  type ByteStream,
  byteStream,
  checkInput,
  checkOptions,
  concatBytes,
  dispositionName,
  given,
  identify,
  type OptionKinds,
  openReply,
  precededBy,
  type StreamedReply,
  safeName,
} from "@wechat-edge/core/internal/upload";

/** Options of downloads. */
export interface DownloadOptions {
  /** Stops the download and the reading of its body. Both then reject with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A file, of which the first bytes have come. */
export interface DownloadedFile {
  readonly kind: "file";
  /** Safe as the name of a new file: no path, control characters, leading dots or device names. */
  readonly name: string;
  /** MIME type of the content; WeChat's Content-Type if the format is unknown. */
  readonly type: string;
  /** Length in bytes, if the reply says so. It is hidden from a page that calls a gateway of another origin. */
  readonly size?: number;
  /** The file is fetched as you read it. If the download breaks off, the read rejects with a NetworkError. */
  readonly body: ByteStream;
}

/** The address of a video. */
export interface VideoAddress {
  readonly kind: "video_url";
  /** Fetch it without an access_token, and soon: WeChat does not say how long it works. */
  readonly video_url: string;
}

/** JSON begins with it; no picture, voice or video does. */
const BRACE = 0x7b;
/** More than any JSON reply of this call has. */
const MAX_JSON_BYTES = 64 * 1024;
/** Enough to tell the format. */
const HEAD_BYTES = 4100;

const CALL_OPTIONS: OptionKinds<DownloadOptions> = { signal: "signal" };

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
  { signal }: DownloadOptions,
): Promise<DownloadedFile | VideoAddress> {
  if (typeof media_id !== "string" || media_id === "") {
    throw new TypeError(`media_id must be a string that is not empty, not ${given(media_id)}.`);
  }
  const { transport } = mpParts(mp);
  const call: MpCall = { operation, method: "GET", path, query: { media_id } };
  return withToken(mp, call, { signal }, (token, attempt) => {
    const secret = tokenSecret(token);
    return reportAttempt(transport, call, attempt, async (onHead) => {
      const request = mpRequestOf(mp.fileBaseUrl, call, secret);
      const reply = await openReply(transport, request, signal, onHead);
      try {
        return await readDownload(reply, { path, media_id, signal, now: transport.now() });
      } catch (error) {
        await reply.cancel(error);
        throw error;
      }
    }).catch(withoutSecrets(secret));
  });
}

async function readDownload(
  reply: StreamedReply,
  asked: { path: string; media_id: string; signal: AbortSignal | undefined; now: number },
): Promise<DownloadedFile | VideoAddress> {
  const { status, headers } = reply;
  const { path, media_id, signal, now } = asked;
  const head = await readHead(reply);
  const object = head.complete ? parseObject(head.bytes) : undefined;
  if (status < 200 || status > 299 || head.bytes.length === 0) {
    mpReplyObject({ status, headers, body: head.bytes }, path, now);
  }
  if (object !== undefined) return videoAddress(object, path);
  const { format, mime } = await identify(async (offset, length) =>
    head.bytes.subarray(offset, offset + length),
  );
  const declared = headers.get("content-type")?.split(";")[0]?.trim();
  if (format === "unknown" && isText(head.bytes, declared)) {
    throw new ReplyError(
      `The reply to ${path} is text instead of media: a damaged error of WeChat, or the answer of a proxy or a captive portal.`,
      { status },
    );
  }
  return {
    kind: "file",
    name: dispositionName(headers.get("content-disposition")) ?? nameOf(media_id, mime),
    type: format === "unknown" && declared ? declared : mime,
    ...(reply.size !== undefined && { size: reply.size }),
    body: byteStream(precededBy(head.bytes, reply), signal),
  };
}

/** A page, a cut error, or anything with the Content-Type of text: WeChat stores no such media. */
function isText(bytes: Uint8Array, declared: string | undefined): boolean {
  if (/^(?:text\/|application\/(?:json|xml))/i.test(declared ?? "")) return true;
  return /^\s*(?:<|\{\s*"errcode")/.test(new TextDecoder().decode(bytes.subarray(0, 256)));
}

function videoAddress(object: JsonObject, path: string): VideoAddress {
  const error = mpErrorOf(object, path);
  if (error !== undefined) throw error;
  const { video_url } = object;
  if (typeof video_url === "string" && video_url !== "") return { kind: "video_url", video_url };
  throw new ReplyError(`The reply to ${path} is JSON but has no video_url.`, { status: 200 });
}

/** The first bytes, or all of what may be JSON. */
async function readHead(
  reply: StreamedReply,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; complete: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const bytes = await reply.read();
    if (bytes === undefined) return { bytes: concatBytes(chunks), complete: true };
    chunks.push(bytes);
    length += bytes.byteLength;
    const wanted = firstByte(chunks) === BRACE ? MAX_JSON_BYTES : HEAD_BYTES;
    if (length >= wanted) return { bytes: concatBytes(chunks), complete: false };
  }
}

/** The first byte other than white space. */
function firstByte(chunks: readonly Uint8Array[]): number | undefined {
  for (const chunk of chunks) {
    const found = chunk.find((byte) => byte > 0x20);
    if (found !== undefined) return found;
  }
  return undefined;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  "image/jpeg": ".jpg",
  "image/png": ".png",
  "image/gif": ".gif",
  "audio/amr": ".amr",
  "audio/mpeg": ".mp3",
  "video/mp4": ".mp4",
};

function nameOf(media_id: string, mime: string): string {
  return `${safeName(media_id) || "media"}${EXTENSIONS[mime] ?? ""}`;
}
