import type { Fault } from "../faults/fault.ts";
import type { PayError } from "./error.ts";
import type { PayExchange } from "./exchange.ts";
import type { PlatformKey } from "./platform/keys.ts";
import { signatureHeaders, tampered } from "./signature-headers.ts";

const encoder = new TextEncoder();

const OVERSIZE_PADDING = 1024 * 1024;

/** An error as JSON, unsigned: reported for 401 and 404, assumed for the others. */
export function errorResponse(
  exchange: PayExchange,
  { status, code, message, detail }: PayError,
  headers: Record<string, string> = {},
): Response {
  exchange.entry.code = code;
  return new Response(JSON.stringify({ code, message, detail }), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
  });
}

function replyBody(result: object, fault: Fault | undefined): Uint8Array {
  if (fault?.kind === "empty") return new Uint8Array();
  if (fault?.kind === "no-media-id") return encoder.encode("{}");
  const padding = fault?.kind === "oversize" ? { padding: "x".repeat(OVERSIZE_PADDING) } : {};
  return encoder.encode(JSON.stringify({ ...result, ...padding }));
}

/** The signed 200, with the fault applied. */
export async function signedResponse(
  exchange: PayExchange,
  key: PlatformKey,
  result: object,
  fault: Fault | undefined,
): Promise<Response> {
  const body = replyBody(result, fault);
  const signature = await signatureHeaders(key, exchange.clock.now(), body, fault);
  let sent = body;
  if (fault?.kind === "tampered") sent = tampered(body);
  if (fault?.kind === "truncated") sent = body.slice(0, body.length >> 1);
  return new Response(sent as Uint8Array<ArrayBuffer>, {
    status: 200,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-length": String(body.length),
      ...signature,
    },
  });
}
