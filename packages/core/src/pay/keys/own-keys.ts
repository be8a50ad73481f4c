import { KeyError } from "../errors.ts";
import { verify } from "../signature.ts";
import type { RsaKey } from "./key.ts";

/** Throws KeyError if what the merchant signed verifies under a platform key: then it is the merchant's own. */
export async function refuseOwnKeys(
  keys: ReadonlyMap<string, RsaKey>,
  message: Uint8Array<ArrayBuffer>,
  signature: string,
): Promise<void> {
  for (const [id, key] of keys) {
    if (!(await isSignedFor(key, message, signature))) continue;
    throw new KeyError(
      `platformKeys ${id} is the merchant's own key: it verifies what privateKey signs. Pass WeChat Pay's public key (pub_key.pem) or platform certificate.`,
    );
  }
}

/** Whether a platform key verifies a signature. */
export async function isSignedFor(
  key: RsaKey,
  message: Uint8Array<ArrayBuffer>,
  signature: string,
): Promise<boolean> {
  return (await verify(await key.load(), message, signature)) === true;
}
