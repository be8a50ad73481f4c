import { importPKCS8, importSPKI, importX509 } from "jose";
import { given } from "../../given.ts";
import { requireWebCrypto } from "../../hash/web-crypto.ts";
import { KeyError } from "../errors.ts";
import type { CryptoKeyLike } from "./crypto-key-like.ts";
import { platformKeyPem, privateKeyPem } from "./pem.ts";
import { pkcs1ToPkcs8 } from "./pkcs1.ts";

/** jose's name for RSASSA-PKCS1-v1_5 with SHA-256, the algorithm of WECHATPAY2-SHA256-RSA2048. */
const SIGNATURE = "RS256";
/** jose's name for RSAES-OAEP with SHA-1 and MGF1-SHA1, which WeChat encrypts sensitive fields with. */
const ENCRYPTION = "RSA-OAEP";
const MIN_MODULUS_BITS = 2048;

/** Resolves with the key; imports it on first use. */
export type KeyLoader = () => Promise<CryptoKeyLike>;

/** The merchant's private key, for its two uses. */
export interface MerchantKey {
  readonly sign: KeyLoader;
  readonly decrypt: KeyLoader;
}

/** A platform key, for its two uses. */
export interface PlatformPublicKey {
  readonly verify: KeyLoader;
  readonly encrypt: KeyLoader;
}

/**
 * Reads a merchant's private key from a PEM (PKCS#8 or PKCS#1) or a CryptoKey. A wrong label throws KeyError at once, a
 * wrong key on first use.
 */
export function merchantKey(key: string | CryptoKeyLike): MerchantKey {
  requireKey(key, "privateKey");
  if (typeof key !== "string") {
    return {
      sign: checkedCryptoKey(key, "privateKey", "sign"),
      decrypt: oneUse("privateKey", "sign", "decrypt"),
    };
  }
  const { label, text } = privateKeyPem(key);
  const load = (algorithm: string) => (): Promise<CryptoKeyLike> =>
    importPKCS8(label === "RSA PRIVATE KEY" ? pkcs1ToPkcs8(text) : text, algorithm);
  return {
    sign: imported("privateKey", load(SIGNATURE)),
    decrypt: imported("privateKey", load(ENCRYPTION)),
  };
}

/** Reads a platform key from a PEM (SPKI or X.509) or a CryptoKey. */
export function platformPublicKey(key: string | CryptoKeyLike, id: string): PlatformPublicKey {
  const what = `platformKeys ${id}`;
  requireKey(key, what);
  if (typeof key !== "string") {
    return {
      verify: checkedCryptoKey(key, what, "verify"),
      encrypt: oneUse(what, "verify", "encrypt"),
    };
  }
  const { label, text } = platformKeyPem(key, id);
  const load = (algorithm: string) => (): Promise<CryptoKeyLike> =>
    label === "CERTIFICATE" ? importX509(text, algorithm) : importSPKI(text, algorithm);
  return { verify: imported(what, load(SIGNATURE)), encrypt: imported(what, load(ENCRYPTION)) };
}

function requireKey(key: unknown, what: string): void {
  if (typeof key === "string") return;
  if (typeof key === "object" && key !== null && "algorithm" in key && "usages" in key) return;
  const bytes = ArrayBuffer.isView(key) || key instanceof ArrayBuffer;
  const cure = bytes ? " Decode the bytes: new TextDecoder().decode(bytes)." : "";
  throw new TypeError(`${what} must be a PEM string or a CryptoKey, not ${given(key)}.${cure}`);
}

/** Keeps the key, not the promise: in a Worker, a promise of a request that has ended may never settle. */
function imported(what: string, load: () => Promise<CryptoKeyLike>): KeyLoader {
  let loaded: CryptoKeyLike | undefined;
  return async () => {
    if (loaded !== undefined) return loaded;
    requireWebCrypto(); // the key is not to blame where it is missing
    const key = await load().catch((cause: unknown) => {
      throw new KeyError(
        `${what} is not a readable RSA key. WeChat Pay needs an RSA key of at least ${MIN_MODULUS_BITS} bits, as the PEM file from the merchant platform.`,
        { cause },
      );
    });
    checkModulus(key, what);
    loaded = key;
    return key;
  };
}

function checkedCryptoKey(key: CryptoKeyLike, what: string, usage: KeyUsage): KeyLoader {
  const { name, hash } = key.algorithm as RsaHashedKeyAlgorithm;
  if (name !== "RSASSA-PKCS1-v1_5" || hash?.name !== "SHA-256" || !key.usages.includes(usage)) {
    throw new KeyError(
      `${what} is a ${key.type} CryptoKey for ${name} with the usages ${key.usages.join(", ") || "none"}; it must be for RSASSA-PKCS1-v1_5 with SHA-256, with the usage ${usage}.`,
    );
  }
  checkModulus(key, what);
  return async () => key;
}

/** WebCrypto binds a key to one algorithm: a key that signs or verifies cannot decrypt or encrypt. */
function oneUse(what: string, has: KeyUsage, wanted: KeyUsage): KeyLoader {
  return async () => {
    throw new KeyError(
      `${what} is a CryptoKey with the usage ${has}, and WebCrypto does not let such a key ${wanted}. Pass the key as a PEM string.`,
    );
  };
}

function checkModulus(key: CryptoKeyLike, what: string): void {
  const bits = (key.algorithm as RsaHashedKeyAlgorithm).modulusLength;
  if (bits < MIN_MODULUS_BITS) {
    throw new KeyError(
      `${what} is an RSA key of ${bits} bits; it must have at least ${MIN_MODULUS_BITS}.`,
    );
  }
}
