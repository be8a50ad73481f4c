import { given } from "../../given.ts";
import { checkInput } from "../../options.ts";
import { KeyError } from "../errors.ts";
import { type KeySource, platformRsaKey, type RsaKey } from "./key.ts";
import { CERTIFICATE, type KeyData, withoutZeros } from "./key-kind.ts";
import { checkId, PUBLIC_KEY_ID, SERIAL } from "./looks-like.ts";
import { checkIssuer } from "./platform-certificate.ts";

/** A key that WeChat Pay signs with: its platform public key, or a platform certificate. */
export interface PlatformKey {
  /** `PUB_KEY_ID_…` of a public key, or the serial number of a certificate. */
  readonly platformKeyId: string;
  /**
   * The public key or certificate: the text or the bytes of its PEM or DER, or base64 of either; or a CryptoKey that can
   * verify.
   */
  readonly key: KeySource;
}

/** What tells the merchant's own keys from those of WeChat Pay. */
interface Merchant {
  /** Merchant number or brand id, which stands in the subject of its certificate. */
  readonly id: string;
  readonly serialNo: string;
  /** Common name of the CA that issues platform certificates. */
  readonly issuer: string;
}

/**
 * Returns the given keys by their ids in upper case. Throws TypeError if one is malformed, KeyError if one does not
 * belong to its id, is the merchant's own, or has an id that another has.
 */
export function readPlatformKeys(
  platformKeys: readonly PlatformKey[] | undefined,
  merchant: Merchant,
): ReadonlyMap<string, RsaKey> {
  if (platformKeys !== undefined && !Array.isArray(platformKeys)) {
    throw new TypeError(
      `platformKeys must be an array of { platformKeyId, key }, not ${given(platformKeys)}.`,
    );
  }
  const keys = new Map<string, RsaKey>();
  for (const one of platformKeys ?? []) {
    const [id, key] = readPlatformKey(one, merchant);
    if (platformKeyOf(keys, id) !== undefined) {
      throw new KeyError(
        `platformKeys has ${id} twice. Only one key can have that id: leave out the other.`,
      );
    }
    keys.set(id, key);
  }
  return keys;
}

/** The given key of an id; a serial number may have lost its leading zeros. */
export function platformKeyOf(keys: ReadonlyMap<string, RsaKey>, id: string): RsaKey | undefined {
  for (const [known, key] of keys) if (withoutZeros(known) === withoutZeros(id)) return key;
  return undefined;
}

const ID = /^(?:[\dA-F]{1,40}|PUB_KEY_ID_(?!PUB)\w+)$/i;

/** An id that begins as WeChat Pay's do, or nearly so. */
const NEARLY = /^(?=.{1,80}$)\D*(?:PUB|KEY|ID)\D*(\d+)$/i;

function readPlatformKey(platformKey: PlatformKey, merchant: Merchant): [string, RsaKey] {
  checkInput("platformKeys", platformKey, "objects { platformKeyId, key }");
  const { platformKeyId, key } = platformKey;
  if (typeof platformKeyId === "string" && !ID.test(platformKeyId)) {
    const digits = NEARLY.exec(platformKeyId)?.[1];
    if (digits !== undefined) throw misspelt(digits);
  }
  checkId("platformKeyId", platformKeyId, {
    pattern: ID,
    wanted: "PUB_KEY_ID_… or the serial number of a platform certificate, a string",
    own: [PUBLIC_KEY_ID, SERIAL],
    Refusal: KeyError,
  });
  const id = platformKeyId.toUpperCase();
  if (withoutZeros(id) === withoutZeros(merchant.serialNo)) {
    throw new KeyError(
      `platformKeys has ${platformKeyId}, which is the serialNo too: one of the two is mixed up. serialNo is of the merchant's certificate (apiclient_cert.pem), platformKeys are of WeChat Pay.`,
    );
  }
  return [id, platformRsaKey(key, platformKeyId, (data) => checkBelongs(id, data, merchant))];
}

/** Throws KeyError if a key cannot be the one that WeChat Pay has under that id. */
function checkBelongs(id: string, data: KeyData, merchant: Merchant): void {
  const { kind, serial, subject, certificate } = data;
  const isPublicKeyId = id.startsWith("P");
  if (kind !== CERTIFICATE) {
    if (isPublicKeyId) return;
    if (!/[A-F]/.test(id)) throw misspelt(id);
    throw new KeyError(
      `platformKeys ${id} is a public key under the serial number of a certificate. Pass that certificate, or the id PUB_KEY_ID_….`,
    );
  }
  const isOwn = merchant.id.length > 7 && subject?.includes(merchant.id);
  if (isOwn || serial === withoutZeros(merchant.serialNo)) {
    throw new KeyError(
      `platformKeys ${id} is the merchant's own certificate (apiclient_cert.pem). Pass WeChat Pay's public key (pub_key.pem) or platform certificate.`,
    );
  }
  if (serial === withoutZeros(id)) {
    if (certificate) checkIssuer(`platformKeys ${id}`, certificate, merchant.issuer);
    return;
  }
  throw new KeyError(
    `platformKeys ${id} is a certificate with the serial number ${serial}, which must be its platformKeyId.${isPublicKeyId ? " PUB_KEY_ID_… is the id of a public key (pub_key.pem)." : ""}`,
  );
}

function misspelt(digits: string): KeyError {
  return new KeyError(
    `platformKeyId of a public key must begin with PUB_KEY_ID_. Is PUB_KEY_ID_${digits} meant?`,
  );
}
