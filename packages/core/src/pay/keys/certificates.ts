import { decodeBase64 } from "../../bytes/base64.ts";
import { ReplyError } from "../../errors.ts";
import type { JsonObject } from "../../http/reply.ts";
import { KeyError } from "../errors.ts";
import { appSecretHint, unseal } from "./api-v3-key.ts";
import { platformRsaKey, type RsaKey } from "./key.ts";
import { withoutZeros } from "./key-kind.ts";

const BRACE = 0x7b;

/** A platform certificate as WeChat Pay lists it, decrypted. */
export interface PlatformCertificate {
  readonly platformKeyId: string;
  /** When it expires, in milliseconds since 1970. */
  readonly expires: number;
  readonly key: RsaKey;
}

/**
 * Decrypts a list of certificates with the APIv3 key (AEAD_AES_256_GCM), which checks its tag.
 * Throws KeyError if the key does not fit, ReplyError if the object is not such a list.
 */
export async function decryptCertificates(
  answer: JsonObject,
  apiV3Key: string,
): Promise<readonly PlatformCertificate[]> {
  const { data } = fieldsOf(answer);
  if (data === null) return []; // how Go writes an empty list
  if (!Array.isArray(data)) throw noCertificateList();
  const read = await Promise.all(data.map((entry: unknown) => decryptCertificate(entry, apiV3Key)));
  const usable = read.filter((one): one is PlatformCertificate => !(one instanceof ReplyError));
  // A list may have SM2 certificates beside the RSA ones.
  const broken = read.find((one) => one instanceof ReplyError);
  if (usable.length === 0 && broken !== undefined) throw broken;
  return usable;
}

/** Resolves with the error for a certificate that cannot be used. */
async function decryptCertificate(
  entry: unknown,
  apiV3Key: string,
): Promise<PlatformCertificate | ReplyError> {
  const { serial_no, expire_time, encrypt_certificate } = fieldsOf(entry);
  const { nonce, associated_data, ciphertext } = fieldsOf(encrypt_certificate);
  const expires = Date.parse(textOf(expire_time));
  const encrypted = decodeBase64(textOf(ciphertext));
  if (encrypted === undefined || Number.isNaN(expires)) throw noCertificateList();
  const sealed = {
    nonce: textOf(nonce),
    associatedData: typeof associated_data === "string" ? associated_data : "",
    ciphertext: encrypted,
  };
  const pem = await unseal(apiV3Key, sealed).catch((cause: unknown) => {
    throw new KeyError(
      `apiV3Key does not decrypt the platform certificates${appSecretHint(apiV3Key)}: it differs from the one set in the merchant platform, or the reply was changed on the way.`,
      { cause },
    );
  });
  const platformKeyId = textOf(serial_no).toUpperCase();
  try {
    return {
      platformKeyId,
      expires,
      key: platformRsaKey(pem, platformKeyId, ({ serial }) => {
        // serial_no is not encrypted. What a notification says is sealed with the same key, and is JSON.
        if (serial !== withoutZeros(platformKeyId) || pem[0] === BRACE) throw noCertificateList();
      }),
    };
  } catch (cause) {
    return noCertificateList(cause);
  }
}

/** The fields by their names without blanks: a page of WeChat's documents has `"effective_time "`. */
function fieldsOf(value: unknown): JsonObject {
  if (typeof value !== "object" || value === null) throw noCertificateList();
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name.trim(), field]));
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
