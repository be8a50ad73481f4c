import { KeyError } from "../errors.ts";
import type { VerifyingKeys } from "../verify.ts";
import type { CertificateList } from "./certificate-list.ts";
import type { PlatformPublicKey } from "./key.ts";

/** All keys of WeChat Pay's own that a client knows: those it was given, and those it downloads. */
export interface KeyRing extends VerifyingKeys {
  /** The platform key that replies are asked to be signed with: the first public key, else none. */
  readonly platformKeyId: string | undefined;
  /** Makes sure that there is a key at all before something is sent. */
  prepare(): Promise<void>;
  /** The key that sensitive fields are encrypted with. */
  forEncryption(): Promise<{ readonly platformKeyId: string; readonly key: PlatformPublicKey }>;
}

/** Joins fixed keys and, where an APIv3 key is known, the list of certificates. */
export function createKeyRing(
  fixed: ReadonlyMap<string, PlatformPublicKey>,
  list: CertificateList | undefined,
): KeyRing {
  const platformKeyId = [...fixed.keys()].find(isPublicKeyId);
  /** Without the list, the certificates that were given may do. */
  const unlessGiven = (error: unknown): undefined => {
    if (fixed.size === 0) throw error;
  };
  return {
    platformKeyId,
    ids: () => [...fixed.keys(), ...(list?.ids() ?? [])],
    async find(given) {
      const id = given.toUpperCase(); // serials are hexadecimal
      const key = fixed.get(id);
      return key === undefined && !isPublicKeyId(id) ? (await list?.find(id))?.key : key;
    },
    async prepare() {
      // A key that cannot be used is noticed here, not once the file is at WeChat.
      for (const { verify } of fixed.values()) await verify();
      // With a public key the list is needed only for a reply that a certificate has signed.
      if (platformKeyId === undefined) await list?.prepare().catch(unlessGiven);
    },
    async forEncryption() {
      const given = platformKeyId === undefined ? undefined : fixed.get(platformKeyId);
      if (platformKeyId !== undefined && given !== undefined) return { platformKeyId, key: given };
      const newest = await list?.newest().catch(unlessGiven);
      if (newest !== undefined) return newest;
      for (const [platformKeyId, key] of fixed) return { platformKeyId, key };
      throw new KeyError(
        "WeChat Pay lists no platform certificate that is still valid. Pass its public key in platformKeys.",
      );
    },
  };
}

function isPublicKeyId(id: string): boolean {
  return id.startsWith("PUB_KEY_ID_");
}
