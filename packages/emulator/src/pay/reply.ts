import type { Fault } from "../faults/fault.ts";
import type { PayError } from "./error.ts";
import type { PayExchange } from "./exchange.ts";
import { newNonce } from "./ids.ts";
import { otherPlatformKey, type PlatformKey } from "./platform/keys.ts";
import { rsaSign, signatureMessage } from "./signature.ts";

const encoder = new TextEncoder();

/** A serial number that no client knows. */
const UNKNOWN_SERIAL = "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF";
const OVERSIZE_PADDING = 1024 * 1024;
const DEFAULT_STALE_SECONDS = 601;

/** 355 characters like the one published probe; padded base64 cannot have this length (reported). */
const PROBE_SIGNATURE = "WECHATPAY/SIGNTEST/".padEnd(355, "wechatedgeemulator0123456789ABCDEF");

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

/** The headers that sign a body, with the fault applied. */
export async function signatureHeaders(
  key: PlatformKey,
  milliseconds: number,
  body: Uint8Array,
  fault: Fault | undefined,
): Promise<Record<string, string>> {
  if (fault?.kind === "missing-signature") return {};
  const late = fault?.kind === "stale" ? (fault.seconds ?? DEFAULT_STALE_SECONDS) : 0;
  const timestamp = String(Math.floor(milliseconds / 1000) - late);
  const nonce = newNonce();
  const signer = fault?.kind === "wrong-signature" ? otherPlatformKey(key.id) : key;
  const signature =
    fault?.kind === "probe"
      ? PROBE_SIGNATURE
      : await rsaSign(signer.privateKey, signatureMessage(timestamp, nonce, body));
  return {
    "wechatpay-timestamp": timestamp,
    "wechatpay-nonce": nonce,
    "wechatpay-signature": signature,
    "wechatpay-serial": fault?.kind === "unknown-serial" ? UNKNOWN_SERIAL : key.id,
    "wechatpay-signature-type": "WECHATPAY2-SHA256-RSA2048",
  };
}

/** Changes the last letter or digit, so that the JSON stays valid and of the same length. */
export const tampered = (body: Uint8Array): Uint8Array =>
  encoder.encode(
    new TextDecoder().decode(body).replace(/[A-Za-z0-9](?=[^A-Za-z0-9]*$)/, (last) => {
      if (/\d/.test(last)) return last === "0" ? "1" : "0";
      return last === "A" ? "B" : "A";
    }),
  );

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
