import { given } from "../given.ts";
import type { Reply } from "../http/reply.ts";
import { checkInput } from "../options.ts";
import { SignatureError, type SignatureErrorReason } from "./errors.ts";
import type { RsaKey } from "./keys/key.ts";
import { isCurrent, whyNotCurrent } from "./keys/platform-certificate.ts";
import type { TakeNonce } from "./nonces.ts";
import { requestIdOf } from "./reply.ts";
import { replyMessage, verify } from "./signature.ts";

/** WeChat's documents say 5 minutes. SDKs disagree about exactly 300 seconds; here they are allowed. */
const MAX_SKEW_SECONDS = 300;

/** The start of the wrong signatures that WeChat sends on purpose. */
const PROBE = "WECHATPAY/SIGNTEST/";

/** The keys that replies are verified with. */
export interface VerifyingKeys {
  /** The ids known now, for messages. */
  ids(): readonly string[];
  /** Whether keys that are not known yet are downloaded. */
  readonly downloads: boolean;
  /** Resolves with the key of that id, or undefined if WeChat Pay has none. */
  find(id: string): Promise<RsaKey | undefined>;
}

/** Tells an id of a public key from the serial number of a certificate. */
export function isPublicKeyId(id: string): boolean {
  return id.startsWith("PUB_KEY_ID_");
}

/** Throws TypeError for anything but a reply whose body was read, such as a Response of fetch. */
export function checkReply(reply: Reply): void {
  checkInput("verify", reply, "{ status, headers, body }");
  const { headers, body } = reply as Partial<Reply>;
  if (typeof headers?.get !== "function") {
    throw new TypeError(`headers must be a Headers object, not ${given(headers)}.`);
  }
  if (body instanceof Uint8Array) return;
  throw new TypeError(
    `body must be a Uint8Array, not ${given(body)}. For a Response, pass new Uint8Array(await response.arrayBuffer()).`,
  );
}

/**
 * Verifies the signature of a 2xx reply over its raw bytes, with the key that the reply names.
 * Throws SignatureError: a success without a valid signature counts as forged.
 *
 * @param isMerchants - whether a key is the merchant's own, which explains a mismatch
 * @param takeNonce - for the reply to a request of our own: its nonce must be new
 */
export async function verifyReply(
  keys: VerifyingKeys,
  reply: Reply,
  now: number,
  isMerchants?: (key: RsaKey) => Promise<boolean>,
  takeNonce?: TakeNonce,
): Promise<void> {
  // A Map and Express's request return undefined for a header that is not there, and some return a list.
  const header = (name: string): string | null => {
    const value: unknown = reply.headers.get(`wechatpay-${name}`);
    return typeof value === "string" ? value.trim() : null;
  };
  const timestamp = header("timestamp");
  const nonce = header("nonce");
  const signature = header("signature");
  const platformKeyId = header("serial");
  const refuse = (reason: SignatureErrorReason, message: string, cause?: unknown): SignatureError =>
    new SignatureError(`${message} The reply was discarded.`, {
      reason,
      probe: signature?.startsWith(PROBE) ?? false,
      platformKeyId: platformKeyId ?? undefined,
      requestId: requestIdOf(reply),
      cause,
    });
  if (timestamp === null || nonce === null || signature === null || platformKeyId === null) {
    throw refuse(
      "missing",
      "The reply lacks a header Wechatpay-Timestamp, -Nonce, -Signature or -Serial: it is not from WeChat Pay, a proxy removed the header, or it is a file (see downloadPayFile).",
    );
  }
  let cause: unknown;
  const key = await keys.find(platformKeyId).catch((error: unknown) => {
    cause = error;
    return undefined;
  });
  if (key === undefined) {
    throw refuse("unknown-serial", aboutUnknown(platformKeyId, keys) + aboutDownload(cause), cause);
  }
  if (key.certificate && !isCurrent(key, now)) {
    throw refuse(
      "unknown-serial",
      `The reply is signed with the platform certificate ${platformKeyId}, which ${whyNotCurrent(key.certificate, now)}.`,
    );
  }
  if (!/^\d+$/.test(timestamp)) {
    throw refuse(
      "malformed",
      `The Wechatpay-Timestamp of the reply is ${JSON.stringify(timestamp)}; it must be Unix seconds.`,
    );
  }
  const skew = Math.floor(now / 1000) - Number(timestamp);
  if (Math.abs(skew) > MAX_SKEW_SECONDS) {
    throw refuse(
      "stale",
      `The reply was signed ${Math.abs(skew)} seconds ${skew > 0 ? "before" : "after"} the time of this machine (Wechatpay-Timestamp ${timestamp}); at most ${MAX_SKEW_SECONDS} are allowed. Check the clock.`,
    );
  }
  const valid = await verify(
    await key.load(),
    replyMessage({ timestamp, nonce, body: reply.body }),
    signature,
  );
  if (valid === undefined) {
    throw refuse(
      "malformed",
      `The signature of the reply has ${signature.length} characters that are not base64.`,
    );
  }
  if (!valid) {
    throw refuse(
      "mismatch",
      `The signature of the reply does not match its body under the platform key ${platformKeyId}.${(await isMerchants?.(key)) ? " That key is the merchant's own: pass WeChat Pay's public key (pub_key.pem) or platform certificate." : ""}`,
    );
  }
  // Last: nobody else's nonces are remembered.
  if (takeNonce?.(nonce) === false) {
    throw refuse(
      "replayed",
      "The reply has the Wechatpay-Nonce of an earlier one: somebody sent that one again, or a cache answered.",
    );
  }
}

/** Explains a key that the client does not have; half way through the switch to public keys, that is common. */
function aboutUnknown(id: string, keys: VerifyingKeys): string {
  const ids = keys.ids();
  const has = ids.some(isPublicKeyId);
  if (isPublicKeyId(id) && !has) {
    return `The reply is signed with the public key ${id}, and this client has no public key: the merchant has switched. Download it in the merchant platform (账户中心 → API安全), and add it to platformKeys.`;
  }
  if (has && ids.every(isPublicKeyId) && !keys.downloads && /^[\dA-F]+$/i.test(id)) {
    return `The reply is signed with the platform certificate ${id}, and this client has public keys only. WeChat Pay has carried out the request. Most likely the merchant has not pressed 更换 yet: press it in the merchant platform (账户中心 → API安全), or pass apiV3Key beside the public key.`;
  }
  return `The reply is signed with the platform key ${id}; this client knows ${ids.join(", ") || "none"}. If the key is WeChat Pay's, add it to platformKeys, or pass apiV3Key.`;
}

function aboutDownload(cause: unknown): string {
  return cause instanceof Error ? ` Its download failed: ${cause.message.replace(/\.$/, "")}.` : "";
}
