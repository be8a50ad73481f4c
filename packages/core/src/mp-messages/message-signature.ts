import { encodeHex } from "../bytes/hex.ts";
import { encodeUtf8 } from "../bytes/utf8.ts";
import { requireWebCrypto } from "../hash/web-crypto.ts";

/** Signs as WeChat does: the SHA-1 of the texts, sorted and joined, in lower-case hexadecimal. */
export async function messageSignature(texts: readonly string[]): Promise<string> {
  requireWebCrypto();
  const joined = encodeUtf8([...texts].sort().join(""));
  return encodeHex(new Uint8Array(await crypto.subtle.digest("SHA-1", joined)));
}

/** Compares two texts in a time that does not tell where they differ. */
export function isSameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let i = 0; i < one.length; i++) difference |= one.charCodeAt(i) ^ other.charCodeAt(i);
  return difference === 0;
}
