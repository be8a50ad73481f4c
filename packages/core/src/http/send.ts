import type { AbortSignal } from "../async/abort-signal.ts";
import { WechatError } from "../errors.ts";
import { feature } from "../feature.ts";
import { createDeadline, type Deadline } from "./deadline.ts";
import type { FetchInit, FetchResponse } from "./fetch-type.ts";
import { checkHeaderValues } from "./header-values.ts";
import { disableLengthHeader, streamSentAsText, supportsLengthHeader } from "./length-header.ts";
import { networkError, proxyRefusal, redirected } from "./network-error.ts";
import { type Reply, type ReplyHead, readBody } from "./reply.ts";
import type { OpenBody, RequestBody } from "./request-body.ts";
import { type BodyReader, bodyReader, discardBody } from "./response-body.ts";
import type { Transport } from "./transport.ts";
import { isUnusableResponse } from "./unusable-response.ts";

/** One request, ready to be sent. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RequestBody | undefined;
  /** Removes secrets from error messages: some runtimes put the URL, with its token, into theirs. */
  readonly redact?: ((text: string) => string) | undefined;
  /** Whether a second request would do harm, whatever a gateway answers to the first. */
  readonly once?: boolean | undefined;
  /** The largest reply that is read, if it is not the usual one. */
  readonly maxReplyBytes?: number | undefined;
}

/**
 * Sends a request once and reads the reply, both within `timeout`. Follows no redirects. Rejects with the signal's
 * reason if it aborts, with the error of the body if that fails, else with TimeoutError, NetworkError or ReplyError, and
 * with TypeError if fetch returns no Response that can be read.
 *
 * @param onHead - called as soon as status and headers are there, even if the body fails later
 */
export async function send(
  transport: Transport,
  request: OutgoingRequest,
  signal: AbortSignal | undefined,
  onHead: (head: ReplyHead) => void = () => undefined,
): Promise<Reply> {
  checkHeaderValues(request.headers);
  const deadline = createDeadline(transport.timeout, signal);
  let reader: BodyReader | undefined;
  try {
    return await deadline.within(async () => {
      const response = await transmit(transport, request, deadline, onHead);
      const { status, headers } = response;
      reader = bodyReader(response);
      return { status, headers, body: await readBody(response, request.maxReplyBytes, reader) };
    });
  } catch (error) {
    // A fetch of the caller's may ignore the signal, and go on sending. Not awaited: that may take its time.
    reader?.cancel(error).catch(() => undefined);
    throw sendError(error, request, deadline);
  } finally {
    deadline.close();
  }
}

/** Errors of this library pass as they are: only what fetch and the body reject with is an error of the network. */
export function sendError(error: unknown, request: OutgoingRequest, deadline: Deadline): unknown {
  const isOwn = error instanceof WechatError || isUnusableResponse(error);
  return isOwn || deadline.signal.aborted ? error : networkError(error, request.redact);
}

/**
 * Resolves with the response as soon as its head is there. Throws the errors of fetch, and ReplyError for a redirect and a 407.
 */
export async function transmit(
  transport: Transport,
  request: OutgoingRequest,
  deadline: Deadline,
  onHead: (head: ReplyHead) => void,
): Promise<FetchResponse> {
  // A caller's own fetch may not send a stream with its length.
  const mayStream = transport.isFetchGlobal && supportsLengthHeader();
  const response =
    (mayStream ? await askStreaming(transport, request, deadline) : undefined) ??
    (await ask(transport, request, deadline, await openBody(request, deadline, false)));
  if (deadline.signal.aborted) {
    // A fetch of the caller's may not listen to the signal: nobody waits for this reply any more.
    await discardBody(response);
    throw deadline.signal.reason;
  }
  const { status, headers } = response;
  onHead({ status, headers });
  // A fetch of the caller's may have followed it nevertheless.
  const isFollowed = response.redirected === true;
  const isRedirect =
    isFollowed || response.type === "opaqueredirect" || (status >= 300 && status < 400);
  if (isRedirect || status === 407) {
    await discardBody(response);
    throw isRedirect ? redirected(isFollowed ? 0 : status) : proxyRefusal();
  }
  return response;
}

/** Statuses for a body without a length: 412 from WeChat, 411 by the standard. */
const LENGTH_REQUIRED: readonly number[] = [411, 412];

/**
 * Resolves with undefined if the stream was sent without its length after all, or not at all: WeChat did nothing. But a
 * proxy may say the same of its own accord, so what must not be done twice is not sent again.
 */
async function askStreaming(
  transport: Transport,
  request: OutgoingRequest,
  deadline: Deadline,
): Promise<FetchResponse | undefined> {
  const body = await openBody(request, deadline, true);
  try {
    const response = await ask(transport, request, deadline, body);
    if (body?.length === undefined || !LENGTH_REQUIRED.includes(response.status)) return response;
    if (request.once === true) {
      disableLengthHeader();
      return response;
    }
    await discardBody(response);
  } catch (error) {
    if (body?.length === undefined || !isNothingSent(error)) throw error;
  }
  disableLengthHeader();
  return undefined;
}

/** In Next.js's development server, fetch turns the stream into bytes, and undici then refuses the extra header. */
function isNothingSent(error: unknown): boolean {
  const cause =
    error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  return error === streamSentAsText || cause?.code === "UND_ERR_INVALID_ARG";
}

async function openBody(
  request: OutgoingRequest,
  deadline: Deadline,
  mayStream: boolean,
): Promise<OpenBody | undefined> {
  const onBroken = (error: unknown): never => {
    deadline.fail(error);
    throw error;
  };
  const body = await request.body?.open(mayStream).catch(onBroken);
  body?.sent.catch(onBroken).catch(() => undefined);
  return body;
}

function ask(
  transport: Transport,
  request: OutgoingRequest,
  deadline: Deadline,
  body: OpenBody | undefined,
): Promise<FetchResponse> {
  const { length } = body ?? {};
  return transport.fetch(request.url, {
    method: request.method,
    headers:
      length === undefined
        ? request.headers
        : { ...request.headers, "content-length": String(length) },
    body: body?.content ?? null,
    signal: deadline.signal,
    redirect: redirectMode(),
    // With redirect: "error" this keeps Node from holding a second copy of the body.
    window: null,
    ...(length !== undefined && { duplex: "half" }),
  });
}

type RedirectMode = NonNullable<FetchInit["redirect"]>;

let knownRedirectMode: RedirectMode | undefined;

/** "error", or "manual" in a runtime without it (workerd). */
function redirectMode(): RedirectMode {
  const error = (): RedirectMode =>
    new Request("http://localhost/", { redirect: "error" }).redirect as RedirectMode;
  knownRedirectMode ??= feature(error) ?? "manual";
  return knownRedirectMode;
}
