import type { AbortSignal } from "../async/abort-signal.ts";
import { shown } from "../given.ts";
import { encodeQuery, type Query } from "../http/query.ts";
import type { JsonObject } from "../http/reply.ts";
import type { UnknownOutcomeOptions } from "../http/unknown-outcome.ts";
import { BOOLEAN, checkInput, checkOptions, type OptionKinds } from "../options.ts";
import { advising } from "./advising.ts";
import { ARTICLE_ADVICE } from "./article-errcodes.ts";
import type { MpClient } from "./client.ts";
import { COMMENT_ADVICE } from "./comment-errcodes.ts";
import { mpExchange } from "./exchange.ts";
import { jsonBody } from "./json-body.ts";
import { onlyOnce } from "./once.ts";
import { PLATFORM_ADVICE } from "./platform-errcodes.ts";
import { isRepeatable } from "./reading-call.ts";

/** A JSON call of an Official Account's API. */
export interface MpRequest {
  /** GET or POST. */
  readonly method: string;
  /** Path without a query, such as `/cgi-bin/material/batchget_material`. */
  readonly path: string;
  /** Query parameters, not encoded yet; undefined ones are left out. The client adds the access_token. */
  readonly query?: Query | undefined;
  /** The JSON body, with the field names of WeChat's documents. */
  readonly body?: object | undefined;
}

/** Options of {@link mpRequest}. */
export interface MpRequestOptions extends UnknownOutcomeOptions {
  /** Stops the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether to repeat the call after a lost reply, at the risk of doing it twice. By default true for a POST that only
   * reads by WeChat's names (`get…`, `batchget…`, `query…`, `list`, `/datacube/…`), and for a GET that is not named as one
   * that changes something (`delete`, `undocodeaudit`, `jscode2session`); false for any other, and for all of
   * `platformRequest`.
   */
  readonly retryUnknown?: boolean | undefined;
}

const ONCE_OPTIONS: OptionKinds<MpRequestOptions> = {
  signal: "signal",
  retryUnknown: BOOLEAN,
};

/**
 * Makes any JSON call of an Official Account's API, and adds the access_token. If WeChat refuses the token, the client
 * takes another one and repeats the call once.
 *
 * The type that you pass for the reply (`mpRequest<{ image_count: number }>(…)`) is not checked at run time.
 * Whole numbers beyond 2^53, as ids may be, come as strings, because a number would lose their last digits.
 *
 * @returns the JSON object of the reply
 * @throws TypeError if the request is malformed
 * @throws MpApiError if WeChat answers with an `errcode` other than 0
 * @throws OutcomeUnknownError if the reply to a POST that may change something is lost, or is -1 (busy)
 * @throws NetworkError, TimeoutError or ReplyError if no usable reply comes
 * @see https://developers.weixin.qq.com/doc/service/api/
 *
 * @example
 * ```ts
 * import { createMpClient, mpRequest } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const request = { method: "GET", path: "/cgi-bin/material/get_materialcount" };
 * const { image_count } = await mpRequest(mp, request);
 * console.log(image_count); // 0
 * ```
 */
export async function mpRequest<Result extends object = JsonObject>(
  mp: MpClient,
  request: MpRequest,
  options: MpRequestOptions = {},
): Promise<Result> {
  checkOptions("mpRequest", options, ONCE_OPTIONS);
  checkInput("mpRequest", request, "{ method, path }");
  const { method, path, query, body } = request;
  if (method !== "GET" && method !== "POST") {
    throw new TypeError(`method must be GET or POST, not ${shown(method)}.`);
  }
  checkMpPath(path);
  encodeQuery(query); // throws if it is malformed
  if (Object.hasOwn(query ?? {}, "access_token")) {
    throw new TypeError("query must not have access_token: the client adds it.");
  }
  if (method === "GET" && body !== undefined) {
    throw new TypeError("A GET has no body: pass its parameters in query.");
  }
  const retryUnknown = options.retryUnknown ?? isRepeatable(method, path, query);
  const reply = await mpExchange(
    mp,
    { operation: "mpRequest", method, path, query, ...(body !== undefined && jsonBody(body)) },
    {
      signal: options.signal,
      once: onlyOnce({ lookAt: `what ${path} was to change` }),
      retryUnknown,
    },
  ).catch(advising(path, ARTICLE_ADVICE, COMMENT_ADVICE, PLATFORM_ADVICE));
  return reply as Result;
}

function checkMpPath(path: unknown): void {
  const good =
    typeof path === "string" && /^(?:\/[\w.~-]+)+$/.test(path) && !/\/\.+(?:\/|$)/.test(path);
  if (!good) {
    throw new TypeError(
      `path must be a path without a query, such as "/cgi-bin/material/get_materialcount", not ${shown(path)}.`,
    );
  }
}
