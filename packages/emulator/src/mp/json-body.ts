import { type JsonObject, parseJsonObject } from "../http/json-object.ts";
import { type MpError, mpError } from "./error.ts";
import type { MpExchange } from "./exchange.ts";

export type { JsonObject };

/**
 * Parses the body as JSON, with any Content-Type: WeChat's own curl samples send JSON as
 * application/x-www-form-urlencoded. Returns `malformed` for anything but a JSON object in UTF-8.
 */
export function readJsonBody(
  { request }: MpExchange,
  malformed: MpError = mpError(47001),
): { json: JsonObject } | MpError {
  if (request.body.length === 0) return mpError(44002);
  const json = parseJsonObject(request.body);
  return json === undefined ? malformed : { json };
}

/** The body of a call of 媒体API文档, whose FAQ answers every unreadable body with 44001. */
export function readMediaApiJson(exchange: MpExchange): { json: JsonObject } | MpError {
  const malformed = mpError(44001);
  return exchange.request.body.length === 0 ? malformed : readJsonBody(exchange, malformed);
}
