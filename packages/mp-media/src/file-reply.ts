import { type JsonObject, type MpClient, ReplyError } from "@wechat-edge/core";
import {
  type MpCall,
  mpErrorOf,
  mpParts,
  mpReplyObject,
  mpRequestOf,
  parseObject,
  type RepeatRule,
  reportAttempt,
  type Secrets,
  tokenSecret,
  withToken,
} from "@wechat-edge/core/internal/mp";
import {
  type AbortSignal,
  type ByteStream,
  byteStream,
  concatBytes,
  dispositionName,
  type FileWindow,
  given,
  identify,
  openReply,
  own,
  precededBy,
  type StreamedReply,
  safeName,
} from "@wechat-edge/core/internal/upload";

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

/** A call that answers with a file or with JSON. */
export interface FileCall<Result> extends MpCall {
  readonly media_id: string;
  /** More than any JSON reply of this call has. */
  readonly maxJsonBytes: number;
  /** Reads a JSON reply that is no error; undefined if it is none of this call. */
  readonly readJson: (object: JsonObject) => Result | undefined;
  /** What a JSON reply must have, for the error. */
  readonly wanted: string;
}

/** JSON begins with it; no picture, voice or video does. */
const BRACE = 0x7b;
/** Enough to tell the format. */
const HEAD_BYTES = 4100;

/**
 * Makes a call that answers with a file or with JSON. WeChat reports errors with status 200 and any Content-Type, so the
 * first bytes decide.
 */
export async function callForFile<Result>(
  mp: MpClient,
  call: FileCall<Result>,
  { signal }: RepeatRule,
): Promise<DownloadedFile | Result> {
  const { transport } = mpParts(mp);
  return withToken(mp, call, { signal }, (token, attempt) => {
    const secret = tokenSecret(token);
    return reportAttempt(transport, call, attempt, async (onHead) => {
      const request = mpRequestOf(call.baseUrl ?? mp.baseUrl, call, secret);
      return openReply(transport, request, signal, onHead, (reply) =>
        readFileOrJson(reply, call, secret, signal, transport.now()),
      );
    });
  });
}

/** Throws TypeError if a media_id is not a string or is empty. */
export function checkMediaId(media_id: unknown): asserts media_id is string {
  if (typeof media_id !== "string" || media_id === "") {
    throw new TypeError(`media_id must be a string that is not empty, not ${given(media_id)}.`);
  }
}

async function readFileOrJson<Result>(
  reply: StreamedReply,
  { path, media_id, maxJsonBytes, readJson, wanted }: FileCall<Result>,
  secret: Secrets,
  signal: AbortSignal | undefined,
  now: number,
): Promise<DownloadedFile | Result> {
  const { status, headers } = reply;
  const head = await readHead(reply, maxJsonBytes);
  const object = head.complete ? parseObject(head.bytes) : undefined;
  if (status < 200 || status > 299 || head.bytes.length === 0) {
    mpReplyObject({ status, headers, body: head.bytes }, path, now, secret);
  }
  if (object !== undefined) {
    const error = mpErrorOf(object, path, secret);
    if (error !== undefined) throw error;
    const result = readJson(object);
    if (result !== undefined) return result;
    throw new ReplyError(`The reply to ${path} is JSON but has no ${wanted}.`, { status: 200 });
  }
  const { format, mime } = await identify(
    async (offset, length) => head.bytes.subarray(offset, offset + length),
    taggedMp3,
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
    // Bytes that are no text are none by their header either.
    type: format === "unknown" && declared && !/^text\//i.test(declared) ? declared : mime,
    ...(reply.size !== undefined && { size: reply.size }),
    body: byteStream(precededBy(head.bytes, reply), signal),
  };
}

/** WeChat stores no other sound that begins with ID3 tags, which may be longer than the head. */
async function taggedMp3(read: FileWindow): Promise<number | undefined> {
  return String.fromCharCode(...(await read(0, 3))) === "ID3" ? 0 : undefined;
}

/** A page, a cut error, or anything with the Content-Type of text: WeChat stores no such media. */
function isText(bytes: Uint8Array, declared = ""): boolean {
  // A stream, because its last character may be cut.
  const start = new TextDecoder().decode(bytes.subarray(0, 256), { stream: true });
  if (/^\s*(?:<|\{\s*"(?:errcode|news_item|title)")/.test(start)) return true;
  // Reported: get_material sends files as text/plain. Text has no zeros, and is UTF-8.
  const isBinary = start.includes("\0") || start.includes("\ufffd");
  return (
    /^(?:text\/|application\/(?:json|xml))/i.test(declared) &&
    !(isBinary && /plain/i.test(declared))
  );
}

/** The first bytes, or all of what may be JSON. */
async function readHead(
  reply: StreamedReply,
  maxJsonBytes: number,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; complete: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  /** The first byte other than white space. */
  let first: number | undefined;
  for (;;) {
    const bytes = await reply.read();
    if (bytes === undefined) return { bytes: concatBytes(chunks), complete: true };
    chunks.push(bytes);
    length += bytes.byteLength;
    first ??= bytes.find((byte) => byte > 0x20);
    const wanted = first === BRACE ? maxJsonBytes : HEAD_BYTES;
    if (length >= wanted) return { bytes: concatBytes(chunks), complete: false };
  }
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  "image/jpeg": ".jpg",
  "image/png": ".png",
  "image/gif": ".gif",
  "image/bmp": ".bmp",
  "audio/amr": ".amr",
  "audio/mpeg": ".mp3",
  "video/mp4": ".mp4",
};

function nameOf(media_id: string, mime: string): string {
  return `${safeName(media_id) || "media"}${own(EXTENSIONS, mime) ?? ""}`;
}
