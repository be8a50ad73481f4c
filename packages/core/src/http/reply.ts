import { concatBytes } from "../bytes/concat.ts";
import { ReplyError } from "../errors.ts";
import { visible } from "../visible.ts";
import type { FetchResponse, ReplyHeaders } from "./fetch-type.ts";
import { type BodyReader, bodyReader } from "./response-body.ts";

/** Status and headers of a reply. */
export interface ReplyHead {
  /** HTTP status. */
  readonly status: number;
  /** A Headers object, or another object with its `get`. */
  readonly headers: ReplyHeaders;
}

/** A reply with its whole body. */
export interface Reply extends ReplyHead {
  /** The raw bytes: JSON that was parsed and written again does not verify. */
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Most of WeChat's JSON replies have a few hundred bytes; a reply larger than this is not WeChat's. */
const MAX_REPLY_BYTES = 1024 * 1024;

/** Reads the body of a reply whole. Throws ReplyError if it is too large to be WeChat's. */
export async function readBody(
  response: FetchResponse,
  maxBytes: number = MAX_REPLY_BYTES,
  reader: BodyReader = bodyReader(response),
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const value = await reader.read();
    if (value === undefined) break;
    chunks.push(value);
    length += value.byteLength;
    if (length > maxBytes) {
      await reader.cancel();
      throw new ReplyError(
        `The reply (status ${response.status}) is larger than ${maxBytes} bytes, which WeChat's never are: check baseUrl and the network.`,
        { status: response.status, requestId: response.headers.get("request-id") ?? undefined },
      );
    }
  }
  return concatBytes(chunks);
}

/** A JSON object from a reply. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Returns `Retry-After`, which is in seconds or an HTTP date, in milliseconds. */
export function retryAfterOf(reply: Reply, now: number): number | undefined {
  const value = reply.headers.get("retry-after");
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** Parses a body as a JSON object; returns undefined if it is not one. */
export function parseObject(body: Uint8Array): JsonObject | undefined {
  try {
    return objectOf(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)));
  } catch {
    return undefined; // the caller reports what came instead
  }
}

/** Returns a value that is a JSON object, undefined for any other. */
export function objectOf(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

/** Returns the first of `fields` that is a text to be used as it is, such as a URL. Throws ReplyError if none is. */
export function requiredText(reply: JsonObject, ...fields: string[]): string {
  for (const field of fields) {
    const value = reply[field];
    if (isUsable(value)) return value;
  }
  throw missingField(fields.join(" or "));
}

/** Returns the first of `fields` that is an id, as a text. Throws ReplyError if none is. */
export function requiredId(reply: JsonObject, ...fields: string[]): string {
  for (const field of fields) {
    const id = idOf(reply[field]);
    if (id !== undefined) return id;
  }
  throw missingField(fields.join(" or "));
}

/** An id as a text: WeChat sends some as numbers. Undefined for what identifies nothing. */
export function idOf(value: unknown): string | undefined {
  if (Number.isSafeInteger(value) && (value as number) > 0) return String(value);
  return isUsable(value) ? value : undefined;
}

/** A text with hidden characters is not as WeChat wrote it, and WeChat would not know it again. */
function isUsable(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" && visible(value) === value;
}

/** Makes the error for a success without a required field. */
export function missingField(field: string): ReplyError {
  return new ReplyError(`The reply reports success but has no usable ${field}.`, { status: 200 });
}

/** Describes a reply's body, for messages. */
export function kindOf(reply: Reply): string {
  if (reply.body.byteLength === 0) return "an empty body";
  const type = reply.headers.get("content-type")?.split(";")[0] ?? "no content type";
  return `${reply.body.byteLength} bytes of ${type}`;
}
