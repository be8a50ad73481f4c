import type { Fault } from "../faults/fault.ts";
import { faultedRequest, noteFault } from "../http/exchange.ts";
import { bytesReply } from "../http/known-bytes.ts";
import { clientIp } from "./admit.ts";
import type { MpError } from "./error.ts";
import type { MpExchange } from "./exchange.ts";
import { newHint, newRid } from "./ids.ts";

const OVERSIZE_PADDING = 1024 * 1024;
/** How much of a body openapi/rid/get shows (assumed). */
const KEPT_BODY_BYTES = 2000;
const encoder = new TextEncoder();

function jsonResponse(
  { mp }: MpExchange,
  body: Uint8Array<ArrayBuffer>,
  length: number = body.length,
): Response {
  const type = mp.options.jsonContentType ?? "text/plain";
  return bytesReply(body, {
    headers: { "content-type": type, "content-length": String(length) },
  });
}

/** Any text, with the Content-Type of JSON. */
export const textReply = (exchange: MpExchange, text: string): Response =>
  jsonResponse(exchange, encoder.encode(text));

/** Hint and rid after an errmsg; the journal keeps the rid. */
export function errmsgTail({ mp, clock, entry }: MpExchange, hint?: string): string {
  const kind = mp.options.errmsgTail ?? "both";
  if (kind === "none") return hint === undefined ? "" : ` hint: [${hint}]`;
  entry.rid = newRid(clock.now());
  const shown = hint ?? (kind === "both" ? newHint() : undefined);
  return `${shown === undefined ? "" : ` hint: [${shown}]`} rid: ${entry.rid}`;
}

/** An error as JSON, with HTTP status 200. `hint` replaces the random one. */
export function errorReply(
  exchange: MpExchange,
  { errcode, errmsg }: MpError,
  hint?: string,
): Response {
  exchange.entry.code = String(errcode);
  const body = JSON.stringify({ errcode, errmsg: errmsg + errmsgTail(exchange, hint) });
  keepRid(exchange, body);
  return jsonResponse(exchange, encoder.encode(body));
}

/** JSON as recorded: each `/` is `\/`. */
function jsonText({ mp }: MpExchange, value: object): string {
  const text = JSON.stringify(value);
  return mp.options.escapedSlashes === false ? text : text.replaceAll("/", "\\/");
}

function keepRid(exchange: MpExchange, response_body: string): void {
  const { mp, clock, entry, request } = exchange;
  const { rid, appid } = entry;
  if (rid === undefined) return;
  mp.rids.keep(rid, {
    appid,
    invoke_time: Math.floor(clock.now() / 1000),
    request_url: request.url.search.slice(1),
    request_body: new TextDecoder().decode(request.body.subarray(0, KEPT_BODY_BYTES)),
    response_body,
    client_ip: clientIp(exchange),
  });
}

/** Recorded: an empty list beside the media_id of something new. */
export const emptyItem = ({ mp }: MpExchange): { item?: [] } =>
  mp.options.emptyItem === false ? {} : { item: [] };

function faultedBody(
  exchange: MpExchange,
  result: object,
  fault: Fault | undefined,
): Uint8Array<ArrayBuffer> {
  if (fault?.kind === "empty") return new Uint8Array();
  if (fault?.kind === "no-media-id") return encoder.encode("{}");
  if (fault?.kind === "reply-json") {
    return encoder.encode(jsonText(exchange, { ...result, ...(fault.body as object) }));
  }
  const padding = fault?.kind === "oversize" ? { padding: "x".repeat(OVERSIZE_PADDING) } : {};
  return encoder.encode(jsonText(exchange, { ...result, ...padding }));
}

export function takeReplyFault(exchange: MpExchange): Fault | undefined {
  const fault = exchange.faults.take("reply", faultedRequest(exchange));
  if (fault) noteFault(exchange, fault);
  return fault;
}

/** A success as JSON, with the next fault of stage "reply" applied. */
export function jsonReply(exchange: MpExchange, result: object): Response {
  const fault = takeReplyFault(exchange);
  const body = faultedBody(exchange, result, fault);
  const sent = fault?.kind === "truncated" ? body.slice(0, body.length >> 1) : body;
  return jsonResponse(exchange, sent, body.length);
}
