import { checkWholeText, encodeUtf8 } from "../bytes/utf8.ts";
import { bytesBody } from "../http/body.ts";
import type { JsonObject } from "../http/reply.ts";
import type { UnknownOutcomeOptions } from "../http/unknown-outcome.ts";
import type { MpQuery } from "./call.ts";
import type { MpClient } from "./client.ts";
import { mpExchange } from "./exchange.ts";

/** Any JSON call of an Official Account's API. */
export interface MpRequest {
  /** GET or POST. */
  readonly method: string;
  /** Path without a query, such as `/cgi-bin/material/batchget_material`. */
  readonly path: string;
  /** Query parameters, not encoded yet; undefined ones are left out. access_token is added. */
  readonly query?: MpQuery | undefined;
  /** The JSON body, under the names of WeChat's documents. */
  readonly body?: object | undefined;
}

/** Options of {@link mpRequest}. */
export interface MpRequestOptions extends UnknownOutcomeOptions {
  readonly signal?: AbortSignal | undefined;
  /** True for GET by default, and false for POST. */
  readonly retryUnknown?: boolean | undefined;
}

/**
 * Makes any JSON call of an Official Account's API, with a token that works.
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
export async function mpRequest(
  mp: MpClient,
  request: MpRequest,
  options: MpRequestOptions = {},
): Promise<JsonObject> {
  const { method, path, query, body } = request;
  if (method !== "GET" && method !== "POST") {
    throw new TypeError(`method must be GET or POST, not ${JSON.stringify(method)}.`);
  }
  checkMpPath(path);
  checkQuery(query);
  if (method === "GET" && body !== undefined) {
    throw new TypeError("A GET has no body; give query instead.");
  }
  const retryUnknown = options.retryUnknown ?? method === "GET";
  return mpExchange(
    mp,
    { operation: "mpRequest", method, path, query, ...(body !== undefined && jsonBody(body)) },
    {
      signal: options.signal,
      once: { lookAt: `what ${path} was to change` },
      retryUnknown,
    },
  );
}

/**
 * A JSON body as WeChat wants it: raw UTF-8, because it counts `\uXXXX` as six characters or refuses it.
 * Throws TypeError where the value is no object or a text holds half a surrogate pair, which JSON would escape.
 */
export function jsonBody(body: object): {
  contentType: string;
  body: ReturnType<typeof bytesBody>;
} {
  const kind = Object.prototype.toString.call(body);
  const text: unknown = kind === "[object Object]" ? JSON.stringify(body) : undefined;
  if (typeof text !== "string" || !text.startsWith("{"))
    throw new TypeError(`body must be an object for JSON, not ${kind}.`);
  checkWholeText("body", JSON.parse(text));
  return { contentType: "application/json", body: bytesBody([encodeUtf8(text)]) };
}

function checkMpPath(path: unknown): void {
  const good =
    typeof path === "string" && /^(?:\/[\w.~-]+)+$/.test(path) && !/\/\.+(?:\/|$)/.test(path);
  if (!good) {
    throw new TypeError(
      `path must be a path without a query, such as "/cgi-bin/material/get_materialcount", not ${JSON.stringify(path)}.`,
    );
  }
}

function checkQuery(query: MpQuery = {}): void {
  const kind = Object.prototype.toString.call(query);
  // URLSearchParams and Maps have no properties: they would go out as nothing.
  if (kind !== "[object Object]") throw new TypeError(`query must be an object, not ${kind}.`);
  for (const [name, value] of Object.entries(query)) {
    if (name === "access_token")
      throw new TypeError("query must not hold access_token: it is added.");
    const plain = ["string", "boolean", "undefined"].includes(typeof value);
    if (!plain && !Number.isFinite(value)) {
      throw new TypeError(`query.${name} must be a string, a number or a boolean.`);
    }
  }
}
