import {
  platformCertificatePrivateKey,
  platformCertificateSerialNo,
  platformPublicKeyId,
  platformPublicKeyPrivateKey,
} from "./demo-keys.ts";

export interface PlatformKey {
  id: string;
  privateKey: string;
}

export const platformPrivateKeys: readonly PlatformKey[] = [
  { id: platformPublicKeyId, privateKey: platformPublicKeyPrivateKey },
  { id: platformCertificateSerialNo, privateKey: platformCertificatePrivateKey },
];

export function platformKey(id: string): PlatformKey | undefined {
  return platformPrivateKeys.find((key) => key.id === id);
}

/** A platform key that is not this one, to sign wrongly with. */
export function otherPlatformKey(id: string): PlatformKey {
  return platformPrivateKeys.find((key) => key.id !== id) as PlatformKey;
}
