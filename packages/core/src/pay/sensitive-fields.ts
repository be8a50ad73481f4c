import { decodeBase64, encodeBase64 } from "../bytes/base64.ts";
import { checkWholeText, encodeUtf8 } from "../bytes/utf8.ts";
import { checkText } from "../options.ts";
import { type PayClient, payParts } from "./client.ts";
import { KeyError } from "./errors.ts";
import { encryptionKey, keyForEncryption } from "./keys/encryption-key.ts";

/** Bytes that the padding of OAEP with SHA-1 takes: 2 × 20 + 2. */
const OAEP_OVERHEAD_BYTES = 42;

/**
 * Encrypts a sensitive field, such as a name or an account number, with WeChat Pay's key (RSAES-OAEP, SHA-1).
 *
 * @param text - at most 214 bytes in UTF-8 with a key of 2048 bits
 * @returns `ciphertext` in base64, for the body, and the `platformKeyId` to pass to {@link payRequest} in its options
 * @throws RangeError if the string is too long for the key
 * @throws KeyError if the platform key is a CryptoKey: it must be text or bytes
 * @throws PayApiError, SignatureError, NetworkError, TimeoutError or ReplyError if the platform certificates must be
 *   downloaded first and cannot be
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 *
 * @example
 * ```ts
 * import { createPayClient, encryptSensitive } from "@wechat-edge/core";
 * import { credentials } from "@wechat-edge/emulator";
 *
 * const pay = createPayClient(credentials.pay);
 * const { ciphertext, platformKeyId } = await encryptSensitive(pay, "张三");
 * console.log(ciphertext.length, platformKeyId.startsWith("PUB_KEY_ID_")); // 344 true
 * ```
 */
export async function encryptSensitive(
  pay: PayClient,
  text: string,
): Promise<{ readonly ciphertext: string; readonly platformKeyId: string }> {
  checkText("text", text);
  checkWholeText("text", text);
  const { platformKeyId, key } = await keyForEncryption(payParts(pay).keys);
  const publicKey = await encryptionKey(key, "encrypt");
  const bytes = encodeUtf8(text);
  const { modulusLength } = publicKey.algorithm as RsaKeyAlgorithm;
  const most = modulusLength / 8 - OAEP_OVERHEAD_BYTES;
  if (bytes.byteLength > most) {
    throw new RangeError(
      `text has ${bytes.byteLength} bytes in UTF-8; this platform key can encrypt at most ${most}.`,
    );
  }
  const encrypted = await crypto.subtle.encrypt("RSA-OAEP", publicKey as CryptoKey, bytes);
  return { ciphertext: encodeBase64(new Uint8Array(encrypted)), platformKeyId };
}

/**
 * Decrypts a sensitive field of a reply, which WeChat Pay encrypted with the merchant API certificate
 * (RSAES-OAEP, SHA-1).
 *
 * @param ciphertext - the field as it came, in base64
 * @throws KeyError if the field was encrypted for another certificate, or if `privateKey` is a CryptoKey: it must be
 *   text or bytes
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053265
 *
 * @example
 * ```ts
 * import { createPayClient, decryptSensitive } from "@wechat-edge/core";
 * import { credentials } from "@wechat-edge/emulator";
 *
 * // A name as it comes in a reply, encrypted with the certificate of the emulator's merchant.
 * const ciphertext =
 *   "u9UUIuPFSGCKzH7fC7xzRFlfH3jrrPL2t9PlQv0HRuy0NfdYaBJOdeLz+ukLZSa/LWZt/L0k2XRXPfV255F0tY" +
 *   "N5YbOltgGlwkqf58dIM8AQAkjFbe3KaKGrhzAMb2twNoYXc6w2+TWwLZuEMEiodcUYL+iTUeqQg7uUHa8dYXKr" +
 *   "zoSDPasEOdQjWwt+CiTc6ufop8ei0aF8d8HSLa8OPh4ao/5J/hgZVWzS/X7juFeo9ihlYp+wXF3evTniMfuwqu" +
 *   "I14nThrVTNGlSkWvAXrWzPAn3k3c93IXRpCLE5apBI6KH1AFHAeHkBAPadwOnrHsJwXDy0IrUt5r0QIjcK3g==";
 * const pay = createPayClient(credentials.pay);
 * console.log(await decryptSensitive(pay, ciphertext)); // 张三
 * ```
 */
export async function decryptSensitive(pay: PayClient, ciphertext: string): Promise<string> {
  checkText("ciphertext", ciphertext);
  const bytes = decodeBase64(ciphertext);
  if (bytes === undefined) {
    throw new KeyError(
      `ciphertext has ${ciphertext.length} characters that are not base64, so WeChat Pay did not encrypt it.`,
    );
  }
  const { key } = payParts(pay);
  const decrypting = async (): Promise<ArrayBuffer> => {
    const privateKey = await encryptionKey(key, "decrypt");
    return crypto.subtle.decrypt("RSA-OAEP", privateKey as CryptoKey, bytes);
  };
  const text = await decrypting().catch((cause: unknown) => {
    if (cause instanceof KeyError) throw cause;
    throw new KeyError(
      `privateKey does not decrypt the field: WeChat Pay encrypted it with another certificate than ${pay.serialNo}.`,
      { cause },
    );
  });
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text);
  } catch (cause) {
    throw new KeyError("The decrypted field is not text in UTF-8.", { cause });
  }
}
