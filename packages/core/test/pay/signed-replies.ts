import { createPayClient, type PayClient, type PayClientOptions } from "../../src/index.ts";
import { replyMessage, sign } from "../../src/pay/signature.ts";

const algorithm = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const pairs = Promise.all(
  [0, 1].map(() => crypto.subtle.generateKey(algorithm, false, ["sign", "verify"])),
) as Promise<[CryptoKeyPair, CryptoKeyPair]>;

const platformKeyId = "PUB_KEY_ID_0000000000000000000000000000001";

/** A client whose merchant key and platform key were made here. */
export async function payWith(options: Partial<PayClientOptions>): Promise<PayClient> {
  const [merchant, platform] = await pairs;
  return createPayClient({
    mchid: "1900009191",
    serialNo: "1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C",
    privateKey: merchant.privateKey,
    platformKeys: [{ platformKeyId, key: platform.publicKey }],
    sleep: async () => undefined,
    ...options,
  });
}

/** A reply with the signature that WeChat Pay would give it. */
export async function signedReply(status: number, body: string): Promise<Response> {
  const [, platform] = await pairs;
  const bytes = new TextEncoder().encode(body);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const headers = {
    "wechatpay-timestamp": timestamp,
    "wechatpay-nonce": nonce,
    "wechatpay-serial": platformKeyId,
    "wechatpay-signature": await sign(
      platform.privateKey,
      replyMessage({ timestamp, nonce, body: bytes }),
    ),
  };
  return new Response(body === "" ? null : bytes, { status, headers });
}
