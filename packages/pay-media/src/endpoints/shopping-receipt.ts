import type { JsonObject } from "@wechat-edge/core";
import {
  checkKnownFields,
  checkText,
  given,
  idOf,
  missingField,
} from "@wechat-edge/core/internal/upload";
import type { PayFileEndpoint } from "../pay-file-endpoint.ts";

/** What {@link shoppingReceipt} takes. */
export interface ShoppingReceipt {
  /** Number of the order at WeChat Pay (微信支付订单号). */
  readonly transaction_id: string;
  /** The buyer, as in the order. */
  readonly openid: string;
  /** Merchant that placed the order. */
  readonly transaction_mchid?: string | undefined;
  readonly transaction_sub_mchid?: string | undefined;
  readonly out_trade_no?: string | undefined;
  /** When the receipt was made, in RFC 3339: a later one replaces an earlier one. */
  readonly upload_time?: string | undefined;
  /** The shop's phone number: the `ciphertext` of `encryptSensitive`. Needs `platformKeyId`. */
  readonly merchant_contact_information?:
    | { readonly consultation_phone_number: string }
    | undefined;
  /** The `platformKeyId` of `encryptSensitive`. */
  readonly platformKeyId?: string | undefined;
}

/** The receipt as WeChat stored it. */
export interface StoredReceipt {
  readonly receipt: JsonObject & { readonly receipt_id: string };
}

const META = [
  "transaction_id",
  "transaction_mchid",
  "transaction_sub_mchid",
  "out_trade_no",
  "openid",
  "upload_time",
  "merchant_contact_information",
];

/**
 * 上传电子小票图片: a PNG or JPG of up to 200 KiB, which the buyer sees beside the order. `meta` has no file name.
 *
 * @throws TypeError if a field is missing, not known or not encrypted
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012553506
 *
 * @example
 * ```ts
 * import { createPayClient, encryptSensitive } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 * import { shoppingReceipt } from "@wechat-edge/pay-media/endpoints";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const { ciphertext, platformKeyId } = await encryptSensitive(pay, "0755-86010000");
 * const order = shoppingReceipt({
 *   transaction_id: "4200001532202205071234567890",
 *   openid: "oK7fFt8zzEZ909XH-LE2",
 *   merchant_contact_information: { consultation_phone_number: ciphertext },
 *   platformKeyId,
 * });
 * const { receipt } = await uploadPayFile(pay, order, sampleFile("picture.png"));
 * console.log(typeof receipt.receipt_id); // string
 * ```
 */
export function shoppingReceipt(input: ShoppingReceipt): PayFileEndpoint<StoredReceipt> {
  checkKnownFields("shoppingReceipt", input, [...META, "platformKeyId"]);
  const { platformKeyId, ...fields } = input;
  checkText("transaction_id", fields.transaction_id);
  checkText("openid", fields.openid);
  checkContact(input);
  return {
    path: "/v3/marketing/shopping-receipt/shoppingreceipts",
    meta: Object.fromEntries(META.map((key) => [key, fields[key as keyof typeof fields]])),
    metaKeys: META,
    filenameKey: false,
    platformKeyId,
    limits: {
      extensions: { jpg: ["jpeg"], jpeg: ["jpeg"], png: ["png"] },
      maxBytes: 200 * 1024,
    },
    read: storedReceipt,
  };
}

/** What RSA of 2048 bits or more encrypts has 344 or more characters in base64. */
const CIPHERTEXT = /^[A-Za-z0-9+/]{340,}={0,2}$/;

function checkContact({ merchant_contact_information: contact, platformKeyId }: ShoppingReceipt) {
  if (contact === undefined) return;
  checkKnownFields("merchant_contact_information", contact, ["consultation_phone_number"]);
  const phone: unknown = contact.consultation_phone_number;
  if (typeof phone !== "string" || !CIPHERTEXT.test(phone)) {
    throw new TypeError(
      `consultation_phone_number must be the ciphertext of encryptSensitive, not ${given(phone)}.`,
    );
  }
  if (platformKeyId !== undefined) return;
  throw new TypeError(
    "consultation_phone_number is encrypted, so platformKeyId is needed: encryptSensitive returned it with the ciphertext.",
  );
}

function storedReceipt(reply: JsonObject): StoredReceipt {
  const { receipt } = reply as { receipt?: Partial<StoredReceipt["receipt"]> | null };
  const receipt_id = idOf(receipt?.receipt_id);
  if (receipt_id === undefined) throw missingField("receipt.receipt_id");
  return { ...reply, receipt: { ...receipt, receipt_id } };
}
