import { concatBytes } from "../bytes/concat.ts";
import { NetworkError, ReplyError, WechatError } from "../errors.ts";
import type { OpenBody, RequestBody } from "./body.ts";
import { createDeadline, type Deadline } from "./deadline.ts";
import { disableLengthHeader, streamSentAsText, supportsLengthHeader } from "./length-header.ts";
import type { Transport } from "./transport.ts";

/** One request, ready to go. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RequestBody | undefined;
  /** Strikes out what no error may show: some runtimes put the URL, with its token, into theirs. */
  readonly redact?: ((text: string) => string) | undefined;
}

/** What comes before a reply's body. */
export interface ReplyHead {
  readonly status: number;
  readonly headers: Headers;
}

/** A reply, read whole. */
export interface Reply extends ReplyHead {
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Replies of WeChat's JSON calls are a few hundred bytes; more than this is no reply of theirs. */
const MAX_REPLY_BYTES = 1024 * 1024;

/**
 * Sends once and reads the reply, both within `timeout`. Redirects are never followed.
 * Rejects with the signal's own reason when it aborts, with what the body threw, else with
 * TimeoutError, NetworkError or ReplyError.
 *
 * @param onHead - called as soon as status and headers are there, whatever becomes of the body
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

/** Gives the response as soon as its head is there. Throws what fetch throws, and ReplyError for a redirect. */
export async function transmit(
  transport: Transport,
  request: OutgoingRequest,
  deadline: Deadline,
  onHead: (head: ReplyHead) => void,
): Promise<Response> {
  // A fetch of the caller's own may do with a stream what it likes.
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

/** What answers a chunked body: 412 at WeChat, 411 by the standard. */
const LENGTH_REQUIRED: readonly number[] = [411, 412];

/** Undefined where a stream went out without its length after all, or not at all: WeChat has done nothing. */
async function askStreaming(
  transport: Transport,
  request: OutgoingRequest,
  deadline: Deadline,
): Promise<Response | undefined> {
  const body = await openBody(request, deadline, true);
  try {
    const response = await ask(transport, request, deadline, body);
    if (body?.length === undefined || !LENGTH_REQUIRED.includes(response.status)) return response;
    await response.body?.cancel();
  } catch (error) {
    if (error !== streamSentAsText) throw error;
  }
  disableLengthHeader();
  return undefined;
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
): Promise<Response> {
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
    // Together with redirect: "error" this keeps Node from holding a second copy of the body.
    window: null,
    ...(length !== undefined && { duplex: "half" }),
  });
}

let knownRedirectMode: RequestRedirect | undefined;

/** "error", or "manual" where the runtime does not have it (workerd). */
function redirectMode(): RequestRedirect {
  if (knownRedirectMode === undefined) {
    try {
      knownRedirectMode = new Request("http://localhost/", { redirect: "error" }).redirect;
    } catch {
      knownRedirectMode = "manual";
    }
  }
  return knownRedirectMode;
}

async function readBody(response: Response): Promise<Uint8Array<ArrayBuffer>> {
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

/** With redirect: "error" a redirect is a failed fetch; Node, Deno and Bun say so in the error's text. */
export function networkError(error: unknown, redact: OutgoingRequest["redact"]): WechatError {
  const text = redact === undefined ? errorText(error) : redact(errorText(error));
  // Not in the URL, which Deno and Bun put into their texts.
  if (/redirect/i.test(text.replace(/https?:\S+/g, ""))) return redirected(0);
  const cause = redact === undefined ? error : new Error(text);
  return new NetworkError(`No complete reply came: ${text.replace(/\.$/, "")}.`, { cause });
}

function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
