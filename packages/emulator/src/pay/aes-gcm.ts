import { base64Encode } from "../bytes/base64.ts";

const encoder = new TextEncoder();

/**
 * Encrypts with AEAD_AES_256_GCM as WeChat Pay does; returns ciphertext and 16-byte tag as base64.
 *
 * `apiV3Key` has 32 bytes in UTF-8, `nonce` 12.
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
