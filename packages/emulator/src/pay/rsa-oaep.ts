import { base64Decode, base64Encode } from "../bytes/base64.ts";
import { parsePem, publicKeyInfo } from "./pem.ts";

/** RSAES-OAEP with SHA-1 and MGF1 with SHA-1 (敏感信息加解密). */
const OAEP = { name: "RSA-OAEP", hash: "SHA-1" };

/** Returns base64. `publicKeyPem` is SPKI or X.509. */
export async function oaepEncrypt(publicKeyPem: string, text: string): Promise<string> {
  const spki = publicKeyInfo(publicKeyPem);
  const key = await crypto.subtle.importKey("spki", spki, OAEP, false, ["encrypt"]);
  const bytes = new TextEncoder().encode(text);
  return base64Encode(new Uint8Array(await crypto.subtle.encrypt(OAEP, key, bytes)));
}

/** Returns undefined if the key does not fit, or for anything but base64 of UTF-8. */
export async function oaepDecrypt(
  privateKeyPem: string,
  ciphertext: string,
): Promise<string | undefined> {
  const bytes = base64Decode(ciphertext);
  if (bytes === undefined) return undefined;
  const { der } = parsePem(privateKeyPem);
  const key = await crypto.subtle.importKey("pkcs8", der, OAEP, false, ["decrypt"]);
  try {
    const plain = await crypto.subtle.decrypt(OAEP, key, bytes);
    return new TextDecoder("utf-8", { fatal: true }).decode(plain);
  } catch {
    return undefined;
  }
}
