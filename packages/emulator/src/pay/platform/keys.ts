import {
  platformCertificate,
  platformCertificatePrivateKey,
  platformCertificateSerialNo,
  platformPublicKeyId,
  platformPublicKeyPrivateKey,
} from "../../demo/keys.ts";
import {
  nextPlatformCertificates,
  strayPlatformCertificate,
} from "../../demo/platform-certificates.ts";

export interface PlatformKey {
  id: string;
  privateKey: string;
  /** X.509 PEM, where the key has a certificate. */
  certificate?: string;
}

export interface PlatformCertificate extends PlatformKey {
  certificate: string;
}

export const publicPlatformKey: PlatformKey = {
  id: platformPublicKeyId,
  privateKey: platformPublicKeyPrivateKey,
};

/** In the order in which they are announced; the first is there from the start. */
export const platformCertificates: readonly PlatformCertificate[] = [
  {
    id: platformCertificateSerialNo,
    privateKey: platformCertificatePrivateKey,
    certificate: platformCertificate,
  },
  ...nextPlatformCertificates.map(({ serialNo: id, ...keys }) => ({ id, ...keys })),
];

const { serialNo, ...strayKeys } = strayPlatformCertificate;
export const strayCertificate: PlatformCertificate = { id: serialNo, ...strayKeys };

/** A platform key that is not this one, to sign wrongly with. */
export const otherPlatformKey = (id: string): PlatformKey =>
  id === publicPlatformKey.id
    ? (platformCertificates[0] as PlatformCertificate)
    : publicPlatformKey;

/** The keys that may sign for clients that ask for none. */
export const replyKeyIds: readonly string[] = [publicPlatformKey.id, platformCertificateSerialNo];
