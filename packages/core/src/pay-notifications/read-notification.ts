import { decodeBase64 } from "../bytes/base64.ts";
import { shown } from "../given.ts";
import { type JsonObject, parseObject } from "../http/reply.ts";
import { BOOLEAN, checkOptions, type OptionKinds } from "../options.ts";
import { type PayClient, payParts } from "../pay/client.ts";
import { KeyError } from "../pay/errors.ts";
import { unseal } from "../pay/keys/api-v3-key.ts";
import { type Incoming, type NotificationRequest, readIncoming } from "./incoming.ts";
import { NotificationError, type NotificationErrorReason } from "./notification-error.ts";
import { checkSignature } from "./signature-check.ts";

/** A notification of WeChat Pay, with the names that it has on the wire. */
export interface PayNotification<Resource = JsonObject> {
  /** The same for every time that WeChat Pay sends this notification. */
  readonly id: string;
  /** When the notification was made, such as `2018-06-08T10:34:56+08:00`. */
  readonly create_time: string | undefined;
  /** What happened, such as `TRANSACTION.SUCCESS`. */
  readonly event_type: string;
  /** `encrypt-resource`. */
  readonly resource_type: string | undefined;
  /** A short text for people, in Chinese. */
  readonly summary: string | undefined;
  /** The kind of the resource, such as `transaction`. */
  readonly original_type: string | undefined;
  readonly associated_data: string | undefined;
  /** What was encrypted. Its type is what you say: it is not checked. */
  readonly resource: Resource;
}

/** Options of {@link readNotification}. */
export interface NotificationOptions {
  /** Also takes notifications whose `mchid` (or `sp_mchid`, …) is another merchant's. False by default. */
  readonly anyMerchant?: boolean | undefined;
}

const OPTIONS: OptionKinds<NotificationOptions> = { anyMerchant: BOOLEAN };

/**
 * Reads a notification (回调通知): verifies that WeChat Pay signed its raw body within the last 5 minutes, decrypts
 * `resource` with the APIv3 key and parses it. If a platform certificate signed it that the client does not know, the
 * list of certificates is downloaded, at most once in 60 seconds.
 *
 * Why a signature does not match (`rewritten`, `wrong-key`) is looked for ten times a minute, as forged requests would
 * cost much otherwise; the others are a `mismatch`.
 *
 * It remembers nothing. WeChat Pay sends a notification again until it is answered with 200 or 204, up to 15 times in
 * 24 hours and 4 minutes, and anybody who saw one can send it again for 5 minutes: keep each `id` for two days, and
 * answer a known one with success without acting on it.
 *
 * @param pay - a client with `apiV3Key`
 * @param request - a web Request, or `{ headers, body }` with the raw bytes or the raw text, up to 1 MiB
 * @param options - `anyMerchant` also takes notifications about another merchant than the client's
 * @returns the notification with its decrypted `resource`
 * @throws TypeError if `request` is no request, its body was read already, or is an object that was parsed
 * @throws SignatureError if WeChat Pay did not sign it; `reason` says what is wrong, `probe` whether on purpose
 * @throws NotificationError if it was signed but cannot be used, or is too large
 * @throws KeyError if the client has no `apiV3Key`, or another one than the notification is encrypted with
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012075420
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { answerNotification, readNotification } from "@wechat-edge/core/pay-notifications";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const { fetch, control } = createEmulator();
 * const pay = createPayClient({ ...credentials.pay, fetch }); // your own keys
 *
 * async function notified(request: Request): Promise<Response> {
 *   try {
 *     const { event_type, resource } = await readNotification(pay, request);
 *     console.log(event_type, resource["trade_state"]); // TRANSACTION.SUCCESS SUCCESS
 *     return answerNotification();
 *   } catch (error) {
 *     return answerNotification(error); // log it too: the sender is not told why
 *   }
 * }
 *
 * await control.notify({ to: notified, event_type: "TRANSACTION.SUCCESS" });
 * ```
 */
export async function readNotification<Resource = JsonObject>(
  pay: PayClient,
  request: NotificationRequest,
  options: NotificationOptions = {},
): Promise<PayNotification<Resource>> {
  const parts = payParts(pay);
  checkOptions("readNotification", options, OPTIONS);
  const apiV3Key = parts.apiV3Key();
  if (apiV3Key === undefined) {
    throw new KeyError(
      "Notifications are encrypted with the APIv3 key, which this client does not have. Pass apiV3Key to createPayClient.",
    );
  }
  const incoming = await readIncoming(request);
  await checkSignature(parts, pay.serialNo, incoming);
  const { envelope, sealed } = readEnvelope(incoming);
  const resource = await openResource(apiV3Key, envelope.id, sealed);
  const isAnyones = options.anyMerchant === true || pay.mchid === ""; // a brand has no merchant number
  if (!isAnyones) checkMerchant(pay.mchid, envelope, resource);
  return { ...envelope, resource: resource as Resource };
}

