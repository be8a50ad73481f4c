import { shown } from "../given.ts";

/** Letters and digits of a nonce; WeChat's SDKs send up to 32 of them. */
const NONCE = /^[A-Za-z0-9]{1,32}$/;

/** 128 random bits as 32 letters and digits. */
export function randomNonce(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

/** Throws TypeError for what the option `nonce` must not return. */
export function checkNonce(nonce: unknown): void {
  if (typeof nonce === "string" && NONCE.test(nonce)) return;
  throw new TypeError(`nonce must return 1 to 32 letters and digits, not ${shown(nonce)}.`);
}

/** The value of the Authorization header of WeChat Pay v3. */
export function authorization(signed: {
  readonly mchid: string;
  readonly nonce: string;
  readonly timestamp: string;
  readonly serialNo: string;
  readonly signature: string;
}): string {
  const { mchid, nonce, timestamp, serialNo, signature } = signed;
  return (
    `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce}",` +
    `timestamp="${timestamp}",serial_no="${serialNo}",signature="${signature}"`
  );
}
