import type { AbortSignal } from "../async/abort-signal.ts";
import { encodeQuery, type Query } from "../http/query.ts";
import type { JsonObject, Reply, ReplyHead } from "../http/reply.ts";
import type { RequestBody } from "../http/request-body.ts";
import { type OutgoingRequest, send } from "../http/send.ts";
import type { Transport } from "../http/transport.ts";
import { USER_AGENT } from "../http/user-agent.ts";
import { MpApiError } from "./errors.ts";
import { redact, type Secrets } from "./redact.ts";
import { mpReplyObject } from "./reply.ts";

/** A call of an Official Account's API. */
export interface MpCall {
  /** Name for `onAttempt`. */
  readonly operation: string;
  readonly method: string;
  /** Another base URL than the client's. */
  readonly baseUrl?: string | undefined;
  /** Path without a query, such as `/cgi-bin/media/upload`. */
  readonly path: string;
  readonly query?: Query | undefined;
  readonly contentType?: string | undefined;
  readonly body?: RequestBody | undefined;
  /** Whether a second request would do harm, whatever a gateway answers to the first. */
  readonly once?: boolean | undefined;
}

/** Where calls are sent, and how. */
export interface MpGateway {
  readonly baseUrl: string;
  readonly transport: Transport;
}

/** Sends one try of a JSON call. Resolves with the JSON object of the reply; `onReply` is called before it is read. */
export async function sendMp(
  { baseUrl, transport }: MpGateway,
  call: MpCall,
  secrets: Secrets,
  signal: AbortSignal | undefined,
  attempt: number,
  onReply?: (reply: Reply) => void,
): Promise<JsonObject> {
  const run = async (onHead: (head: ReplyHead) => void): Promise<JsonObject> => {
    const request = mpRequestOf(baseUrl, call, secrets);
    const reply = await send(transport, request, signal, onHead);
    onReply?.(reply);
    return mpReplyObject(reply, endpointOf(call), transport.now(), secrets);
  };
  return reportAttempt(transport, call, attempt, run);
}

/** The path, with the action if one path has several. */
function endpointOf({ path, query }: MpCall): string {
  const { action } = query ?? {};
  return action === undefined ? path : `${path}?action=${action}`;
}

/** Twenty drafts or materials, each of up to eight articles with their content. */
const MAX_ARTICLES_BYTES = 16 * 1024 * 1024;

/** Makes the request of a call. */
export function mpRequestOf(
  baseUrl: string,
  { method, path, query, contentType, body, once }: MpCall,
  secrets: Secrets,
): OutgoingRequest {
  const encoded = encodeQuery({ ...secrets.query, ...query });
  return {
    method,
    url: `${baseUrl}${path}${encoded === "" ? "" : `?${encoded}`}`,
    headers: {
      Accept: "*/*",
      "User-Agent": USER_AGENT,
      ...(contentType === undefined ? {} : { "Content-Type": contentType }),
    },
    body,
    once,
    redact: (text) => redact(text, secrets),
    // draft/batchget, freepublish/getarticle, batchget_material and their kind answer with articles.
    maxReplyBytes: /get(?:article|_material)?$/.test(path) ? MAX_ARTICLES_BYTES : undefined,
  };
}

/** Runs one try and reports it to `onAttempt`, whether it succeeds or fails. */
export async function reportAttempt<T>(
  transport: Transport,
  { operation, body }: MpCall,
  attempt: number,
  run: (onHead: (head: ReplyHead) => void) => Promise<T>,
): Promise<T> {
  const started = transport.now();
  let status: number | undefined;
  let error: MpApiError | undefined;
  try {
    return await run((head) => {
      status = head.status;
    });
  } catch (thrown) {
    if (thrown instanceof MpApiError) error = thrown;
    throw thrown;
  } finally {
    transport.onAttempt({
      operation,
      attempt,
      status,
      ms: transport.now() - started,
      bytes: body?.size ?? 0,
      requestId: undefined,
      platformKeyId: undefined,
      apiCode: undefined,
      errcode: error?.errcode,
      rid: error?.rid,
    });
  }
}