type Envelope = Omit<PayNotification, "resource">;

function readEnvelope({ body }: Incoming): { envelope: Envelope; sealed: JsonObject } {
  const json = parseObject(body);
  if (json === undefined) {
    throw new NotificationError(
      `WeChat Pay signed the request, but its body of ${body.byteLength} bytes is not a JSON object.`,
      { reason: "not-json" },
    );
  }
  const { id, event_type, resource } = json;
  const isSealed = typeof resource === "object" && resource !== null;
  if (typeof id !== "string" || typeof event_type !== "string" || !isSealed) {
    throw new NotificationError(
      `WeChat Pay signed the request, but it is no notification: it lacks id, event_type or resource. Its fields: ${Object.keys(json).slice(0, 10).map(shown).join(", ") || "none"}.`,
      { reason: "not-a-notification", notificationId: text(id) },
    );
  }
  const sealed = resource as JsonObject;
  return {
    sealed,
    envelope: {
      id,
      create_time: text(json["create_time"]),
      event_type,
      resource_type: text(json["resource_type"]),
      summary: text(json["summary"]),
      original_type: text(sealed["original_type"]),
      associated_data: text(sealed["associated_data"]),
    },
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

const ALGORITHM = "AEAD_AES_256_GCM";
const TAG_BYTES = 16;

async function openResource(
  apiV3Key: string,
  notificationId: string,
  sealed: JsonObject,
): Promise<JsonObject> {
  const refuse = (reason: NotificationErrorReason, message: string): NotificationError =>
    new NotificationError(message, { reason, notificationId });
  const { algorithm, nonce } = sealed;
  if (algorithm !== ALGORITHM) {
    throw refuse(
      "algorithm",
      `The resource of the notification ${notificationId} is encrypted with ${shown(algorithm)}; only ${ALGORITHM} can be decrypted.`,
    );
  }
  const ciphertext = decodeBase64(text(sealed["ciphertext"]) ?? "");
  if (ciphertext === undefined || ciphertext.byteLength < TAG_BYTES || !text(nonce)) {
    throw refuse(
      "resource",
      `The resource of the notification ${notificationId} lacks a nonce, or a ciphertext in base64.`,
    );
  }
  // Empty for some notifications, by WeChat's documents.
  const associatedData = text(sealed["associated_data"]) ?? "";
  const encrypted = { nonce: text(nonce) ?? "", associatedData, ciphertext };
  const plaintext = await unseal(apiV3Key, encrypted).catch((cause: unknown) => {
    throw new KeyError(
      `WeChat Pay signed the notification ${notificationId}, but apiV3Key does not decrypt it. It is another merchant's, the APIv3密钥 was changed in the merchant platform, or apiV3Key is another secret, such as the key of APIv2.`,
      { cause },
    );
  });
  const resource = parseObject(plaintext);
  if (resource === undefined) {
    throw refuse(
      "resource",
      `The resource of the notification ${notificationId} was decrypted, but its ${plaintext.byteLength} bytes are not a JSON object.`,
    );
  }
  return resource;
}

/** Who a notification is for: the merchant, the provider, or the merchant of a combined order. */
const OWNERS = ["mchid", "mch_id", "sp_mchid", "combine_mchid"];
/** The `mchid` of a mall's notifications is that of the shop where somebody paid. */
const OF_A_MALL = /^MALL_/;

/** WeChat's documents ask to compare what a notification says with what the merchant knows. */
function checkMerchant(mchid: string, { id, event_type }: Envelope, resource: JsonObject): void {
  const named = (fields: readonly string[]): string[] =>
    fields
      .map((field) => resource[field])
      .filter((value) => ["string", "number"].includes(typeof value))
      .map(String);
  const owners = named(OWNERS);
  if (owners.length === 0 || OF_A_MALL.test(event_type)) return;
  if ([...owners, ...named(["sub_mchid"])].includes(mchid)) return;
  throw new NotificationError(
    `The notification ${id} is about the merchant ${owners.map(shown).join(", ")}, and the client is that of ${mchid}. If one address serves several merchants, read it with the client of that merchant; to take it all the same, pass anyMerchant: true.`,
    { reason: "merchant", notificationId: id },
  );
}
