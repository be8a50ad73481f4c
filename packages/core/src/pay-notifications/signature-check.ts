import { WechatError } from "../errors.ts";
import type { PayParts } from "../pay/client.ts";
import { SignatureError, type SignatureErrorReason } from "../pay/errors.ts";
import { isCurrent, whyNotCurrent } from "../pay/keys/platform-certificate.ts";
import { platformKeyOf } from "../pay/keys/platform-keys.ts";
import { replyMessage, verify } from "../pay/signature.ts";
import { verifyReply } from "../pay/verify.ts";
import type { Incoming } from "./incoming.ts";
import { rewritings } from "./rewritings.ts";

const MAX_EXPLAINED_BYTES = 64 * 1024;
/** To verify a forged body in every other way costs thirty times as much as to verify it once. */
const EXPLAINED_A_MINUTE = 10;
const MINUTE_MS = 60_000;

/** When each client last explained a mismatch, in milliseconds. */
const explained = new WeakMap<PayParts, readonly number[]>();

function mayExplain({ parts, body, now }: Refused): boolean {
  if (body.byteLength > MAX_EXPLAINED_BYTES) return false;
  // Absolute values, because clocks are set back.
  const recent = (explained.get(parts) ?? []).filter((at) => Math.abs(now - at) < MINUTE_MS);
  const may = recent.length < EXPLAINED_A_MINUTE;
  explained.set(parts, may ? [...recent, now] : recent);
  return may;
}

/** What a refused notification is explained with. */
interface Refused extends Incoming {
  readonly parts: PayParts;
  readonly serialNo: string;
  readonly now: number;
  readonly error: SignatureError;
}

type Explanation = readonly [reason: SignatureErrorReason, message: string];

/** Throws SignatureError unless WeChat Pay signed the notification within the last 5 minutes. */
export async function checkSignature(
  parts: PayParts,
  serialNo: string,
  incoming: Incoming,
): Promise<void> {
  const now = parts.signer.transport.now();
  try {
    await verifyReply(parts.keys, { status: 200, ...incoming }, now);
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    const [reason, message] = await explain({ ...incoming, parts, serialNo, now, error });
    const { probe, platformKeyId, requestId, cause } = error;
    const retryable = cause instanceof WechatError && cause.retryable;
    throw new SignatureError(message, {
      reason,
      probe,
      platformKeyId,
      requestId,
      cause,
      retryable,
    });
  }
}

async function explain(refused: Refused): Promise<Explanation> {
  const { error } = refused;
  if (error.probe) {
    return [
      error.reason,
      "The notification is a probe: WeChat Pay made its signature wrong on purpose (WECHATPAY/SIGNTEST/). Refuse it as any other wrong signature, and WeChat Pay sends the notification again.",
    ];
  }
  switch (error.reason) {
    case "missing":
      return [error.reason, missingText(refused)];
    case "unknown-serial":
      return [error.reason, unknownText(refused)];
    case "stale":
      return [error.reason, staleText(refused)];
    case "malformed":
      return [error.reason, malformedText(refused)];
    default:
      return explainMismatch(refused);
  }
}

/** What anybody may send, as it stands in a message: of one line, and not long. */
function shortened(text: string): string {
  return text.replace(/[^ -~]/g, "?").slice(0, 64);
}

const SIGNATURE_HEADERS = ["Timestamp", "Nonce", "Signature", "Serial"] as const;

function header({ headers }: Incoming, name: string): string {
  return headers.get(`wechatpay-${name}`) ?? "";
}

function missingText({ headers, body }: Refused): string {
  const missing = SIGNATURE_HEADERS.filter(
    (name) => headers.get(`wechatpay-${name.toLowerCase()}`) === null,
  ).map((name) => `Wechatpay-${name}`);
  const isXml = new TextDecoder().decode(body.subarray(0, 64)).trimStart().startsWith("<");
  return isXml
    ? `The request has no ${missing.join(", ")}, and its body is XML: a notification of APIv2, which readNotification does not read.`
    : `The request has no ${missing.join(", ")}: it is not from WeChat Pay, or a proxy, a gateway or your own code dropped the header or sent it twice.`;
}

