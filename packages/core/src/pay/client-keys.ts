import { shown } from "../given.ts";
import { safeStore } from "../store.ts";
import type { PaySigner } from "./call.ts";
import type { PayClientOptions } from "./client-options.ts";
import { checkApiV3Key } from "./keys/api-v3-key.ts";
import { type CertificateList, createCertificateList } from "./keys/certificate-list.ts";
import type { PlatformCertificate } from "./keys/certificates.ts";
import type { RsaKey } from "./keys/key.ts";
import { createKeyRing, type KeyRing } from "./keys/key-ring.ts";
import type { TakeNonce } from "./nonces.ts";
import { isOnTheWire } from "./path.ts";
import type { Signatory } from "./signatory.ts";
import { verifyReply } from "./verify.ts";

/** The platform keys of a client: those given in its options, and with an APIv3 key those that it downloads. */
export function readKeys(
  options: Omit<PayClientOptions, "mchid" | "brandId">,
  {
    fixed,
    signer,
    signatory,
    certificatePath,
    issuer,
    takeNonce,
  }: {
    readonly fixed: ReadonlyMap<string, RsaKey>;
    readonly signer: PaySigner;
    readonly signatory: Signatory;
    readonly certificatePath: string | undefined;
    readonly issuer: string;
    readonly takeNonce: TakeNonce;
  },
): KeyRing {
  const { apiV3Key } = options;
  const { now } = signer.transport;
  if (apiV3Key !== undefined) checkApiV3Key(apiV3Key);
  if (apiV3Key === undefined || certificatePath === undefined) {
    if (fixed.size > 0) return createKeyRing(fixed, undefined, now);
    throw new TypeError(
      "createPayClient needs apiV3Key, or platformKeys with at least one { platformKeyId, key }: without them no reply can be verified. With brandId, apiV3Key needs certificatePath too.",
    );
  }
  const { platformKeyId } = createKeyRing(fixed, undefined, now);
  const list = createCertificateList(signer, {
    apiV3Key,
    issuer,
    id: signatory.id,
    serialNo: options.serialNo,
    call: { path: checkCertificatePath(certificatePath), platformKeyId },
    cache:
      options.certificateCache === undefined
        ? undefined
        : safeStore("certificateCache", options.certificateCache, options.onStoreError),
    verify(reply, brought) {
      const keys = createKeyRing(fixed, listOf(brought), now);
      return verifyReply(keys, reply, now(), undefined, takeNonce);
    },
  });
  return createKeyRing(fixed, list, now);
}

/** A list that has come, and whose signature is still to be verified. */
function listOf(certificates: ReadonlyMap<string, PlatformCertificate>): CertificateList {
  return {
    ids: () => [...certificates.keys()],
    prepare: async () => undefined,
    find: async (id) => certificates.get(id),
    valid: () => [],
  };
}

function checkCertificatePath(path: string): string {
  if (isOnTheWire(path)) return path;
  throw new TypeError(
    `certificatePath must be an encoded path, such as "/hk/v3/certificates", not ${shown(path)}.`,
  );
}
