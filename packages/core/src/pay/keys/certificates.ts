import { decodeBase64 } from "../../bytes/base64.ts";
import { encodeUtf8 } from "../../bytes/utf8.ts";
import { ReplyError } from "../../errors.ts";
import { given } from "../../given.ts";
import type { JsonObject } from "../../http/reply.ts";
import { KeyError } from "../errors.ts";
import { type PlatformPublicKey, platformPublicKey } from "./key.ts";

/** A platform certificate as WeChat Pay lists it, decrypted. */
export interface PlatformCertificate {
  readonly platformKeyId: string;
  /** When it expires, in milliseconds since 1970. */
  readonly expires: number;
  readonly key: PlatformPublicKey;
}

/** AES-256-GCM takes keys of 32 bytes. */
const API_V3_KEY_BYTES = 32;

/** Throws KeyError unless an APIv3 key has 32 bytes. */
export function checkApiV3Key(apiV3Key: string): void {
  const bytes = typeof apiV3Key === "string" ? encodeUtf8(apiV3Key).byteLength : 0;
  if (bytes !== API_V3_KEY_BYTES) {
    throw new KeyError(
      `apiV3Key must be a string of ${API_V3_KEY_BYTES} bytes, not ${typeof apiV3Key === "string" ? `one of ${bytes}` : given(apiV3Key)}. It is the APIv3密钥 that was set in the merchant platform under API安全, not a certificate and not the v2 key.`,
    );
  }
}

/**
 * Decrypts a list of certificates with the APIv3 key (AEAD_AES_256_GCM), which checks its tag.
 * Throws KeyError if the key does not fit, ReplyError if the object is not such a list.
 */
export async function decryptCertificates(
  answer: JsonObject,
  apiV3Key: string,
): Promise<readonly PlatformCertificate[]> {
  const { data } = answer;
  if (!Array.isArray(data) || data.length === 0) throw noCertificateList();
  const key = await crypto.subtle.importKey("raw", encodeUtf8(apiV3Key), "AES-GCM", false, [
    "decrypt",
  ]);
  return Promise.all(data.map((entry: unknown) => decryptCertificate(entry, key)));
}

async function decryptCertificate(entry: unknown, key: CryptoKey): Promise<PlatformCertificate> {
  const { serial_no, expire_time, encrypt_certificate } = fieldsOf(entry);
  const { nonce, associated_data, ciphertext } = fieldsOf(encrypt_certificate);
  const expires = Date.parse(textOf(expire_time));
  const encrypted = decodeBase64(textOf(ciphertext));
  if (encrypted === undefined || Number.isNaN(expires)) throw noCertificateList();
  const algorithm = {
    name: "AES-GCM",
    iv: encodeUtf8(textOf(nonce)),
    additionalData: encodeUtf8(typeof associated_data === "string" ? associated_data : ""),
    tagLength: 128,
  };
  const pem = await crypto.subtle.decrypt(algorithm, key, encrypted).catch((cause: unknown) => {
    throw new KeyError(
      "apiV3Key does not decrypt the platform certificates: it differs from the one set in the merchant platform, or the reply was changed on the way.",
      { cause },
    );
  });
  const platformKeyId = textOf(serial_no).toUpperCase();
  try {
    return {
      platformKeyId,
      expires,
      key: platformPublicKey(new TextDecoder().decode(pem), platformKeyId),
    };
  } catch (cause) {
    throw noCertificateList(cause);
  }
}

function fieldsOf(value: unknown): JsonObject {
  if (typeof value === "object" && value !== null) return value as JsonObject;
  throw noCertificateList();
}

function textOf(value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw noCertificateList();
}

function noCertificateList(cause?: unknown): ReplyError {
  return new ReplyError("The reply is not a list of platform certificates.", {
    status: 200,
    cause,
  });
}
