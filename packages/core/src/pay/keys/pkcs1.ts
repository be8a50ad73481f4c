import { concatBytes } from "../../bytes/concat.ts";
import { writeDer } from "./der.ts";

/** What PKCS#8 puts before a PKCS#1 key: version 0 and AlgorithmIdentifier { rsaEncryption, NULL } (RFC 5958). */
const PKCS8_RSA_HEAD = Uint8Array.of(
  ...[0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86],
  ...[0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00],
);

/** Converts the DER of a PKCS#1 key, which WebCrypto cannot import, to PKCS#8. */
export function pkcs1ToPkcs8(key: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeDer(0x30, concatBytes([PKCS8_RSA_HEAD, writeDer(0x04, key)]));
}
