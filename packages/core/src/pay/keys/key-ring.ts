import { KeyError } from "../errors.ts";
import { isPublicKeyId, type VerifyingKeys } from "../verify.ts";
import type { CertificateList } from "./certificate-list.ts";
import type { RsaKey } from "./key.ts";
import { isCurrent, whyNotCurrent } from "./platform-certificate.ts";
import { platformKeyOf } from "./platform-keys.ts";

/** All platform keys that a client knows: those it was given, and those it downloads. */
export interface KeyRing extends VerifyingKeys {
  /** The key that WeChat Pay is asked to sign with: the first public key, or undefined. */
  readonly platformKeyId: string | undefined;
  /** The keys that the client was given, by id. */
  readonly given: ReadonlyMap<string, RsaKey>;
  /** Those of them that are valid now. */
  current(): readonly (readonly [id: string, key: RsaKey])[];
  /** Notes the `Wechatpay-Serial` of an answer to a request that asked for `platformKeyId`. */
  noteAnswer(id: string | null): void;
  /** Makes sure, before anything is sent, that there is a usable key. */
  prepare(): Promise<void>;
  /** The downloaded certificates, if there is an APIv3 key. */
  readonly list: CertificateList | undefined;
  /** Throws an error of the list where no key was given. */
  readonly unlessGiven: (error: unknown) => undefined;
  /**
   * Before 更换 is pressed, WeChat Pay answers with certificates, whichever key it is asked for, and takes no field that
   * is encrypted with the public key.
   */
  readonly answersWithCertificates: () => boolean;
}

/** Joins the given keys and, if there is an APIv3 key, the list of certificates. */
export function createKeyRing(
  fixed: ReadonlyMap<string, RsaKey>,
  list: CertificateList | undefined,
  now: () => number,
): KeyRing {
  const current = () => [...fixed].filter(([, key]) => isCurrent(key, now()));
  const platformKeyId = [...fixed.keys()].find(isPublicKeyId);
  /** If the list cannot be had, the given keys may be enough. */
  const unlessGiven = (error: unknown): undefined => {
    if (current().length === 0) throw error;
  };
  let answersWithCertificates = false;
  return {
    platformKeyId,
    given: fixed,
    current,
    downloads: list !== undefined,
    ids: () => [...new Set([...fixed.keys(), ...(list?.ids() ?? [])])],
    async find(given) {
      const id = given.toUpperCase(); // serials are hexadecimal
      const key = platformKeyOf(fixed, id);
      if (isPublicKeyId(id) || (key !== undefined && isCurrent(key, now()))) return key;
      return (await list?.find(id))?.key ?? key; // WeChat Pay may list a newer one
    },
    noteAnswer(id) {
      const known = /^(?:(PUB_KEY_ID_)\w+|[\dA-F]+)$/.exec(id?.trim().toUpperCase() ?? "");
      if (known !== null) answersWithCertificates = known[1] === undefined;
    },
    async prepare() {
      // A key that cannot be used must fail here, before WeChat has the file.
      for (const { load } of fixed.values()) await load();
      for (const [id, { certificate }] of fixed) {
        if (list !== undefined || current().length > 0 || certificate === undefined) break;
        throw new KeyError(
          `platformKeys ${id} is a certificate that ${whyNotCurrent(certificate, now())}. Pass WeChat Pay's public key (pub_key.pem) or a platform certificate that is valid.`,
        );
      }
      // With a public key, the list is needed only if a certificate signs a reply.
      if (platformKeyId === undefined) await list?.prepare().catch(unlessGiven);
    },
    list,
    unlessGiven,
    answersWithCertificates: () => answersWithCertificates,
  };
}
