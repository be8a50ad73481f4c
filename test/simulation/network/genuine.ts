import { createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import { credentials } from "@wechat-edge/emulator";
import { nextPlatformCertificates } from "../../../packages/emulator/src/demo/platform-certificates.ts";
import { isSignedBy } from "../world/instant-crypto.ts";

const FRESH_SECONDS = 300;

/** WeChat Pay's keys by the id that a reply names, read with Node's own functions. */
const keys: ReadonlyMap<string, KeyObject> = new Map([
  ...credentials.pay.platformKeys.map(({ platformKeyId, key }) => [platformKeyId, keyOf(key)]),
  ...nextPlatformCertificates.map(({ serialNo, privateKey }) => [
    serialNo,
    createPublicKey(privateKey),
  ]),
] as [string, KeyObject][]);

function keyOf(pem: string): KeyObject {
  const isCertificate = pem.includes("CERTIFICATE");
  return isCertificate ? new X509Certificate(pem).publicKey : createPublicKey(pem);
}

/** Whether WeChat Pay signed this reply, and less than 5 minutes from `now`. */
export async function isGenuine(response: Response, now: number): Promise<boolean> {
  const [timestamp = "", nonce = "", serial = "", signature = ""] = [
    "timestamp",
    "nonce",
    "serial",
    "signature",
  ].map((name) => response.headers.get(`wechatpay-${name}`) ?? "");
  const key = keys.get(serial);
  const body = await response.arrayBuffer().catch(() => undefined);
  if (key === undefined || body === undefined) return false;
  const head = Buffer.from(`${timestamp}\n${nonce}\n`);
  const message = Buffer.concat([head, Buffer.from(body), Buffer.from("\n")]);
  const isFresh = Math.abs(Number(timestamp) - now / 1000) <= FRESH_SECONDS;
  return isFresh && isSignedBy(key, Buffer.from(signature, "base64"), message);
}