function unknownText({ parts, serialNo, now, error }: Refused): string {
  const id = shortened(error.platformKeyId ?? "");
  if (id.toUpperCase() === serialNo.toUpperCase()) {
    return `The notification names the key ${id}, which is the merchant's own certificate (serialNo), not a key of WeChat Pay.`;
  }
  const certificate = platformKeyOf(parts.keys.given, id.toUpperCase())?.certificate;
  if (certificate !== undefined && !isCurrent({ certificate }, now)) {
    return `The notification is signed with the platform certificate ${id}, which ${whyNotCurrent(certificate, now)}. WeChat Pay signs with valid ones alone: the request is forged, or the clock of this machine is wrong.`;
  }
  const known = parts.keys.ids().join(", ") || "none";
  if (error.cause instanceof Error) {
    return `The notification is signed with ${id}, and the platform certificates could not be downloaded: ${error.cause.message}`;
  }
  return id.toUpperCase().startsWith("PUB_KEY_ID_")
    ? `The notification is signed with the public key ${id}; this client knows ${known}. If the merchant platform shows it under API安全, add it to platformKeys.`
    : `The notification is signed with the certificate ${id}; this client knows ${known}. WeChat Pay lists no such certificate for this merchant, or the list was downloaded less than a minute ago.`;
}

function staleText(refused: Refused): string {
  const timestamp = shortened(header(refused, "timestamp"));
  const skew = Math.floor(refused.now / 1000) - Number(timestamp);
  return skew > 0
    ? `The notification was signed ${skew} seconds before the time of this machine (Wechatpay-Timestamp ${timestamp}); at most 300 are allowed. Somebody sent an old one again, it lay in a queue (read it when it arrives), or the clock of this machine is fast.`
    : `The notification was signed ${-skew} seconds after the time of this machine (Wechatpay-Timestamp ${timestamp}); at most 300 are allowed. The clock of this machine is slow.`;
}

function malformedText(refused: Refused): string {
  const timestamp = header(refused, "timestamp");
  return /^\d+$/.test(timestamp)
    ? `The signature of the notification has ${header(refused, "signature").length} characters that are not base64.`
    : "The Wechatpay-Timestamp of the notification is not in Unix seconds: it is not from WeChat Pay, or your code mixed up its headers.";
}

async function explainMismatch(refused: Refused): Promise<Explanation> {
  const id = refused.error.platformKeyId ?? "";
  const type = header(refused, "signature-type");
  if (type !== "" && !type.endsWith("SHA256-RSA2048")) {
    return [
      "algorithm",
      `The notification is signed with ${JSON.stringify(type.slice(0, 40))}; only WECHATPAY2-SHA256-RSA2048 can be verified.`,
    ];
  }
  if (mayExplain(refused)) {
    const found = (await explainKey(refused, id)) ?? (await explainBody(refused, id));
    if (found !== undefined) return found;
  }
  return [
    "mismatch",
    `The signature of the notification does not match its body under the platform key ${shortened(id)}. The request is forged, something changed the body or the headers on the way, or platformKeys has another key under that id.`,
  ];
}

/** Whose signature is it, if not that of the key it names? */
async function explainKey(refused: Refused, id: string): Promise<Explanation | undefined> {
  const { parts, body } = refused;
  for (const other of new Set(parts.keys.ids())) {
    if (other === id.toUpperCase() || !(await verifies(refused, other, body))) continue;
    return [
      "wrong-key",
      `The notification names the platform key ${id}, but its signature is that of ${other}: the two are mixed up in platformKeys.`,
    ];
  }
  const own = await parts.signMessage(signedMessage(refused, body));
  if (own === header(refused, "signature")) {
    return [
      "wrong-key",
      "The notification is signed with the merchant's own private key, not by WeChat Pay.",
    ];
  }
  if (!(await verifies(refused, id, body, own))) return undefined;
  return [
    "wrong-key",
    `platformKeys has the merchant's own key under ${id}. Pass WeChat Pay's public key or platform certificate.`,
  ];
}

/** Is the signature that of another way to write the same text? */
async function explainBody(refused: Refused, id: string): Promise<Explanation | undefined> {
  for (const [how, body] of rewritings(refused.body)) {
    if (!(await verifies(refused, id, body))) continue;
    return [
      "rewritten",
      `WeChat Pay signed this notification, but ${how} before it came here. Pass the raw bytes: in Express, use express.raw({ type: "*/*" }) for this route instead of express.json().`,
    ];
  }
  return undefined;
}

async function verifies(
  refused: Refused,
  id: string,
  body: Uint8Array<ArrayBuffer>,
  signature: string = header(refused, "signature"),
): Promise<boolean> {
  const key = await refused.parts.keys.find(id).catch(() => undefined);
  const message = signedMessage(refused, body);
  if (key === undefined) return false;
  return (await verify(await key.load(), message, signature)) === true;
}

function signedMessage(refused: Refused, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const timestamp = header(refused, "timestamp");
  return replyMessage({ timestamp, nonce: header(refused, "nonce"), body });
}
