import { asBytes } from "../bytes/as-bytes.ts";
import { decodeBase64 } from "../bytes/base64.ts";
import { concatBytes } from "../bytes/concat.ts";
import type { ReadableStreamLike } from "../bytes/readable-stream-like.ts";
import { encodeUtf8 } from "../bytes/utf8.ts";

/** What WeChat sends has a few kilobytes. */
export const MAX_BODY_BYTES: number = 1024 * 1024;

/** The members of a web Request that hold its body. */
export interface WebBody {
  readonly headers?: { get(name: string): string | null } | undefined;
  readonly body?: ReadableStreamLike | null | undefined;
  readonly bodyUsed?: boolean | undefined;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A body that a server has read. */
export interface RawBody {
  readonly body: Uint8Array | ArrayBuffer | string;
  readonly isBase64Encoded?: boolean | undefined;
}

/** What a function that reads requests has of its own. */
export interface BodyReader {
  /** The name of the function. */
  readonly name: string;
  /** The fields of what it takes in place of a web Request. */
  readonly shape: string;
  /** Makes the error for a body of more than 1 MiB. */
  readonly tooLarge: () => Error;
  /** Makes the error for anything but bytes and text, such as what a parser made of them. */
  readonly notRaw: (body: unknown) => Error;
}

/** Reads the whole body of a request that came as a web Request, or in another form. */
export async function readIncomingBody(
  request: WebBody | RawBody,
  reader: BodyReader,
): Promise<Uint8Array<ArrayBuffer>> {
  return isWebBody(request) ? readWebBody(request, reader) : readRawBody(request, reader);
}

function isWebBody(request: WebBody | RawBody): request is WebBody {
  return typeof (request as Partial<WebBody>).arrayBuffer === "function";
}

async function readWebBody(
  request: WebBody,
  { name, shape, tooLarge, notRaw }: BodyReader,
): Promise<Uint8Array<ArrayBuffer>> {
  if (request.bodyUsed === true || request.body?.locked === true) {
    throw new TypeError(
      `The body of the Request was read already. Call ${name} first, or pass ${shape} with the raw text that was read.`,
    );
  }
  refuseLarge(Number(request.headers?.get("content-length") ?? 0), tooLarge);
  const reader = request.body?.getReader?.();
  if (reader === undefined) {
    // Firefox has no `body`, Hono's c.req neither body nor headers, and that of node-fetch is a stream of Node.
    const whole = new Uint8Array(await request.arrayBuffer());
    refuseLarge(whole.byteLength, tooLarge);
    return whole;
  }
  // Copied as they come: each chunk may have a single byte, and an object of its own.
  let body = new Uint8Array(4096);
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return body.slice(0, length);
    const bytes = bytesOf(value);
    if (bytes === undefined) throw notRaw(value);
    const end = length + bytes.byteLength;
    // Not awaited: a stream may take its time, or not end at all.
    if (end > MAX_BODY_BYTES) reader.cancel().catch(() => undefined);
    refuseLarge(end, tooLarge);
    if (end > body.byteLength) body = concatBytes([body, new Uint8Array(end)]);
    body.set(bytes, length);
    length = end;
  }
}

/** Streams that programs make may have texts. */
function bytesOf(chunk: unknown): Uint8Array | undefined {
  return typeof chunk === "string" ? encodeUtf8(chunk) : asBytes(chunk);
}

function readRawBody(
  { body, isBase64Encoded }: RawBody,
  { notRaw, tooLarge }: BodyReader,
): Uint8Array<ArrayBuffer> {
  const isText = typeof body === "string";
  // Before it is copied: a character is at least a byte, four of base64 are three.
  if (isText) {
    refuseLarge(isBase64Encoded === true ? (body.length * 3) / 4 - 2 : body.length, tooLarge);
  }
  const bytes = isText ? textBytes(body, isBase64Encoded === true) : asBytes(body);
  if (bytes !== undefined) {
    refuseLarge(bytes.byteLength, tooLarge);
    return concatBytes([bytes]);
  }
  if (isText) throw new TypeError("isBase64Encoded is true, but body is not base64.");
  throw notRaw(body);
}

function textBytes(text: string, isBase64: boolean): Uint8Array | undefined {
  return isBase64 ? decodeBase64(text) : encodeUtf8(text);
}

function refuseLarge(bytes: number, tooLarge: () => Error): void {
  if (bytes > MAX_BODY_BYTES) throw tooLarge();
}
