import { decodeBase64, encodeBase64 } from "../../bytes/base64.ts";
import { concatBytes } from "../../bytes/concat.ts";
import { KeyError } from "../errors.ts";

/** What PKCS#8 puts before a PKCS#1 key: version 0 and AlgorithmIdentifier { rsaEncryption, NULL } (RFC 5958). */
const PKCS8_RSA_HEAD = Uint8Array.of(
  ...[0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86],
  ...[0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00],
);

/** Converts a PKCS#1 PEM, which WebCrypto cannot import, to PKCS#8. */
export function pkcs1ToPkcs8(pem: string): string {
  const base64 = pem.replace(/-----[^-]+-----/g, "").replace(/\s+/g, "");
  const key = decodeBase64(base64);
  if (key === undefined)
    throw new KeyError("privateKey is not PEM: the text between BEGIN and END is not base64.");
  const pkcs8 = der(0x30, concatBytes([PKCS8_RSA_HEAD, der(0x04, key)]));
  return `-----BEGIN PRIVATE KEY-----\n${encodeBase64(pkcs8)}\n-----END PRIVATE KEY-----`;
}

function der(tag: number, content: Uint8Array): Uint8Array {
  const length = content.byteLength;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return concatBytes([Uint8Array.of(tag, ...size), content]);
}
