import { type JsonObject, type MpClient, ReplyError } from "@wechat-edge/core";
import {
  type MpCall,
  mpErrorOf,
  mpParts,
  mpReplyObject,
  mpRequestOf,
  openReply,
  parseObject,
  reportAttempt,
  type StreamedReply,
  tokenSecret,
  withoutSecrets,
  withToken,
} from "@wechat-edge/core/internal/mp";
import {
  type AbortSignal,
  checkInput,
  checkOptions,
  concatBytes,
  given,
  identify,
  type OptionKinds,
} from "@wechat-edge/core/internal/upload";
import type { ByteStream } from "./byte-stream.ts";
import { dispositionName, safeName } from "./file-name.ts";

/** Options of downloads. */
export interface DownloadOptions {
  /** Stops the download, and the reading of its body; both then reject with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A file on its way. */
export interface DownloadedFile {
  readonly kind: "file";
  /** Safe to create a file by: without a path, control characters and leading dots. */
  readonly name: string;
  /** MIME type by content; WeChat's where the content is of no known format. */
  readonly type: string;
  /** Bytes, where the reply says so; to a page of another origin none does. */
  readonly size?: number;
  /** Comes as fast as it is read; errors with NetworkError where it breaks off. */
  readonly body: ByteStream;
}

/** A video, which WeChat gives the address of. */
export interface VideoAddress {
  readonly kind: "video_url";
  /** Fetch it without a token, soon: WeChat does not say how long it works. */
  readonly video_url: string;
}

/** A JSON reply starts so; no picture, sound or video does. */
const BRACE = 0x7b;
/** More than any JSON reply in place of a file, and enough to tell a format by. */
const MAX_JSON_BYTES = 64 * 1024;
const HEAD_BYTES = 4100;

const CALL_OPTIONS: OptionKinds<DownloadOptions> = { signal: "signal" };

/**
 * Downloads temporary media: what {@link uploadMedia} uploaded, or what a follower sent.
 * WeChat reports an error under status 200 and of any Content-Type, so the first bytes decide what came.
 * A voice comes as AMR; of a video today's API gives an address.
 *
 * Follows 下载多媒体文件, today 获取临时素材 (`/cgi-bin/media/get`).
 *
 * @throws MpApiError (40007 for media that has expired, is unknown or another account's), NetworkError, TimeoutError, ReplyError
 * @see https://developers.weixin.qq.com/doc/service/api/material/temporary/api_getmedia
 *
 * @example
 * ```ts
 * const { media_id } = await uploadMedia(mp, { type: "image" }, new File([jpeg], "cat.jpg"));
 * const download = await downloadMedia(mp, { media_id });
 * if (download.kind === "file") {
 *   const bytes = await new Response(download.body).arrayBuffer();
 *   console.log(download.type, bytes.byteLength === jpeg.length); // image/jpeg true
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
 * Downloads a voice that a page recorded with JSSDK, as it was recorded: speex at 16 kHz.
 *
 * Follows 获取高清语音素材 (`/cgi-bin/media/get/jssdk`).
 *
 * @throws what {@link downloadMedia} throws
 * @see https://developers.weixin.qq.com/doc/service/api/material/temporary/api_gethdvoice
 *
 * @example
 * ```ts
 * const error = await downloadJssdkVoice(mp, { media_id: "unknown" }).catch((thrown) => thrown);
 * console.log(error.errcode); // 40007
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
    body: streamOf(head.bytes, reply, signal),
  };
}

/** A page, the beginning of an error, or what says of itself that it is text; WeChat keeps no such media. */
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

/** The first bytes; all of them where they may be JSON. */
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

/** The first byte that is no white space. */
function firstByte(chunks: readonly Uint8Array[]): number | undefined {
  for (const chunk of chunks) {
    const found = chunk.find((byte) => byte > 0x20);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Nothing is read before it is wanted. */
function streamOf(
  head: Uint8Array<ArrayBuffer>,
  reply: StreamedReply,
  signal: AbortSignal | undefined,
): ByteStream {
  let first: Uint8Array<ArrayBuffer> | undefined = head;
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          // The first bytes are here already, whatever has become of the reply.
          signal?.throwIfAborted();
          const bytes = first ?? ((await reply.read()) as Uint8Array<ArrayBuffer> | undefined);
          first = undefined;
          if (bytes === undefined) controller.close();
          else controller.enqueue(bytes);
        } catch (error) {
          await reply.cancel(error);
          throw error;
        }
      },
      cancel: (reason) => reply.cancel(reason),
    },
    { highWaterMark: 0 },
  );
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
