import { decodeBase64, encodeBase64 } from "../bytes/base64.ts";
import { checkWholeText, encodeUtf8 } from "../bytes/utf8.ts";
import { checkText } from "../options.ts";
import { type PayClient, payParts } from "./client.ts";
import { KeyError } from "./errors.ts";

/** What RSA-2048 leaves after the padding of OAEP with SHA-1: 256 − 2 × 20 − 2. */
const OAEP_OVERHEAD_BYTES = 42;

/**
 * Encrypts a sensitive field, such as a name or an account number, for WeChat Pay (RSAES-OAEP, SHA-1).
 *
 * @returns `ciphertext` in base64 for the body, and the `platformKeyId` that must go along as `options.platformKeyId` of {@link payRequest}
 * @throws RangeError where the text is too long for the key (214 bytes in UTF-8 with 2048 bits); KeyError where the platform key is a CryptoKey
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 *
 * @example
 * ```ts
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
  const { platformKeyId, key } = await payParts(pay).keys.forEncryption();
  const encryptionKey = await key.encrypt();
  const bytes = encodeUtf8(text);
  const { modulusLength } = encryptionKey.algorithm as RsaKeyAlgorithm;
  const most = modulusLength / 8 - OAEP_OVERHEAD_BYTES;
  if (bytes.byteLength > most) {
    throw new RangeError(
      `text has ${bytes.byteLength} bytes in UTF-8; this platform key can encrypt at most ${most}.`,
    );
  }
  const encrypted = await crypto.subtle.encrypt("RSA-OAEP", encryptionKey as CryptoKey, bytes);
  return { ciphertext: encodeBase64(new Uint8Array(encrypted)), platformKeyId };
}

/**
 * Decrypts a sensitive field that WeChat Pay encrypted with the merchant's certificate (RSAES-OAEP, SHA-1).
 *
 * @throws KeyError where the field was not encrypted for this merchant's key, or the key is a CryptoKey
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053265
 *
 * @example
 * ```ts
 * const error = await decryptSensitive(pay, "AAAA").catch((thrown) => thrown);
 * console.log(error.code); // ERR_KEY
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
  const text = await payParts(pay)
    .decrypt(bytes)
    .catch((cause: unknown) => {
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
