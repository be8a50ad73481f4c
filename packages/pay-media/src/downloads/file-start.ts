import { ReplyError } from "@wechat-edge/core";
import { payReplyError, requestIdOf } from "@wechat-edge/core/internal/pay";
import {
  type ByteReader,
  concatBytes,
  parseObject,
  type StreamedReply,
} from "@wechat-edge/core/internal/upload";

/** More than an error of WeChat Pay has. */
const MAX_JSON_BYTES = 64 * 1024;
/** Enough to tell gzip and a page. */
const HEAD_BYTES = 16;
const BRACE = 0x7b;

/** Reads the first bytes of a file. Throws for a 2xx reply that is an error of WeChat Pay, a page or empty. */
export async function readStart(
  reply: StreamedReply,
  address: string,
): Promise<{ head: Uint8Array<ArrayBuffer>; rest: ByteReader }> {
  const { status, headers } = reply;
  const { head, complete } = await readHead(reply);
  const about = { status, requestId: requestIdOf(reply) };
  const declared = headers.get("content-type") ?? "";
  const json = complete ? parseObject(head) : undefined;
  if (typeof json?.["code"] === "string") {
    throw payReplyError({ status, headers, body: head }, new Uint8Array(0), 0);
  }
  const found =
    (head.length === 0 && "empty") ||
    ((json !== undefined || /^application\/json/i.test(declared)) && "JSON without a signature") ||
    ((/^text\/html/i.test(declared) || isPage(head)) && "a page");
  if (found === false) return { head, rest: reply };
  throw new ReplyError(
    `The reply to ${address} has status ${status} and is ${found} instead of a file: a gateway or a proxy answered, not WeChat Pay.`,
    about,
  );
}

function isPage(head: Uint8Array): boolean {
  return /^\s*<(?:!doctype html|html)/i.test(new TextDecoder().decode(head));
}

/** The first bytes, or all of what may be JSON. */
async function readHead(
  reply: StreamedReply,
): Promise<{ head: Uint8Array<ArrayBuffer>; complete: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let part = await reply.read(); part !== undefined; part = await reply.read()) {
    chunks.push(part);
    length += part.byteLength;
    const first = chunks.find((chunk) => chunk.byteLength > 0)?.[0];
    const wanted = first === BRACE ? MAX_JSON_BYTES : HEAD_BYTES;
    if (length >= wanted) return { head: concatBytes(chunks), complete: false };
  }
  return { head: concatBytes(chunks), complete: true };
}
