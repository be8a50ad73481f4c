import { base64Encode } from "../bytes/base64.ts";

const encoder = new TextEncoder();

/**
 * AEAD_AES_256_GCM as WeChat Pay seals what it sends: ciphertext and 16-byte tag, together base64.
 *
 * `apiV3Key` is 32 bytes and `nonce` 12, both of them text taken as UTF-8.
 */
export async function aesGcmEncrypt(
  apiV3Key: string,
  nonce: string,
  associatedData: string,
  plaintext: string,
): Promise<string> {
  const key = await crypto.subtle.importKey("raw", encoder.encode(apiV3Key), "AES-GCM", false, [
    "encrypt",
  ]);
  const algorithm = {
    name: "AES-GCM",
    iv: encoder.encode(nonce),
    additionalData: encoder.encode(associatedData),
    tagLength: 128,
  };
  const sealed = await crypto.subtle.encrypt(algorithm, key, encoder.encode(plaintext));
  return base64Encode(new Uint8Array(sealed));
}
