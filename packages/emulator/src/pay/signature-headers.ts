import type { Fault } from "../faults/fault.ts";
import { newNonce } from "./ids.ts";
import { type PlatformKey, strayCertificate } from "./platform/keys.ts";
import type { Scheme } from "./scheme.ts";
import { rsaSign, signatureMessage } from "./signature.ts";

const encoder = new TextEncoder();

/** A serial number that no client knows. */
const UNKNOWN_SERIAL = "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF";
const DEFAULT_STALE_SECONDS = 601;

/** 355 characters like the one published probe; padded base64 cannot have this length (reported). */
const PROBE_SIGNATURE = "WECHATPAY/SIGNTEST/".padEnd(355, "wechatedgeemulator0123456789ABCDEF");

/** When and how a body is signed. */
interface Signing {
  readonly clock: { now(): number };
  readonly scheme: Scheme;
}

/** The headers that sign a body, with the fault applied. */
export async function signatureHeaders(
  key: PlatformKey,
  { clock, scheme }: Signing,
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

/**
 * The last letter or digit that counts: the last one of padded base64 has bits that mean nothing, and changed it may say
 * the same.
 */
const LAST = /[A-Za-z0-9](?=[+/]*(?:[A-Za-z0-9+/]=+)?[^A-Za-z0-9=]*$)/;

/** Changes the last letter or digit, so that the JSON stays valid and of the same length. */
export const tampered = (body: Uint8Array): Uint8Array =>
  encoder.encode(
    new TextDecoder().decode(body).replace(LAST, (last) => {
      if (/\d/.test(last)) return last === "0" ? "1" : "0";
      return last === "A" ? "B" : "A";
    }),
  );
