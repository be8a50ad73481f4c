import { given } from "../../given.ts";
import { checkInput, checkPattern } from "../../options.ts";
import type { CryptoKeyLike } from "./crypto-key-like.ts";
import { type PlatformPublicKey, platformPublicKey } from "./key.ts";

/** A key that WeChat Pay signs with: its platform public key, or a platform certificate. */
export interface PlatformKey {
  /** `PUB_KEY_ID_…` of a public key, or the serial number of a certificate. */
  readonly platformKeyId: string;
  /** The public key or certificate as a PEM string, or a CryptoKey that can verify. */
  readonly key: string | CryptoKeyLike;
}

/**
 * Returns the given keys by their ids in upper case. Throws TypeError if one is malformed, or is the merchant's own.
 */
export function readPlatformKeys({
  platformKeys = [],
  apiV3Key,
  serialNo,
}: {
  readonly platformKeys?: readonly PlatformKey[] | undefined;
  readonly apiV3Key?: string | undefined;
  readonly serialNo: string;
}): ReadonlyMap<string, PlatformPublicKey> {
  if (!Array.isArray(platformKeys)) {
    throw new TypeError(
      `platformKeys must be an array of { platformKeyId, key }, not ${given(platformKeys)}.`,
    );
  }
  if (platformKeys.length === 0 && apiV3Key === undefined) {
    throw new TypeError(
      "createPayClient needs apiV3Key, or platformKeys with at least one { platformKeyId, key } of WeChat Pay: without them no reply can be verified.",
    );
  }
  return new Map(platformKeys.map((one: PlatformKey) => readPlatformKey(one, serialNo)));
}

function readPlatformKey(platformKey: PlatformKey, serialNo: string): [string, PlatformPublicKey] {
  checkInput("platformKeys", platformKey, "objects { platformKeyId, key }");
  const { platformKeyId, key } = platformKey;
  checkPattern(
    "platformKeyId",
    platformKeyId,
    /^[A-Za-z0-9_]+$/,
    "PUB_KEY_ID_… or the serial number of a platform certificate, a string",
  );
  if (platformKeyId.toUpperCase() === serialNo.toUpperCase()) {
    throw new TypeError(
      `platformKeys has ${platformKeyId}, which is the serialNo of the merchant. Pass the keys of WeChat Pay there, not the merchant's.`,
    );
  }
  return [platformKeyId.toUpperCase(), platformPublicKey(key, platformKeyId)];
}
