/** Letters and digits of a nonce; WeChat's SDKs send up to 32 of them. */
const NONCE = /^[A-Za-z0-9]{1,32}$/;

/** 128 random bits as 32 letters and digits. */
export function randomNonce(): string {
  return crypto.randomUUID().replaceAll("-", "");
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
  if (!NONCE.test(nonce)) {
    throw new TypeError(
      `nonce must return 1 to 32 letters and digits, not ${JSON.stringify(nonce)}.`,
    );
  }
  return (
    `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce}",` +
    `timestamp="${timestamp}",serial_no="${serialNo}",signature="${signature}"`
  );
}
