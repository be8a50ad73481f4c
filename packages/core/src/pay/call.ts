import type { AbortSignal } from "../async/abort-signal.ts";
import { given, shown } from "../given.ts";
import type { Reply, ReplyHead } from "../http/reply.ts";
import type { RequestBody } from "../http/request-body.ts";
import { type OutgoingRequest, send } from "../http/send.ts";
import type { Transport } from "../http/transport.ts";
import { USER_AGENT } from "../http/user-agent.ts";
import { checkInput, checkText } from "../options.ts";
import { PayApiError } from "./errors.ts";
import { isOnTheWire } from "./path.ts";
import { payReplyError, requestIdOf } from "./reply.ts";

/** A signature for one request. */
export interface SignedRequest {
  /** Value of the Authorization header. */
  readonly authorization: string;
  /** The string that was signed, as bytes. */
  readonly message: Uint8Array;
}

/** The parts of a request that its signature covers. */
export interface PayRequestToSign {
  /** Such as `POST`. */
  readonly method: string;
  /** Path and query exactly as you send them. */
  readonly path: string;
  /** The bytes of the body; for an upload, the bytes of its `meta` JSON. */
  readonly body: Uint8Array;
}

/** Throws TypeError if the request is malformed. */
export function checkRequestToSign(request: PayRequestToSign): void {
  checkInput("sign", request, "{ method, path, body }");
  const { method, path, body } = request;
  checkMethod(method);
  checkText("path", path);
  if (!isOnTheWire(path)) {
    throw new TypeError(
      `path must be an encoded path, such as "/v3/certificates", not ${shown(path)}.`,
    );
  }
  if (body instanceof Uint8Array) return;
  throw new TypeError(
    `body must be a Uint8Array, not ${given(body)}. Pass an empty one for no body.`,
  );
}

const METHODS: readonly string[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Throws TypeError for a method that WeChat Pay does not take; `get` is signed otherwise than it is sent. */
export function checkMethod(method: string): void {
  if (METHODS.includes(method)) return;
  throw new TypeError(`method must be GET, POST, PUT, PATCH or DELETE, not ${shown(method)}.`);
}

/** Signs requests, and knows where to send them. */
export interface PaySigner {
  readonly baseUrl: string;
  readonly transport: Transport;
  /** Signs with a new timestamp and nonce. */
  sign(request: PayRequestToSign): Promise<SignedRequest>;
}

/** A call of WeChat Pay v3. */
export interface PayCall {
  /** Name for `onAttempt`. */
  readonly operation: string;
  readonly method: string;
  /** Path and query exactly as they are sent, because they are signed. */
  readonly path: string;
  /** Id of the platform key that should sign the reply, or that encrypted fields of the body. */
  readonly platformKeyId: string | undefined;
  readonly contentType?: string | undefined;
  readonly body?: RequestBody | undefined;
  /** Whether a second request would do harm, whatever a gateway answers to the first. */
  readonly once?: boolean | undefined;
  /** The bytes that are signed as the body; for an upload, its `meta` JSON. */
  readonly signedBody: Uint8Array;
}

/**
 * Signs and sends one try. Returns a 2xx reply, not verified yet.
 *
 * @param onReply - called with any reply, before the error that it may be is thrown
 */
export function sendSigned(
  signer: PaySigner,
  call: PayCall,
  signal: AbortSignal | undefined,
  attempt: number,
  onReply?: (reply: Reply) => void,
): Promise<Reply> {
  const { transport } = signer;
  return signedTry(signer, call, attempt, async (request, signed, onHead) => {
    const reply = await send(transport, request, signal, onHead);
    onReply?.(reply);
    if (reply.status >= 200 && reply.status <= 299) return reply;
    throw payReplyError(reply, signed, transport.now());
  });
}

/** Signs one try, has it sent, and reports it to `onAttempt`. */
export async function signedTry<T>(
  signer: PaySigner,
  call: PayCall,
  attempt: number,
  perform: (
    request: OutgoingRequest,
    signed: Uint8Array,
    onHead: (head: ReplyHead) => void,
  ) => Promise<T>,
): Promise<T> {
  const { transport } = signer;
  const { method, path, body, signedBody, once } = call;
  const { authorization, message } = await signer.sign({ method, path, body: signedBody });
  const started = transport.now();
  let head: ReplyHead | undefined;
  let apiCode: string | undefined;
  try {
    const url = `${signer.baseUrl}${path}`;
    const request = { method, url, headers: headersOf(call, authorization), body, once };
    return await perform(request, message, (received) => {
      head = received;
    });
  } catch (error) {
    if (error instanceof PayApiError) apiCode = error.apiCode;
    throw error;
  } finally {
    transport.onAttempt({
      operation: call.operation,
      attempt,
      status: head?.status,
      ms: transport.now() - started,
      bytes: body?.size ?? 0,
      requestId: head && requestIdOf(head),
      platformKeyId: head?.headers.get("wechatpay-serial") ?? undefined,
      apiCode,
      errcode: undefined,
      rid: undefined,
    });
  }
}

function headersOf(call: PayCall, authorization: string): Record<string, string> {
  return {
    Authorization: authorization,
    Accept: "application/json",
    "User-Agent": USER_AGENT,
    ...(call.contentType !== undefined && { "Content-Type": call.contentType }),
    ...(call.platformKeyId !== undefined && { "Wechatpay-Serial": call.platformKeyId }),
  };
}
