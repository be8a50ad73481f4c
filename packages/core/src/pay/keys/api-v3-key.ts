import { encodeUtf8 } from "../../bytes/utf8.ts";
import { given } from "../../given.ts";
import { KeyError } from "../errors.ts";
import { bareText, looksLike, SECRET } from "./looks-like.ts";

/** AES-256-GCM takes keys of 32 bytes. */
const API_V3_KEY_BYTES = 32;

/** Throws KeyError unless an APIv3 key has 32 bytes, and does not look like something else. */
export function checkApiV3Key(apiV3Key: string): void {
  const isText = typeof apiV3Key === "string";
  const seen = isText ? (looksLike(apiV3Key) ?? SECRET) : given(apiV3Key);
  const bytes = isText ? encodeUtf8(apiV3Key).byteLength : 0;
  const isWrapped = isText && bareText(apiV3Key) !== apiV3Key;
  if (bytes === API_V3_KEY_BYTES && !isWrapped && seen === SECRET) return;
  const around = isWrapped ? ", with blanks or quotes around it: remove them" : "";
  throw new KeyError(
    `apiV3Key must be a string of ${API_V3_KEY_BYTES} bytes, not ${seen === SECRET ? `one of ${bytes}${around}` : seen}. It is the APIv3密钥 set in the merchant platform under API安全, not the v2 key.`,
  );
}

/** Words for the message that a key does not decrypt: many take the AppSecret for it. */
export function appSecretHint(apiV3Key: string): string {
  return /^[\da-f]{32}$/.test(apiV3Key) ? " and looks like an AppSecret or the APIv2 key" : "";
}

/** What WeChat Pay encrypted with the APIv3 key (AEAD_AES_256_GCM). */
export interface Sealed {
  readonly nonce: string;
  readonly associatedData: string;
  /** Ciphertext and tag. */
  readonly ciphertext: Uint8Array<ArrayBuffer>;
}

/** Decrypts, and rejects with WebCrypto's error if the key does not fit or anything was changed. */
export async function unseal(apiV3Key: string, sealed: Sealed): Promise<Uint8Array<ArrayBuffer>> {
  const { nonce, associatedData, ciphertext } = sealed;
  const key = await crypto.subtle.importKey("raw", encodeUtf8(apiV3Key), "AES-GCM", false, [
    "decrypt",
  ]);
  const algorithm = {
    name: "AES-GCM",
    iv: encodeUtf8(nonce),
    additionalData: encodeUtf8(associatedData),
    tagLength: 128,
  };
  return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, ciphertext));
}
