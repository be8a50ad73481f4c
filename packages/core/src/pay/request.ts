import type { AbortSignal } from "../async/abort-signal.ts";
import { checkWholeText, encodeUtf8 } from "../bytes/utf8.ts";
import { shown } from "../given.ts";
import { bytesBody } from "../http/body.ts";
import { encodeJson } from "../http/json.ts";
import { encodeQuery, type Query } from "../http/query.ts";
import type { JsonObject } from "../http/reply.ts";
import type { UnknownOutcomeOptions } from "../http/unknown-outcome.ts";
import { checkInput, checkOptions, type OptionKinds } from "../options.ts";
import type { PayClient } from "./client.ts";
import { payExchange } from "./exchange.ts";
import { checkPayPath, pathOnTheWire } from "./path.ts";
import { payReplyObject } from "./reply.ts";

/** Any call of WeChat Pay v3. */
export interface PayRequest {
  /** GET, POST, PUT, PATCH or DELETE. */
  readonly method: string;
  /** Path of v3, with its parameters in place and encoded. */
  readonly path: string;
  /** Query parameters, not encoded yet; undefined ones are left out. */
  readonly query?: Query | undefined;
  /** The JSON body: an object, or a string that goes out as it is. */
  readonly body?: object | string | undefined;
}

/** Options of {@link payRequest}. */
export interface PayRequestOptions extends UnknownOutcomeOptions {
  readonly signal?: AbortSignal | undefined;
  /** True for GET by default, and false for all others. */
  readonly retryUnknown?: boolean | undefined;
  /** `platformKeyId` of {@link encryptSensitive}, where the body holds encrypted fields. */
  readonly platformKeyId?: string | undefined;
}

const METHODS: readonly string[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

const REQUEST_OPTIONS: OptionKinds<PayRequestOptions> = {
  signal: "signal",
  retryUnknown: "boolean",
  platformKeyId: "text",
};

/**
 * Makes any call of WeChat Pay v3: signed over the exact bytes that go out, its reply verified.
 *
 * A type for the reply (`payRequest<{ applyment_id: number }>(…)`) is your claim: none of its fields is checked.
 *
 * @returns the reply's JSON object, or an empty one where WeChat Pay answers without a body (204)
 * @throws TypeError where method or path are none; OutcomeUnknownError where the reply of anything but a GET was lost; PayApiError, SignatureError, NetworkError, TimeoutError, ReplyError, KeyError
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365335
 *
 * @example
 * ```ts
 * const error = await payRequest(pay, {
 *   method: "GET",
 *   path: "/v3/merchant-service/complaints-v2",
 *   query: { begin_date: "2026-11-01", end_date: "2026-11-22" },
 * }).catch((thrown) => thrown);
 * console.log(error.status); // 404
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
  if (!METHODS.includes(method)) {
    throw new TypeError(`method must be GET, POST, PUT, PATCH or DELETE, not ${shown(method)}.`);
  }
  checkPayPath(request.path);
  const path = withQuery(request);
  const body = encodeBody(request);
  const retryUnknown = options.retryUnknown ?? method === "GET";
  const lookAt = `what ${method} ${request.path} was to change (a GET of WeChat Pay shows it)`;
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
    { signal: options.signal, repeatable: true, once: { lookAt }, retryUnknown },
  );
  return (reply.body.byteLength === 0 ? {} : payReplyObject(reply)) as Result;
}

/** Encoded once: what is signed is what goes out. */
function withQuery({ path, query }: PayRequest): string {
  const encoded = encodeQuery(query);
  if (encoded === "") return path;
  // fetch encodes more than encodeURIComponent does (an apostrophe), and what goes out is signed.
  return pathOnTheWire(`${path}${path.includes("?") ? "&" : "?"}${encoded}`);
}

const TAKEN = { kinds: ["Object", "Array"], wanted: "an object for JSON or a string" };

function encodeBody({ method, body }: PayRequest): Uint8Array<ArrayBuffer> | undefined {
  if (body === undefined) return undefined;
  if (method === "GET") throw new TypeError("A GET has no body: pass its parameters in query.");
  if (typeof body !== "string") return encodeJson(body, TAKEN);
  checkWholeText("body", body);
  return encodeUtf8(body);
}
