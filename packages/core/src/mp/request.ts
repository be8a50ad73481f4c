import type { AbortSignal } from "../async/abort-signal.ts";
import { shown } from "../given.ts";
import { bytesBody, type RequestBody } from "../http/body.ts";
import { encodeJson } from "../http/json.ts";
import { encodeQuery, type Query } from "../http/query.ts";
import type { JsonObject } from "../http/reply.ts";
import type { UnknownOutcomeOptions } from "../http/unknown-outcome.ts";
import { checkInput, checkOptions, type OptionKinds } from "../options.ts";
import type { MpClient } from "./client.ts";
import { mpExchange } from "./exchange.ts";

/** Any JSON call of an Official Account's API. */
export interface MpRequest {
  /** GET or POST. */
  readonly method: string;
  /** Path without a query, such as `/cgi-bin/material/batchget_material`. */
  readonly path: string;
  /** Query parameters, not encoded yet; undefined ones are left out. access_token is added. */
  readonly query?: Query | undefined;
  /** The JSON body, under the names of WeChat's documents. */
  readonly body?: object | undefined;
}

/** Options of {@link mpRequest}. */
export interface MpRequestOptions extends UnknownOutcomeOptions {
  readonly signal?: AbortSignal | undefined;
  /** True for GET by default, and false for POST. */
  readonly retryUnknown?: boolean | undefined;
}

const ONCE_OPTIONS: OptionKinds<MpRequestOptions> = {
  signal: "signal",
  retryUnknown: "boolean",
};

/**
 * Makes any JSON call of an Official Account's API, with a token that works.
 *
 * A type for the reply (`mpRequest<{ image_count: number }>(…)`) is your claim: none of its fields is checked.
 *
 * @returns the reply's JSON object
 * @throws TypeError where the request is malformed; MpApiError, OutcomeUnknownError, NetworkError, TimeoutError, ReplyError
 * @see https://developers.weixin.qq.com/doc/service/api/
 *
 * @example
 * ```ts
 * const { image_count } = await mpRequest(mp, { method: "GET", path: "/cgi-bin/material/get_materialcount" });
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
  encodeQuery(query); // throws for what is no query
  if (Object.hasOwn(query ?? {}, "access_token")) {
    throw new TypeError("query must not have access_token: the client adds it.");
  }
  if (method === "GET" && body !== undefined) {
    throw new TypeError("A GET has no body: pass its parameters in query.");
  }
  const retryUnknown = options.retryUnknown ?? method === "GET";
  const reply = await mpExchange(
    mp,
    { operation: "mpRequest", method, path, query, ...(body !== undefined && jsonBody(body)) },
    {
      signal: options.signal,
      once: { lookAt: `what ${path} was to change` },
      retryUnknown,
    },
  );
  return reply as Result;
}

/** A JSON body as an Official Account takes it. Throws TypeError for anything but an object. */
export function jsonBody(body: object): { contentType: string; body: RequestBody } {
  return { contentType: "application/json", body: bytesBody([encodeJson(body)]) };
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
