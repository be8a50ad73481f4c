import {
  constants,
  createHash,
  createSign,
  createVerify,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from "node:crypto";
import { credentials } from "@wechat-edge/emulator";
import { pictureName, platformCertificate } from "./stock-client.ts";

/** The meta of the picture as it is signed and sent. */
export function metaOf(bytes: Buffer): string {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return JSON.stringify({ filename: pictureName, sha256 });
}

/** Authorization as WeChat's documents put it together. */
export function authorization(method: string, path: string, body: string): string {
  const { mchid, serialNo, privateKey } = credentials.pay;
  const timestamp = Math.floor(Date.now() / 1000);
  const nonce = randomBytes(16).toString("hex");
  const message = `${method}\n${path}\n${timestamp}\n${nonce}\n${body}\n`;
  const signature = createSign("RSA-SHA256").update(message).sign(privateKey, "base64");
  return `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${serialNo}"`;
}

/** Whether the platform certificate signed this reply. */
export function isSigned(headers: Headers, body: string): boolean {
  const value = (name: string): string => headers.get(`wechatpay-${name}`) ?? "";
  return createVerify("RSA-SHA256")
    .update(`${value("timestamp")}\n${value("nonce")}\n${body}\n`)
    .verify(platformCertificate.key, value("signature"), "base64");
}

const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" };

/** For clients that leave encryption to their users. */
export function sealName(name: string, key: string): string {
  return publicEncrypt({ key, ...OAEP }, Buffer.from(name)).toString("base64");
}

export function openName(ciphertext: string): string {
  const key = credentials.pay.privateKey;
  return privateDecrypt({ key, ...OAEP }, Buffer.from(ciphertext, "base64")).toString();
}
