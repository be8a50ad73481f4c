import { requireWebCrypto } from "../../hash/web-crypto.ts";
import { KeyError } from "../errors.ts";
import type { CertificateData } from "./certificate-data.ts";
import type { CryptoKeyLike } from "./crypto-key-like.ts";
import { CERTIFICATE, type KeyData, PRIVATE, PUBLIC } from "./key-kind.ts";
import { noKey, readKey, type WantedKey } from "./key-text.ts";
import { selfSigned } from "./platform-certificate.ts";
import { checkNumbers, cryptoKeyNumbers, MIN_MODULUS_BITS, rsaNumbers } from "./rsa-numbers.ts";

/** The algorithm of WECHATPAY2-SHA256-RSA2048. */
const SIGNATURE: RsaAlgorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/** Resolves with the key; imports it on first use. */
export type KeyLoader = () => Promise<CryptoKeyLike>;

/** An algorithm of WebCrypto. */
export interface RsaAlgorithm {
  readonly name: string;
  readonly hash: string;
}

/** What a key is used for, by WebCrypto's names. */
export type RsaUsage = "sign" | "verify" | "encrypt" | "decrypt";

/** The merchant's private key, or a platform key. */
export interface RsaKey {
  /** What messages call it. */
  readonly what: string;
  /** For its main use: the merchant's key signs, a platform key verifies. */
  readonly load: KeyLoader;
  /** Makes a loader for another use. A CryptoKey has none: WebCrypto binds it to one algorithm. */
  readonly loaderFor: ((algorithm: RsaAlgorithm, usage: RsaUsage) => KeyLoader) | undefined;
  /** Where the key came in a certificate: what that says. */
  readonly certificate?: CertificateData | undefined;
}

/** A key as it is given: text or bytes of any form that {@link readKey} takes, or a CryptoKey. */
export type KeySource = string | Uint8Array | ArrayBuffer | CryptoKeyLike;

/** Reads a merchant's private key. Throws KeyError if it is another kind of key, or none. */
export function merchantKey(source: KeySource): RsaKey {
  return rsaKey("privateKey", source, "sign", {
    kinds: [PRIVATE],
    wanted: "the private key of the merchant: the text or bytes of apiclient_key.pem",
  });
}

/**
 * Reads a platform key. Throws KeyError if it is another kind of key, or none.
 *
 * @param check - looks at what is not a CryptoKey, and throws if it does not belong to its id
 */
export function platformRsaKey(
  source: KeySource,
  id: string,
  check?: (key: KeyData) => void,
): RsaKey {
  const wanted = {
    kinds: [PUBLIC, CERTIFICATE],
    wanted:
      "WeChat Pay's public key (pub_key.pem) or platform certificate; the merchant's private key never belongs there",
  };
  return rsaKey(`platformKeys ${id}`, source, "verify", wanted, check);
}

function rsaKey(
  what: string,
  source: KeySource,
  use: "sign" | "verify",
  wanted: WantedKey,
  check?: (key: KeyData) => void,
): RsaKey {
  const key = textOrBytes(source, what);
  if (isCryptoKey(key)) {
    return { what, load: checkedCryptoKey(key, what, use), loaderFor: undefined };
  }
  const data = readKey(what, key, wanted);
  check?.(data);
  const format = use === "sign" ? "pkcs8" : "spki";
  const loaderFor: RsaKey["loaderFor"] = (algorithm, usage) =>
    imported(what, format, data, algorithm, usage);
  return { what, load: loaderFor(SIGNATURE, use), loaderFor, certificate: data.certificate };
}

function textOrBytes(key: unknown, what: string): string | Uint8Array | CryptoKeyLike {
  if (typeof key === "string") return key;
  if (ArrayBuffer.isView(key)) return new Uint8Array(key.buffer, key.byteOffset, key.byteLength);
  if (isArrayBuffer(key)) return new Uint8Array(key);
  if (isCryptoKey(key)) return key;
  throw new TypeError(noKey(what, key));
}

/** Not by `instanceof`: test DOMs and sandboxes have classes of their own. */
function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return Object.prototype.toString.call(value) === "[object ArrayBuffer]";
}

function isCryptoKey(key: unknown): key is CryptoKeyLike {
  return typeof key === "object" && key !== null && "algorithm" in key && "usages" in key;
}

/** Keeps the key, not the promise: in a Worker, a promise of a request that has ended may never settle. */
function imported(
  what: string,
  format: "pkcs8" | "spki",
  { der, certificate }: KeyData,
  algorithm: RsaAlgorithm,
  usage: RsaUsage,
): KeyLoader {
  let loaded: CryptoKeyLike | undefined;
  return async () => {
    if (loaded !== undefined) return loaded;
    requireWebCrypto(); // the key is not to blame where it is missing
    const unreadable = (cause?: unknown): never => {
      throw new KeyError(
        `${what} is not a readable RSA key of at least ${MIN_MODULUS_BITS} bits. Pass the file from the merchant platform.`,
        { cause },
      );
    };
    // Before the runtime reads it: each takes others of the keys that are wrong.
    checkNumbers(rsaNumbers(der, format === "spki") ?? unreadable(), what);
    const key = await crypto.subtle
      .importKey(format, new Uint8Array(der), algorithm, false, [usage])
      .catch(unreadable);
    if (usage === "verify" && certificate && (await isSelfSigned(key, certificate))) {
      throw selfSigned(what);
    }
    loaded = key;
    return key;
  };
}

function checkedCryptoKey(key: CryptoKeyLike, what: string, usage: RsaUsage): KeyLoader {
  const { name, hash } = key.algorithm as RsaHashedKeyAlgorithm;
  if (name !== "RSASSA-PKCS1-v1_5" || hash?.name !== "SHA-256" || !key.usages.includes(usage)) {
    throw new KeyError(
      `${what} is a ${key.type} CryptoKey for ${name} with the usages ${key.usages.join(", ") || "none"}; it must be for RSASSA-PKCS1-v1_5 with SHA-256, with the usage ${usage}.`,
    );
  }
  checkNumbers(cryptoKeyNumbers(key.algorithm as RsaHashedKeyAlgorithm), what);
  return async () => key;
}

/** Whether the key of a certificate made its signature, whatever name stands there as who issued it. */
async function isSelfSigned(key: CryptoKey, certificate: CertificateData): Promise<boolean> {
  const { signature, signed } = certificate;
  return crypto.subtle.verify(SIGNATURE.name, key, signature, signed);
}
