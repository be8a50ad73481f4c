// WebCrypto answered on the spot by node:crypto. Node computes it in threads, which end in an order that no seed fixes;
// what is computed is the same, but for what is signed: most of the time of a seed would go to RSA.

import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  KeyObject,
  privateDecrypt,
  publicEncrypt,
  verify,
} from "node:crypto";

const objects = new WeakMap<CryptoKey, KeyObject>();

function keyObject(format: string, bytes: Buffer): KeyObject {
  if (format === "raw") return createSecretKey(bytes);
  const der = { key: bytes, format: "der" } as const;
  return format === "pkcs8"
    ? createPrivateKey({ ...der, type: "pkcs8" })
    : createPublicKey({ ...der, type: "spki" });
}

function objectOf(key: CryptoKey): KeyObject {
  const found = objects.get(key) ?? KeyObject.from(key); // imported before the world was opened
  objects.set(key, found);
  return found;
}

type Data = BufferSource;
type CipherAlgorithm = {
  readonly name: string;
  readonly iv?: Data;
  readonly additionalData?: Data;
};
type ImportArguments = [algorithm: AlgorithmIdentifier, isExtractable: boolean, usages: KeyUsage[]];
type Subtle = Partial<Record<keyof SubtleCrypto, (...args: never[]) => Promise<unknown>>>;

const TAG_BYTES = 16;
/** Certificates are made anew for each seed. */
const MOST_KEPT = 1000;

/** A key as WebCrypto imports it, but here and now. */
function imported(
  format: string,
  data: Buffer,
  [algorithm, isExtractable, usages]: ImportArguments,
): CryptoKey {
  const key = keyObject(format, data);
  const made = key.toCryptoKey(algorithm, isExtractable, usages) as unknown as CryptoKey;
  objects.set(made, key);
  return made;
}

/** The functions of `crypto.subtle` that the packages use. The others stay as they are. */
export function instantSubtle(): Subtle {
  const keys = new Map<string, CryptoKey>();
  return {
    digest: async (algorithm: string, data: Data) =>
      exact(createHash(algorithm.replace("-", "")).update(bytesOf(data)).digest()),
    sign: async (_: unknown, key: CryptoKey, data: Data) =>
      exact(idealSignature(objectOf(key), bytesOf(data))),
    verify: async (_: unknown, key: CryptoKey, signature: Data, data: Data) =>
      isSignedBy(objectOf(key), bytesOf(signature), bytesOf(data)),
    encrypt: async (algorithm: CipherAlgorithm | string, key: CryptoKey, data: Data) =>
      exact(encrypt(named(algorithm), key, bytesOf(data))),
    decrypt: async (algorithm: CipherAlgorithm | string, key: CryptoKey, data: Data) => {
      try {
        return exact(decrypt(named(algorithm), key, bytesOf(data)));
      } catch (cause) {
        const error = new DOMException("The operation failed", "OperationError");
        throw Object.assign(error, { cause });
      }
    },
    // Keys never change, and the same few are imported by every process.
    importKey: async (format: string, data: Data, ...rest: ImportArguments) => {
      const bytes = bytesOf(data);
      const name = `${format} ${JSON.stringify(rest)} ${bytes.toString("latin1")}`;
      const key = keys.get(name) ?? imported(format, bytes, rest);
      if (keys.size === MOST_KEPT) keys.clear();
      keys.set(name, key);
      return key;
    },
  };
}

const moduli = new WeakMap<KeyObject, string>();

/** The modulus: what a private key and its public key have in common, and no two pairs. */
function modulusOf(key: KeyObject): string {
  const known = moduli.get(key);
  if (known !== undefined) return known;
  const publicKey = key.type === "private" ? createPublicKey(key) : key;
  const { n = "" } = publicKey.export({ format: "jwk" });
  moduli.set(key, n);
  return n;
}

