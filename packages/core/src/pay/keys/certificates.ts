import { decodeBase64 } from "../../bytes/base64.ts";
import { ReplyError } from "../../errors.ts";
import type { JsonObject } from "../../http/reply.ts";
import { KeyError } from "../errors.ts";
import { appSecretHint, unseal } from "./api-v3-key.ts";
import { platformRsaKey, type RsaKey } from "./key.ts";
import { withoutZeros } from "./key-kind.ts";
import { checkIssuer } from "./platform-certificate.ts";

/** A platform certificate as WeChat Pay lists it, decrypted. */
export interface PlatformCertificate {
  /** Its own serial number, with the zeros before it that WeChat Pay writes. */
  readonly platformKeyId: string;
  readonly key: RsaKey;
}

/** How to open the certificates of a list. */
export interface OpenCertificates {
  readonly apiV3Key: string;
  /** Common name of the CA that must have issued them. */
  readonly issuer: string;
}

/**
 * Decrypts a list of certificates with the APIv3 key (AEAD_AES_256_GCM), which checks its tag.
 * Throws KeyError if the key does not fit, ReplyError if the object is not such a list.
 */
export async function decryptCertificates(
  answer: JsonObject,
  how: OpenCertificates,
): Promise<readonly PlatformCertificate[]> {
  const { data } = fieldsOf(answer);
  if (data === null) return []; // how Go writes an empty list
  if (!Array.isArray(data)) throw noCertificateList();
  const read = await Promise.all(data.map((entry: unknown) => decryptCertificate(entry, how)));
  const usable = read.filter((one): one is PlatformCertificate => !(one instanceof ReplyError));
  // A list may have SM2 certificates beside the RSA ones.
  const broken = read.find((one) => one instanceof ReplyError);
  if (usable.length === 0 && broken !== undefined) throw broken;
  return usable;
}

/** What notifications are sealed with differs, under the same key. */
const ASSOCIATED_DATA = "certificate";

/** Resolves with the error for a certificate that cannot be used. */
async function decryptCertificate(
  entry: unknown,
  { apiV3Key, issuer }: OpenCertificates,
): Promise<PlatformCertificate | ReplyError> {
  const { serial_no, encrypt_certificate } = fieldsOf(entry);
  const { nonce, associated_data, ciphertext } = fieldsOf(encrypt_certificate);
  const encrypted = decodeBase64(textOf(ciphertext));
  if (encrypted === undefined) throw noCertificateList();
  if (associated_data !== ASSOCIATED_DATA) return noCertificateList();
  const sealed = {
    nonce: textOf(nonce),
    associatedData: ASSOCIATED_DATA,
    ciphertext: encrypted,
  };
  const plaintext = await unseal(apiV3Key, sealed).catch((cause: unknown) => {
    throw new KeyError(
      `apiV3Key does not decrypt the platform certificates${appSecretHint(apiV3Key)}: it differs from the one set in the merchant platform, or the reply was changed on the way.`,
      { cause },
    );
  });
  const platformKeyId = textOf(serial_no).toUpperCase();
  try {
    const key = platformRsaKey(derOf(plaintext), platformKeyId, ({ serial, certificate }) => {
      // serial_no and the dates beside it are not encrypted.
      if (serial !== withoutZeros(platformKeyId) || !certificate) throw noCertificateList();
      checkIssuer(`The platform certificate ${platformKeyId}`, certificate, issuer);
    });
    await key.load(); // one that cannot be used is as none
    return { platformKeyId, key };
  } catch (cause) {
    return noCertificateList(cause);
  }
}

const ONE_CERTIFICATE =
  /^\s*-----BEGIN CERTIFICATE-----([\sA-Za-z\d+/=]+)-----END CERTIFICATE-----\s*$/;

/** The DER of a text that is one certificate in PEM and nothing else. */
function derOf(plaintext: Uint8Array): Uint8Array {
  const [, base64 = ""] = ONE_CERTIFICATE.exec(new TextDecoder().decode(plaintext)) ?? [];
  const der = decodeBase64(base64.replace(/\s/g, ""));
  if (der === undefined || der.byteLength === 0) throw noCertificateList();
  return der;
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
  return new ReplyError(
    cause instanceof KeyError
      ? `The reply lists no platform certificate that can be used: ${cause.message}`
      : "The reply is not a list of platform certificates.",
    { status: 200, cause },
  );
}
