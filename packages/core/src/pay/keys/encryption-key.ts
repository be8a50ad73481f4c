import { KeyError } from "../errors.ts";
import type { CryptoKeyLike } from "./crypto-key-like.ts";
import type { KeyLoader, RsaAlgorithm, RsaKey } from "./key.ts";
import type { KeyRing } from "./key-ring.ts";

/** How WeChat encrypts sensitive fields, with MGF1-SHA1. */
const ENCRYPTION: RsaAlgorithm = { name: "RSA-OAEP", hash: "SHA-1" };

const loaders = new WeakMap<RsaKey, KeyLoader>();

/** Resolves with a platform key that encrypts, or the merchant's key that decrypts; imports it on first use. */
export async function encryptionKey(
  key: RsaKey,
  usage: "encrypt" | "decrypt",
): Promise<CryptoKeyLike> {
  const { what, loaderFor } = key;
  if (loaderFor === undefined) {
    const has = usage === "encrypt" ? "verify" : "sign";
    throw new KeyError(
      `${what} is a CryptoKey with the usage ${has}, and WebCrypto does not let such a key ${usage}. Pass the key as a PEM string.`,
    );
  }
  const load = loaders.get(key) ?? loaderFor(ENCRYPTION, usage);
  loaders.set(key, load);
  return load();
}

/** Resolves with the platform key that encrypts sensitive fields. */
export async function keyForEncryption({
  given,
  platformKeyId,
  list,
  unlessGiven,
  answersWithCertificates,
  ...ring
}: KeyRing): Promise<{ readonly platformKeyId: string; readonly key: RsaKey }> {
  const asked = platformKeyId === undefined ? undefined : given.get(platformKeyId);
  if (platformKeyId !== undefined && asked !== undefined && !answersWithCertificates()) {
    return { platformKeyId, key: asked };
  }
  await list?.prepare().catch(unlessGiven);
  const startOf = ({ certificate }: RsaKey): number => certificate?.from ?? 0;
  const newestFirst = (one: RsaKey, other: RsaKey): number => startOf(other) - startOf(one);
  const [newest] = (list?.valid() ?? []).sort((one, other) => newestFirst(one.key, other.key));
  if (newest !== undefined) return newest;
  // Certificates before public keys, which have no dates.
  const [id, key] =
    [...ring.current()].sort(([, one], [, other]) => newestFirst(one, other))[0] ?? [];
  if (id !== undefined && key !== undefined) return { platformKeyId: id, key };
  throw new KeyError(
    "WeChat Pay lists no platform certificate that is still valid. Pass its public key in platformKeys.",
  );
}
