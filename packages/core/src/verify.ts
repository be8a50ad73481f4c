import { SignatureError, type SignatureErrorReason } from "./errors.ts";
import type { KeyLoader } from "./key.ts";
import { requestIdOf } from "./reply.ts";
import type { Reply } from "./send.ts";
import { replyMessage, verify } from "./signature.ts";

/** WeChat's documents say 5 minutes; SDKs differ on whether exactly 300 seconds pass, so they do here. */
const MAX_SKEW_SECONDS = 300;

/** How WeChat marks the wrong signatures it sends on purpose. */
const PROBE = "WECHATPAY/SIGNTEST/";

/**
 * Checks the signature of a 2xx reply over its raw bytes with the key that the reply names.
 * Throws SignatureError: a success without a valid signature counts as forged.
 */
export async function verifyReply(
  keys: ReadonlyMap<string, KeyLoader>,
  reply: Reply,
  now: number,
): Promise<void> {
  const timestamp = reply.headers.get("wechatpay-timestamp");
  const nonce = reply.headers.get("wechatpay-nonce");
  const signature = reply.headers.get("wechatpay-signature");
  const serial = reply.headers.get("wechatpay-serial");
  const refuse = (reason: SignatureErrorReason, message: string): SignatureError =>
    new SignatureError(`${message} The result was discarded.`, {
      reason,
      probe: signature?.startsWith(PROBE) ?? false,
      serial: serial ?? undefined,
      requestId: requestIdOf(reply),
    });
  if (timestamp === null || nonce === null || signature === null || serial === null) {
    throw refuse(
      "missing",
      "The reply says success but lacks Wechatpay-Timestamp, -Nonce, -Signature or -Serial, so it is not WeChat Pay's or a proxy removed them.",
    );
  }
  const key = keys.get(serial);
  if (key === undefined) {
    throw refuse(
      "unknown-serial",
      `The reply is signed with key ${serial}; platformKeys holds ${[...keys.keys()].join(", ")}. Add that key from the merchant platform if it is WeChat Pay's.`,
    );
  }
  if (!/^\d+$/.test(timestamp)) {
    throw refuse(
      "malformed",
      `The reply's Wechatpay-Timestamp is ${JSON.stringify(timestamp)}, not Unix seconds.`,
    );
  }
  const skew = Math.floor(now / 1000) - Number(timestamp);
  if (Math.abs(skew) > MAX_SKEW_SECONDS) {
    throw refuse(
      "stale",
      `The reply was signed at ${timestamp}, ${Math.abs(skew)} seconds ${skew > 0 ? "before" : "after"} this clock's time; at most ${MAX_SKEW_SECONDS} are allowed. Check this machine's clock.`,
    );
  }
  const valid = await verify(
    await key(),
    replyMessage({ timestamp, nonce, body: reply.body }),
    signature,
  );
  if (valid === undefined) {
    throw refuse(
      "malformed",
      `The reply's signature of ${signature.length} characters is not base64.`,
    );
  }
  if (!valid) {
    throw refuse("mismatch", `The reply's signature does not fit its body and key ${serial}.`);
  }
}
