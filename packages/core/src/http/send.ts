import type { AbortSignal } from "../async/abort-signal.ts";
import { concatBytes } from "../bytes/concat.ts";
import { NetworkError, ReplyError, WechatError } from "../errors.ts";
import { feature } from "../feature.ts";
import type { OpenBody, RequestBody } from "./body.ts";
import { createDeadline, type Deadline } from "./deadline.ts";
import type { FetchInit, FetchResponse, ReplyHeaders } from "./fetch-type.ts";
import { disableLengthHeader, streamSentAsText, supportsLengthHeader } from "./length-header.ts";
import type { Transport } from "./transport.ts";

/** One request, ready to be sent. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RequestBody | undefined;
  /** Removes secrets from error messages: some runtimes put the URL, with its token, into theirs. */
  readonly redact?: ((text: string) => string) | undefined;
}

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

/** WeChat's JSON replies have a few hundred bytes; a reply larger than this is not WeChat's. */
const MAX_REPLY_BYTES = 1024 * 1024;

/**
 * Sends a request once and reads the reply, both within `timeout`. Follows no redirects. Rejects with the signal's
 * reason if it aborts, with the error of the body if that fails, else with TimeoutError, NetworkError or ReplyError.
 *
 * @param onHead - called as soon as status and headers are there, even if the body fails later
 */
export async function send(
  transport: Transport,
  request: OutgoingRequest,
  signal: AbortSignal | undefined,
  onHead: (head: ReplyHead) => void = () => undefined,
): Promise<Reply> {
  const deadline = createDeadline(transport.timeout, signal);
  try {
    return await deadline.within(async () => {
      const response = await transmit(transport, request, deadline, onHead);
      const { status, headers } = response;
      return { status, headers, body: await readBody(response) };
    });
  } catch (error) {
    if (deadline.signal.aborted || error instanceof WechatError) throw error;
    throw networkError(error, request.redact);
  } finally {
    deadline.close();
  }
}

/**
 * Resolves with the response as soon as its head is there. Throws the errors of fetch, and ReplyError for a redirect.
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
  const { status, headers } = response;
  onHead({ status, headers });
  if (response.type === "opaqueredirect" || (status >= 300 && status < 400)) {
    await response.body?.cancel();
    throw redirected(status);
  }
  return response;
}

/** Statuses for a body without a length: 412 from WeChat, 411 by the standard. */
const LENGTH_REQUIRED: readonly number[] = [411, 412];

/** Resolves with undefined if the stream was sent without its length after all, or not at all: WeChat did nothing. */
async function askStreaming(
  transport: Transport,
  request: OutgoingRequest,
  deadline: Deadline,
): Promise<FetchResponse | undefined> {
  const body = await openBody(request, deadline, true);
  try {
    const response = await ask(transport, request, deadline, body);
    if (body?.length === undefined || !LENGTH_REQUIRED.includes(response.status)) return response;
    await response.body?.cancel();
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

async function readBody(response: FetchResponse): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.byteLength;
    if (length > MAX_REPLY_BYTES) {
      await reader.cancel();
      throw new ReplyError(
        `The reply (status ${response.status}) is larger than ${MAX_REPLY_BYTES} bytes. Replies of WeChat are far smaller, so something else answered: check baseUrl and the network.`,
        { status: response.status, requestId: response.headers.get("request-id") ?? undefined },
      );
    }
  }
  return concatBytes(chunks);
}

function redirected(status: number): ReplyError {
  return new ReplyError(
    `The reply is a redirect${status === 0 ? "" : ` (status ${status})`}. WeChat never redirects, and the request is not sent to another address: check baseUrl and the network.`,
    { status },
  );
}

/** With redirect: "error" a redirect makes fetch fail; Node, Deno and Bun say so in the message. */
export function networkError(error: unknown, redact: OutgoingRequest["redact"]): WechatError {
  const text = redact === undefined ? errorText(error) : redact(errorText(error));
  // Without the URL, which Deno and Bun put into their messages.
  if (/redirect/i.test(text.replace(/https?:\S+/g, ""))) return redirected(0);
  const cause = redact === undefined ? error : new Error(text);
  return new NetworkError(`No complete reply came: ${text.replace(/\.$/, "")}.`, { cause });
}

function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
