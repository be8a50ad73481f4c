import type { RequestBody } from "./body.ts";
import { PayApiError } from "./errors.ts";
import type { PayClient } from "./pay-client.ts";
import { type JsonObject, payReplyError, payReplyObject, requestIdOf } from "./reply.ts";
import { withRetry } from "./retry.ts";
import { type Reply, send } from "./send.ts";
import { USER_AGENT } from "./version.ts";

/** A call of WeChat Pay v3. */
export interface PayCall {
  /** Name for `onAttempt`. */
  readonly operation: string;
  readonly method: string;
  /** Path and query exactly as they go out: they are signed. */
  readonly path: string;
  readonly contentType: string;
  readonly body: RequestBody;
  /** The bytes that stand for the body in the signature: the meta JSON of an upload. */
  readonly signedBody: Uint8Array;
}

/**
 * Signs, sends, verifies and reads one call, again where that may help; each try is signed anew.
 * Gives the JSON object of the reply.
 */
export function payExchange(
  pay: PayClient,
  call: PayCall,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<JsonObject> {
  const { signal } = options;
  const { repeatable } = call.body;
  return withRetry(pay.transport, { repeatable, signal }, (attempt) =>
    exchangeOnce(pay, call, signal, attempt),
  );
}

async function exchangeOnce(
  pay: PayClient,
  call: PayCall,
  signal: AbortSignal | undefined,
  attempt: number,
): Promise<JsonObject> {
  signal?.throwIfAborted();
  const { transport } = pay;
  const authorization = await pay.authorize({
    method: call.method,
    path: call.path,
    body: call.signedBody,
  });
  const started = transport.now();
  let reply: Reply | undefined;
  let apiCode: string | undefined;
  try {
    reply = await send(transport, outgoing(pay, call, authorization), signal);
    if (reply.status < 200 || reply.status > 299) throw payReplyError(reply, transport.now());
    await pay.verify(reply);
    return payReplyObject(reply);
  } catch (error) {
    if (error instanceof PayApiError) apiCode = error.apiCode;
    throw error;
  } finally {
    transport.onAttempt({
      operation: call.operation,
      attempt,
      status: reply?.status,
      ms: transport.now() - started,
      bytes: call.body.size,
      requestId: reply && requestIdOf(reply),
      serial: reply?.headers.get("wechatpay-serial") ?? undefined,
      apiCode,
    });
  }
}

function outgoing(
  pay: PayClient,
  call: PayCall,
  authorization: string,
): Parameters<typeof send>[1] {
  return {
    method: call.method,
    url: `${pay.origin}${call.path}`,
    headers: {
      Authorization: authorization,
      Accept: "application/json",
      "Content-Type": call.contentType,
      "User-Agent": USER_AGENT,
      ...(pay.wantedSerial === undefined ? {} : { "Wechatpay-Serial": pay.wantedSerial }),
    },
    body: call.body,
  };
}