/**
 * A signature as a proof would have it: of this key and these bytes alone, and of the length that RSA's has. Whoever has
 * no private key cannot ask for it, for `sign` wants one; so it is as hard to forge here as RSA's.
 */
export function idealSignature(privateKey: KeyObject, data: Buffer): Buffer {
  if (privateKey.type !== "private") throw new TypeError("Only a private key signs.");
  return idealOf(privateKey, data);
}

function idealOf(key: KeyObject, data: Buffer): Buffer {
  const modulus = modulusOf(key);
  const mac = createHmac("sha256", modulus).update(data).digest();
  return Buffer.alloc(Buffer.byteLength(modulus, "base64url"), mac);
}

/** Whether a signature was made with the private key of this pair, in the ideal way or by RSA. */
export function isSignedBy(publicKey: KeyObject, signature: Buffer, data: Buffer): boolean {
  return idealOf(publicKey, data).equals(signature) || verify("sha256", data, publicKey, signature);
}

function named(algorithm: CipherAlgorithm | string): CipherAlgorithm {
  return typeof algorithm === "string" ? { name: algorithm } : algorithm;
}

/** What was encrypted here, by what came of it: to decrypt it anew would take long. */
const opened = new Map<string, Buffer>();
const nameOf = (key: KeyObject, ciphertext: Buffer): string =>
  `${modulusOf(key)} ${ciphertext.toString("latin1")}`;

function encryptSensitive(key: KeyObject, data: Buffer): Buffer {
  const ciphertext = publicEncrypt(OAEP(key), data);
  if (opened.size === MOST_KEPT) opened.clear();
  opened.set(nameOf(key, ciphertext), Buffer.from(data));
  return ciphertext;
}

function decryptSensitive(key: KeyObject, data: Buffer): Buffer {
  return opened.get(nameOf(key, data)) ?? privateDecrypt(OAEP(key), data);
}

function encrypt({ name, iv, additionalData }: CipherAlgorithm, key: CryptoKey, data: Buffer) {
  const secret = objectOf(key);
  if (name === "RSA-OAEP") return encryptSensitive(secret, data);
  if (name === "AES-CBC") {
    const cipher = createCipheriv("aes-256-cbc", secret, bytesOf(iv));
    return Buffer.concat([cipher.update(data), cipher.final()]);
  }
  const cipher = createCipheriv("aes-256-gcm", secret, bytesOf(iv));
  cipher.setAAD(bytesOf(additionalData));
  return Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]);
}

function decrypt({ name, iv, additionalData }: CipherAlgorithm, key: CryptoKey, data: Buffer) {
  const secret = objectOf(key);
  if (name === "RSA-OAEP") return decryptSensitive(secret, data);
  if (name === "AES-CBC") {
    const cipher = createDecipheriv("aes-256-cbc", secret, bytesOf(iv));
    return Buffer.concat([cipher.update(data), cipher.final()]);
  }
  const cipher = createDecipheriv("aes-256-gcm", secret, bytesOf(iv));
  cipher.setAAD(bytesOf(additionalData));
  cipher.setAuthTag(data.subarray(-TAG_BYTES));
  return Buffer.concat([cipher.update(data.subarray(0, -TAG_BYTES)), cipher.final()]);
}

const OAEP = (key: KeyObject) => ({
  key,
  padding: constants.RSA_PKCS1_OAEP_PADDING,
  oaepHash: "sha1",
});

function bytesOf(data: Data | undefined): Buffer {
  if (data === undefined) return Buffer.alloc(0);
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.from(data);
}

/** An ArrayBuffer of its own, as WebCrypto returns. */
function exact(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** Fills with the seed's random numbers in place of real ones. */
export function seededRandomValues(next: () => number): Crypto["getRandomValues"] {
  return ((array: Uint8Array) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let at = 0; at < bytes.length; at++) bytes[at] = next() * 256;
    return array;
  }) as Crypto["getRandomValues"];
}
