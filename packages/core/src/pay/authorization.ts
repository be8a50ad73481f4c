import { shown } from "../given.ts";

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

/** Returns the value of the Authorization header of WeChat Pay v3. */
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
