import { sha256 } from "@noble/hashes/sha2.js";
import { asBytes } from "../bytes/as-bytes.ts";
import { concatBytes } from "../bytes/concat.ts";
import { feature } from "../feature.ts";
import { given, shown } from "../given.ts";
import { createSha1 } from "./sha1.ts";
import { requireWebCrypto } from "./web-crypto.ts";

/** The digests that WeChat asks for: SHA-1 of videos and their blocks, SHA-256 of WeChat Pay's files. */
export type DigestAlgorithm = "SHA-1" | "SHA-256";

/** An incremental digest. */
export interface Hasher {
  /** Adds the next bytes. Await it before you reuse the array. */
  update(bytes: Uint8Array): void | Promise<void>;
  /** Resolves with the digest. The hasher cannot be used again. */
  digest(): Promise<Uint8Array>;
}

/**
 * Starts an incremental digest, with the fastest implementation of the runtime: `crypto.DigestStream`, or `node:crypto`
 * where `process.getBuiltinModule` returns it, else JavaScript: `@noble/hashes` for SHA-256, and for SHA-1 a faster one
 * of this package.
 *
 * @throws TypeError for another algorithm than `"SHA-1"` and `"SHA-256"`
 *
 * @example
 * ```ts
 * import { createHasher } from "@wechat-edge/core";
 *
 * const hasher = createHasher("SHA-256");
 * await hasher.update(new TextEncoder().encode("abc"));
 * console.log((await hasher.digest()).length); // 32
 * ```
 */
export function createHasher(algorithm: DigestAlgorithm): Hasher {
  if (algorithm !== "SHA-1" && algorithm !== "SHA-256") {
    throw new TypeError(`algorithm must be "SHA-1" or "SHA-256", not ${shown(algorithm)}.`);
  }
  return checkedHasher(algorithm, nativeHasher(algorithm) ?? portableHasher(algorithm));
}

/** Node hashes strings too, and each implementation has its own text for what it does not take. */
function checkedHasher(algorithm: DigestAlgorithm, hasher: Hasher): Hasher {
  let ended = false;
  const mustGoOn = (): void => {
    if (!ended) return;
    throw new TypeError(
      `digest() was called before, so this ${algorithm} takes no more bytes. Create another one with createHasher.`,
    );
  };
  return {
    update(bytes) {
      mustGoOn();
      if (ArrayBuffer.isView(bytes) && asBytes(bytes) !== undefined) return hasher.update(bytes);
      throw new TypeError(`update takes a Uint8Array, not ${given(bytes)}.`);
    },
    async digest() {
      mustGoOn();
      ended = true;
      return hasher.digest();
    },
  };
}

/** Returns a hasher of the runtime, or undefined if it has none. */
function nativeHasher(algorithm: DigestAlgorithm): Hasher | undefined {
  return feature(() => digestStreamHasher(algorithm)) ?? feature(() => builtinHasher(algorithm));
}

/** The hasher for every runtime; exported so that the contract tests can run it everywhere. */
export function portableHasher(algorithm: DigestAlgorithm): Hasher {
  const hash = algorithm === "SHA-1" ? createSha1() : sha256.create();
  return {
    update: (bytes) => void hash.update(bytes),
    digest: async () => hash.digest(),
  };
}

/**
 * For files that fit in memory. Without a native hasher it keeps the bytes for WebCrypto, so that bundles for WeChat
 * Pay contain no hash function.
 */
export function bufferedHasher(algorithm: DigestAlgorithm): Hasher {
  return nativeHasher(algorithm) ?? collectingHasher(algorithm);
}

function collectingHasher(algorithm: DigestAlgorithm): Hasher {
  const parts: Uint8Array[] = [];
  return {
    update: (bytes) => void parts.push(bytes),
    async digest() {
      requireWebCrypto();
      return new Uint8Array(await crypto.subtle.digest(algorithm, concatBytes(parts)));
    },
  };
}

interface DigestStream extends WritableStream<Uint8Array> {
  readonly digest: Promise<ArrayBuffer>;
}

function digestStreamHasher(algorithm: DigestAlgorithm): Hasher | undefined {
  const { DigestStream } = globalThis.crypto as Crypto & {
    DigestStream?: new (algorithm: string) => DigestStream;
  };
  if (DigestStream === undefined) return undefined;
  const stream = new DigestStream(algorithm);
  const writer = stream.getWriter();
  return {
    update: (bytes) => writer.write(bytes),
    async digest() {
      await writer.close();
      return new Uint8Array(await stream.digest);
    },
  };
}

interface BuiltinCrypto {
  createHash(algorithm: string): { update(bytes: Uint8Array): unknown; digest(): Uint8Array };
}

function builtinHasher(algorithm: DigestAlgorithm): Hasher | undefined {
  const runtime = globalThis as {
    process?: { getBuiltinModule?: (id: string) => BuiltinCrypto | undefined };
  };
  const builtin = runtime.process?.getBuiltinModule?.("node:crypto");
  if (builtin === undefined) return undefined;
  const hash = builtin.createHash(algorithm === "SHA-1" ? "sha1" : "sha256");
  return {
    update: (bytes) => void hash.update(bytes),
    digest: async () => new Uint8Array(hash.digest()),
  };
}
