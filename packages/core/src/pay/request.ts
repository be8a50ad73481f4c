import type { AbortSignal } from "../async/abort-signal.ts";
import { checkWholeText, encodeUtf8 } from "../bytes/utf8.ts";
import { encodeJson } from "../http/json.ts";
import { encodeQuery, type Query } from "../http/query.ts";
import type { JsonObject } from "../http/reply.ts";
import { bytesBody } from "../http/request-body.ts";
import type { UnknownOutcomeOptions } from "../http/unknown-outcome.ts";
import { BOOLEAN, checkInput, checkOptions, type OptionKinds } from "../options.ts";
import { checkMethod } from "./call.ts";
import type { PayClient } from "./client.ts";
import { payExchange } from "./exchange.ts";
import { onlyOnce } from "./once.ts";
import { checkPayPath, pathOnTheWire } from "./path.ts";
import { payReplyObject } from "./reply.ts";

/** A call of WeChat Pay v3. */
export interface PayRequest {
  /** GET, POST, PUT, PATCH or DELETE. */
  readonly method: string;
  /** Path such as `/v3/certificates`, with its parameters filled in and encoded. */
  readonly path: string;
  /** Query parameters, not encoded yet; undefined ones are left out. */
  readonly query?: Query | undefined;
  /** The JSON body: an object, or a string that is sent as it is. */
  readonly body?: object | string | undefined;
}

/** Options of {@link payRequest}. */
export interface PayRequestOptions extends UnknownOutcomeOptions {
  /** Stops the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether to repeat the call after a lost reply, at the risk of doing it twice: true by default for GET, false for
   * other methods.
   */
  readonly retryUnknown?: boolean | undefined;
  /** The `platformKeyId` that {@link encryptSensitive} returned, if the body has encrypted fields. */
  readonly platformKeyId?: string | undefined;
}

const REQUEST_OPTIONS: OptionKinds<PayRequestOptions> = {
  signal: "signal",
  retryUnknown: BOOLEAN,
  platformKeyId: "text",
};

/**
 * Makes any call of WeChat Pay v3 whose reply is signed JSON: signs the exact bytes that it sends, and verifies the
 * reply.
 *
 * The type that you pass for the reply (`payRequest<{ applyment_id: number }>(…)`) is not checked at run time.
 * Whole numbers beyond 2^53 come as strings, because a number would lose their last digits.
 *
 * @returns the JSON object of the reply; an empty object if WeChat Pay answers without a body (204)
 * @throws TypeError if the request is malformed
 * @throws PayApiError if WeChat Pay answers with an error
 * @throws OutcomeUnknownError if the reply to another method than GET is lost
 * @throws SignatureError if the signature of the reply is missing or wrong
 * @throws KeyError if a key cannot be used
 * @throws NetworkError, TimeoutError or ReplyError if no usable reply comes
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365335
 *
 * @example
 * ```ts
 * import { createPayClient, payRequest } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const request = { method: "GET", path: "/v3/certificates" };
 * const { data } = await payRequest<{ data: object[] }>(pay, request);
 * console.log(data.length); // 1
 * ```
 */
export async function payRequest<Result extends object = JsonObject>(
  pay: PayClient,
  request: PayRequest,
  options: PayRequestOptions = {},
): Promise<Result> {
  checkOptions("payRequest", options, REQUEST_OPTIONS);
  checkInput("payRequest", request, "{ method, path }");
  const { method } = request;
  checkMethod(method);
  checkPayPath(request.path);
  const path = withQuery(request);
  const body = encodeBody(request);
  const retryUnknown = options.retryUnknown ?? method === "GET";
  const lookAt = `what ${method} ${request.path} was to change (a GET of WeChat Pay shows it)`;
  const once = retryUnknown ? undefined : onlyOnce({ lookAt });
  const reply = await payExchange(
    pay,
    {
      operation: "payRequest",
      method,
      path,
      platformKeyId: options.platformKeyId,
      signedBody: body ?? new Uint8Array(0),
      ...(body === undefined ? {} : { contentType: "application/json", body: bytesBody([body]) }),
    },
    { signal: options.signal, repeatable: true, once },
  );
  if (reply.body.byteLength === 0) return {} as Result;
  try {
    return payReplyObject(reply) as Result;
  } catch (error) {
    throw once?.explained("payRequest", error) ?? error;
  }
}

/** Path and query, encoded once, so that the signed query is the one that is sent. */
export function withQuery({ path, query }: Pick<PayRequest, "path" | "query">): string {
  const encoded = encodeQuery(query);
  if (encoded === "") return path;
  // fetch also encodes an apostrophe, which encodeURIComponent does not; the signature must cover the result.
  return pathOnTheWire(`${path}${path.includes("?") ? "&" : "?"}${encoded}`);
}

const TAKEN = { kinds: ["Object", "Array"], wanted: "an object or array for JSON, or a string" };

function encodeBody({ method, body }: PayRequest): Uint8Array<ArrayBuffer> | undefined {
  if (body === undefined) return undefined;
  if (method === "GET") throw new TypeError("A GET has no body: pass its parameters in query.");
  if (typeof body !== "string") return encodeJson(body, TAKEN);
  checkWholeText("body", body);
  return encodeUtf8(body);
}
