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
}

/** A key that is listed as a certificate; its id is the serial number. */
export interface PlatformCertificate extends PlatformKey {
  /** X.509 or SPKI PEM. */
  publicKey: string;
}

export const publicPlatformKey: PlatformKey = {
  id: platformPublicKeyId,
  privateKey: platformPublicKeyPrivateKey,
};

/** In the order they are announced; the first is listed from the start. */
export const platformCertificates: readonly PlatformCertificate[] = [
  {
    id: platformCertificateSerialNo,
    privateKey: platformCertificatePrivateKey,
    publicKey: platformCertificate,
  },
  ...nextPlatformCertificates.map(({ serialNo: id, ...keys }) => ({ id, ...keys })),
];

const { serialNo, ...strayKeys } = strayPlatformCertificate;
/** No client knows its key: not listed, not in the demo credentials. */
export const strayCertificate: PlatformCertificate = { id: serialNo, ...strayKeys };

/** The keys that `replyKeyId` may name. */
export const replyKeyIds: readonly string[] = [publicPlatformKey.id, platformCertificateSerialNo];
