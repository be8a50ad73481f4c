import { shown } from "../given.ts";
import type { Signatory } from "./signatory.ts";

/** WeChat's SDKs send nonces of up to 32 letters and digits. */
const NONCE = /^[A-Za-z0-9]{1,32}$/;

/** 128 random bits as 32 letters and digits. */
export function randomNonce(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

/** Throws TypeError if the option `nonce` returned something else than 1 to 32 letters and digits. */
export function checkNonce(nonce: unknown): void {
  if (typeof nonce === "string" && NONCE.test(nonce)) return;
  throw new TypeError(`nonce must return 1 to 32 letters and digits, not ${shown(nonce)}.`);
}

/**
 * Returns the value of the Authorization header of WeChat Pay v3.
 *
 * @see https://pay.weixin.qq.com/doc/brand/4015597833 for brands
 */
export function authorization(signed: {
  readonly signatory: Signatory;
  readonly nonce: string;
  readonly timestamp: string;
  readonly serialNo: string;
  readonly signature: string;
}): string {
  const { signatory, nonce, timestamp, serialNo, signature } = signed;
  const scheme = signatory.isBrand
    ? "WECHATPAY-BRAND-SHA256-RSA2048 brand_id"
    : "WECHATPAY2-SHA256-RSA2048 mchid";
  return (
    `${scheme}="${signatory.id}",nonce_str="${nonce}",` +
    `timestamp="${timestamp}",serial_no="${serialNo}",signature="${signature}"`
  );
}
