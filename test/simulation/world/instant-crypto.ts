// WebCrypto answered on the spot by node:crypto. Node computes it in threads, which end in an order that no seed fixes;
// what is computed is the same.

import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  sign,
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
  const found = objects.get(key);
  if (found === undefined) throw new TypeError("The key was imported before the world was opened.");
  return found;
}

type Data = BufferSource;
type CipherAlgorithm = {
  readonly name: string;
  readonly iv?: Data;
  readonly additionalData?: Data;
};
type Subtle = Partial<Record<keyof SubtleCrypto, (...args: never[]) => Promise<unknown>>>;

const TAG_BYTES = 16;

/** The functions of `crypto.subtle` that the packages use. The others stay as they are. */
export function instantSubtle(real: SubtleCrypto): Subtle {
  const keys = new Map<string, Promise<CryptoKey>>();
  const importKey: (...args: never[]) => unknown = real.importKey.bind(real); // before it is replaced
  const imported = async (format: string, data: Data, args: never[]): Promise<CryptoKey> => {
    const key = (await importKey(...args)) as CryptoKey;
    objects.set(key, keyObject(format, bytesOf(data)));
    return key;
  };
  return {
    digest: async (algorithm: string, data: Data) =>
      exact(createHash(algorithm.replace("-", "")).update(bytesOf(data)).digest()),
    sign: async (_: unknown, key: CryptoKey, data: Data) =>
      exact(sign("sha256", bytesOf(data), objectOf(key))),
    verify: async (_: unknown, key: CryptoKey, signature: Data, data: Data) =>
      verify("sha256", bytesOf(data), objectOf(key), bytesOf(signature)),
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
    importKey: (...args: never[]) => {
      const [format, data, ...rest] = args as unknown as [string, Data, ...unknown[]];
      const name = JSON.stringify([format, bytesOf(data).toString("latin1"), rest]);
      const known = keys.get(name) ?? imported(format, data, args);
      keys.set(name, known);
      return known;
    },
  };
}

function named(algorithm: CipherAlgorithm | string): CipherAlgorithm {
  return typeof algorithm === "string" ? { name: algorithm } : algorithm;
}

function encrypt({ name, iv, additionalData }: CipherAlgorithm, key: CryptoKey, data: Buffer) {
  const secret = objectOf(key);
  if (name === "RSA-OAEP") return publicEncrypt(OAEP(secret), data);
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
  if (name === "RSA-OAEP") return privateDecrypt(OAEP(secret), data);
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
