import type { Fault } from "../faults/fault.ts";
import { askedKeyId } from "./asked-key.ts";
import type { PayError } from "./error.ts";
import type { PayExchange } from "./exchange.ts";
import { newNonce } from "./ids.ts";
import { type PlatformKey, strayCertificate } from "./platform/keys.ts";
import { rsaSign, signatureMessage } from "./signature.ts";

const encoder = new TextEncoder();

/** A serial number that no client knows. */
const UNKNOWN_SERIAL = "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF";
const OVERSIZE_PADDING = 1024 * 1024;
const DEFAULT_STALE_SECONDS = 601;

/** 355 characters like the one published probe; padded base64 cannot have this length (reported). */
const PROBE_SIGNATURE = "WECHATPAY/SIGNTEST/".padEnd(355, "wechatedgeemulator0123456789ABCDEF");

function replyBody(result: object, fault: Fault | undefined): Uint8Array {
  if (fault?.kind === "empty") return new Uint8Array();
  if (fault?.kind === "no-media-id") return encoder.encode("{}");
  const padding = fault?.kind === "oversize" ? { padding: "x".repeat(OVERSIZE_PADDING) } : {};
  return encoder.encode(JSON.stringify({ ...result, ...padding }));
}

async function signatureHeaders(
  { clock, scheme }: PayExchange,
  key: PlatformKey,
  body: Uint8Array,
  fault: Fault | undefined,
): Promise<Record<string, string>> {
  if (fault?.kind === "missing-signature") return {};
  const late = fault?.kind === "stale" ? (fault.seconds ?? DEFAULT_STALE_SECONDS) : 0;
  const timestamp = String(Math.floor(clock.now() / 1000) - late);
  const nonce = newNonce();
  const signer = fault?.kind === "wrong-signature" ? strayCertificate : key;
  const signature =
    fault?.kind === "probe"
      ? PROBE_SIGNATURE
      : await rsaSign(signer.privateKey, signatureMessage(timestamp, nonce, body));
  return {
    "wechatpay-timestamp": timestamp,
    "wechatpay-nonce": nonce,
    "wechatpay-signature": signature,
    "wechatpay-serial": fault?.kind === "unknown-serial" ? UNKNOWN_SERIAL : key.id,
    "wechatpay-signature-type": scheme,
  };
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
  return signatureHeaders(exchange, key, body, undefined);
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
  return new Response(body, {
    status,
    headers: { "content-type": JSON_TYPE, ...headers, ...signature },
  });
}

/** Changes the last letter or digit, so that the JSON stays valid and of the same length. */
const tampered = (body: Uint8Array): Uint8Array =>
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
  const signature = await signatureHeaders(exchange, key, body, fault);
  let sent = body;
  if (fault?.kind === "tampered") sent = tampered(body);
  if (fault?.kind === "truncated") sent = body.slice(0, body.length >> 1);
  return new Response(sent as Uint8Array<ArrayBuffer>, {
    status: 200,
    headers: {
      "content-type": JSON_TYPE,
      "content-length": String(body.length),
      ...signature,
    },
  });
}
