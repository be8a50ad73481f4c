import { feature } from "../feature.ts";
import { given } from "../given.ts";
import {
  type BodyReader,
  MAX_BODY_BYTES,
  readIncomingBody,
  type WebBody,
} from "../http/incoming-body.ts";
import { MessageError } from "./message-error.ts";

/** The members of a web Request that this library uses. */
export interface WebMessageRequest extends WebBody {
  readonly url: string;
}

/** A request that was received in another form than a web Request: Express, Koa, a function of a cloud. */
export interface RawMessageRequest {
  /** The address with its query, such as `request.originalUrl`; the part before the query does not matter. */
  readonly url: string;
  /** The raw bytes, or the raw text. */
  readonly body: Uint8Array | ArrayBuffer | string;
  /** True if `body` is base64, as functions of clouds get it. */
  readonly isBase64Encoded?: boolean | undefined;
}

/** A request that may be a message. */
export type MessageRequest = WebMessageRequest | RawMessageRequest;

const READER: BodyReader = {
  name: "readMessage",
  shape: "{ url, body }",
  tooLarge: () =>
    new MessageError(
      `The body of the request has more than ${MAX_BODY_BYTES} bytes. Messages of WeChat are far smaller, so it is something else.`,
      { reason: "too-large" },
    ),
  notRaw: (body) =>
    new TypeError(
      `body must be the raw bytes or the raw text of the request, not ${given(body)}. What a parser made of the XML is not read: in Express, use express.text({ type: "*/*" }) for this route.`,
    ),
};

/** Reads the whole body of a request. Throws MessageError if it has more than 1 MiB. */
export function readMessageBody(request: MessageRequest): Promise<Uint8Array<ArrayBuffer>> {
  return readIncomingBody(request, READER);
}

/** Returns the query of a request. Throws TypeError for anything but a request. */
export function queryOf(what: string, request: unknown): (name: string) => string | undefined {
  const isObject = typeof request === "object" && request !== null;
  const url = isObject ? feature(() => (request as { url?: unknown }).url) : undefined;
  if (typeof url !== "string") {
    throw new TypeError(
      `${what} needs a Request, or { url, body } with the address as it was asked for, not ${given(request)}. In Hono, pass c.req.raw; in Express, request.originalUrl is the url.`,
    );
  }
  const query = new URLSearchParams(/^[^?#]*\?([^#]*)/.exec(url)?.[1] ?? "");
  return (name) => {
    const [one, second] = query.getAll(name);
    if (second === undefined) return one === "" ? undefined : one;
    throw new MessageError(
      `The address has ${name} more than once: it is not from WeChat, or something on the way appended it.`,
      { reason: "query" },
    );
  };
}
