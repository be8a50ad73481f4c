import { encodeHex } from "../../bytes/hex.ts";
import { type CertificateData, certificateData } from "./certificate-data.ts";
import { type Der, partsOf, readDer } from "./der.ts";
import { pkcs1ToPkcs8 } from "./pkcs1.ts";

/** What a key's DER is, whatever the label around it says. */
export interface KeyData {
  /** In words for a message. */
  readonly kind: string;
  /** PKCS#8 of a private key, SPKI of a public key or of a certificate. */
  readonly der: Uint8Array;
  /** Of a certificate: its own serial number in upper-case hexadecimal, without leading zeros. */
  readonly serial?: string;
  /** Of a certificate: the bytes of its subject as text, to search for a name in it. */
  readonly subject?: string;
  /** Of a certificate: who issued it, and when it is valid. */
  readonly certificate?: CertificateData;
}

export const PRIVATE = "a private key";
export const PUBLIC = "a public key";
export const CERTIFICATE = "a certificate";
export const ENCRYPTED = "encrypted";
export const PKCS1_PUBLIC = "a PKCS#1 public key";

/** By the tags of the parts of the outer SEQUENCE, in hexadecimal. */
const KINDS: readonly (readonly [shape: RegExp, kind: string])[] = [
  [/^(?:02){9}/, PRIVATE],
  [/^023004/, PRIVATE],
  [/^3003$/, PUBLIC],
  [/^303003$/, CERTIFICATE],
  [/^3004$/, ENCRYPTED],
  [/^0202$/, PKCS1_PUBLIC],
  [/^0204/, "an EC key"],
  [/^0230/, "a .p12 file"],
  [/^06a0/, "a .p7b file"],
];

/** Object identifiers in DER: rsaEncryption (PKCS#1) and id-ecPublicKey (RFC 5480), which SM2 has too. */
const RSA = "06092a864886f70d010101";
const EC = "06072a8648ce3d0201";

/** Tells what DER is; returns undefined for anything that is not a key or certificate, or is cut off. */
export function keyData(bytes: Uint8Array): KeyData | undefined {
  const outer = readDer(bytes);
  if (outer?.tag !== 0x30) return undefined;
  const parts = partsOf(outer);
  const kind = KINDS.find(([shape]) => shape.test(tagsOf(parts)))?.[1];
  const der = outer.bytes;
  if (kind === PRIVATE && parts.length > 5) return { kind, der: pkcs1ToPkcs8(der) };
  if (kind === PRIVATE) return keyOf(kind, der, parts[1]);
  if (kind === PUBLIC) return keyOf(kind, der, parts[0]);
  if (kind === CERTIFICATE) return certificate(der, parts);
  return kind === undefined ? undefined : { kind, der };
}

function certificate(der: Uint8Array, [body, , signature]: readonly Der[]): KeyData | undefined {
  if (body === undefined) return undefined;
  const [first, ...rest] = partsOf(body);
  // Of version 1 there is no version.
  const fields = first?.tag === 0xa0 || first === undefined ? rest : [first, ...rest];
  const [serial, , issuer, validity, subject, spki] = fields;
  const tags = tagsOf(fields);
  if (tags.startsWith("023030a0")) return { kind: "a certificate request", der };
  if (!tags.startsWith("023030303030")) return { kind: "no key", der };
  if (!serial || !issuer || !validity || !subject || !spki) return undefined;
  return {
    ...keyOf(CERTIFICATE, spki.bytes, partsOf(spki)[0]),
    serial: withoutZeros(encodeHex(serial.content)),
    subject: new TextDecoder("latin1").decode(subject.content),
    certificate: certificateData(body, [issuer, validity, subject], signature),
  };
}

/** A serial number as it is compared: programs write it with and without leading zeros. */
export function withoutZeros(serial: string): string {
  return serial.toUpperCase().replace(/^0+(?=.)/, "");
}

function keyOf(kind: string, der: Uint8Array, algorithm: Der | undefined): KeyData {
  const oid = algorithm === undefined ? "" : encodeHex(algorithm.content);
  if (oid.startsWith(RSA)) return { kind, der };
  return { kind: oid.startsWith(EC) ? "an EC key" : "a key that is not RSA", der };
}

function tagsOf(parts: readonly Der[]): string {
  return encodeHex(Uint8Array.from(parts, ({ tag }) => tag));
}
