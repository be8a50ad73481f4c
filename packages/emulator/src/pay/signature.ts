import { base64Decode, base64Encode } from "../bytes/base64.ts";
import { parsePem, publicKeyInfo } from "./pem.ts";

const RSA_SHA256 = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const encoder = new TextEncoder();

/** Joins the lines of a message to sign, with an LF after each, also the last (签名生成). */
export function signatureMessage(...lines: (string | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const chunks = lines.map((line) => (typeof line === "string" ? encoder.encode(line) : line));
  const message = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length + 1, 0));
  let at = 0;
  for (const chunk of chunks) {
    message.set(chunk, at);
    at += chunk.length;
    message[at++] = 0x0a;
  }
  return message;
}

export async function rsaSign(
  privateKeyPem: string,
  message: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const { der } = parsePem(privateKeyPem);
  const key = await crypto.subtle.importKey("pkcs8", der, RSA_SHA256, false, ["sign"]);
  return base64Encode(new Uint8Array(await crypto.subtle.sign(RSA_SHA256.name, key, message)));
}

export async function rsaVerify(
  publicKeyPem: string,
  signature: string,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const bytes = base64Decode(signature);
  if (bytes === undefined) return false;
  const spki = publicKeyInfo(publicKeyPem);
  const key = await crypto.subtle.importKey("spki", spki, RSA_SHA256, false, ["verify"]);
  return crypto.subtle.verify(RSA_SHA256.name, key, bytes, message);
}
