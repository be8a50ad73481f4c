import type { ReadableStreamLike } from "../bytes/readable-stream-like.ts";
import { feature } from "../feature.ts";
import { given } from "../given.ts";
import type { ReplyHeaders } from "../http/fetch-type.ts";
import { type BodyReader, MAX_BODY_BYTES, readIncomingBody } from "../http/incoming-body.ts";
import { NotificationError } from "./notification-error.ts";

/** The members of a web Request that this library uses. */
export interface WebRequest {
  readonly headers: { get(name: string): string | null };
  readonly body?: ReadableStreamLike | null | undefined;
  readonly bodyUsed?: boolean | undefined;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Headers, a Map, or an object such as Node's `request.headers`; names in any case. */
export type HeadersLike =
  | { get(name: string): string | null | undefined }
  | Iterable<readonly [string, unknown]>
  | Readonly<Record<string, unknown>>;

/** A request that was received in another form than a web Request: Express, Koa, a function of a cloud. */
export interface RawNotification {
  readonly headers: HeadersLike;
  /** The raw bytes, or the raw text: JSON that was parsed and written again does not verify. */
  readonly body: Uint8Array | ArrayBuffer | string;
  /** True if `body` is base64, as functions of clouds get it. */
  readonly isBase64Encoded?: boolean | undefined;
}

/** A request that may be a notification. */
export type NotificationRequest = WebRequest | RawNotification;

/** A request whose body was read. */
export interface Incoming {
  readonly headers: ReplyHeaders;
  readonly body: Uint8Array<ArrayBuffer>;
}

/**
 * Reads the whole body of a request. Throws TypeError for anything but a request with its raw body, NotificationError
 * if the body has more than 1 MiB.
 */
export async function readIncoming(request: NotificationRequest): Promise<Incoming> {
  const { headers } = checkRequest(request);
  return { headers: readHeaders(headers), body: await readIncomingBody(request, READER) };
}

function checkRequest(request: unknown): { readonly headers: unknown } {
  const isObject = typeof request === "object" && request !== null;
  const headers = isObject ? feature(() => (request as { headers?: unknown }).headers) : undefined;
  if (typeof headers === "object" && headers !== null) return { headers };
  throw new TypeError(
    `readNotification needs a Request, or { headers, body } with the raw body, not ${given(request)}. In Hono, pass c.req.raw.`,
  );
}

const READER: BodyReader = {
  name: "readNotification",
  shape: "{ headers, body }",
  tooLarge: () =>
    new NotificationError(
      `The body of the request has more than ${MAX_BODY_BYTES} bytes. Notifications of WeChat Pay are far smaller, so it is something else.`,
      { reason: "too-large" },
    ),
  notRaw(body) {
    const parsed = typeof body === "object" && body !== null;
    const why = parsed
      ? "A body that was parsed does not verify, because JSON can be written in many ways"
      : "The signature is over the bytes of the body";
    return new TypeError(
      `body must be the raw bytes or the raw text of the request, not ${given(body)}. ${why}: in Express, use express.raw({ type: "*/*" }) for this route instead of express.json().`,
    );
  },
};

/** A view of any kind of headers that finds names in any case. */
function readHeaders(headers: unknown): ReplyHeaders {
  if (!isIterable(headers) && hasGet(headers)) {
    return { get: (name) => oneText(headers.get(name)) };
  }
  const known = new Map<string, string | null>();
  for (const [name, value] of isIterable(headers) ? headers : Object.entries(headers as object)) {
    known.set(String(name).toLowerCase(), oneText(value));
  }
  return { get: (name) => known.get(name) ?? null };
}

function isIterable(value: unknown): value is Iterable<readonly [unknown, unknown]> {
  return typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === "function";
}

function hasGet(value: unknown): value is { get(name: string): unknown } {
  return typeof (value as { get?: unknown }).get === "function";
}

/** Some servers give a list for each header; one that was sent twice is none. */
function oneText(value: unknown): string | null {
  const [one, second]: readonly unknown[] = Array.isArray(value) ? value : [value];
  return typeof one === "string" && second === undefined ? one.trim() : null;
}
