import type { Fault } from "../faults/fault.ts";
import { bytesReply } from "../http/known-bytes.ts";
import { askedKeyId } from "./asked-key.ts";
import type { PayError } from "./error.ts";
import type { PayExchange } from "./exchange.ts";
import type { PlatformKey } from "./platform/keys.ts";
import { signatureHeaders, tampered } from "./signature-headers.ts";

const encoder = new TextEncoder();

const OVERSIZE_PADDING = 1024 * 1024;

function replyBody(result: object, fault: Fault | undefined): Uint8Array {
  if (fault?.kind === "empty") return new Uint8Array();
  if (fault?.kind === "no-media-id") return encoder.encode("{}");
  const padding = fault?.kind === "oversize" ? { padding: "x".repeat(OVERSIZE_PADDING) } : {};
  return encoder.encode(JSON.stringify({ ...result, ...padding }));
}

const JSON_TYPE = "application/json; charset=utf-8";

/** The signature of an error, if the request's own held (reported); a 401 has none. */
async function errorSignature(
  exchange: PayExchange,
  status: number,
  body: Uint8Array,
): Promise<Record<string, string>> {
  if (!exchange.admitted || status === 401) return {};
  const key = exchange.pay.platform.nextSigner(askedKeyId(exchange));
  return signatureHeaders(key, exchange, body, undefined);
}

/** An error as JSON. */
export async function errorResponse(
  exchange: PayExchange,
  { status, code, message, detail }: PayError,
  headers: Record<string, string> = {},
): Promise<Response> {
  exchange.entry.code = code;
  const body = encoder.encode(JSON.stringify({ code, message, detail }));
  const signature = await errorSignature(exchange, status, body);
  return bytesReply(body, {
    status,
    headers: { "content-type": JSON_TYPE, ...headers, ...signature },
  });
}

/** The signed 200, with the fault applied. */
export async function signedResponse(
  exchange: PayExchange,
  key: PlatformKey,
  result: object,
  fault: Fault | undefined,
): Promise<Response> {
  const body = replyBody(result, fault);
  const signature = await signatureHeaders(key, exchange, body, fault);
  let sent = body;
  if (fault?.kind === "tampered") sent = tampered(body);
  if (fault?.kind === "truncated") sent = body.slice(0, body.length >> 1);
  return bytesReply(sent as Uint8Array<ArrayBuffer>, {
    status: 200,
    headers: {
      "content-type": JSON_TYPE,
      "content-length": String(body.length),
      ...signature,
    },
  });
}
