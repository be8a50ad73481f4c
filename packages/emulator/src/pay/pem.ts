import { base64Decode } from "../bytes/base64.ts";
import { hex } from "../bytes/hex.ts";

export interface PemBlock {
  label: string;
  der: Uint8Array<ArrayBuffer>;
}

/** Keys are few, and read with every request. */
const MAX_KNOWN = 100;
const known = new Map<string, PemBlock>();

export function parsePem(pem: string): PemBlock {
  const block = known.get(pem) ?? readPem(pem);
  if (known.size === MAX_KNOWN) known.clear();
  known.set(pem, block);
  return block;
}

function readPem(pem: string): PemBlock {
  const match = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]+?)-----END \1-----/.exec(pem);
  const der = match?.[2] === undefined ? undefined : base64Decode(match[2].replace(/\s/g, ""));
  if (match?.[1] === undefined || der === undefined) {
    throw new TypeError("The key is not PEM; it must be a BEGIN … END block of base64.");
  }
  return { label: match[1], der };
}

interface DerElement {
  start: number;
  content: number;
  end: number;
}

function derElement(der: Uint8Array, start: number): DerElement {
  let length = der[start + 1] ?? 0;
  let content = start + 2;
  if (length > 0x80) {
    const lengthBytes = length & 0x7f;
    length = 0;
    for (let i = 0; i < lengthBytes; i++) length = length * 256 + (der[content++] ?? 0);
  }
  const end = content + length;
  if (end > der.length) throw new TypeError("The certificate is cut short.");
  return { start, content, end };
}

/** The elements of a certificate from its serial number on (RFC 5280 §4.1). */
function serialElement(der: Uint8Array): DerElement {
  const certificate = derElement(der, 0);
  const body = derElement(der, certificate.content);
  const first = derElement(der, body.content);
  const hasVersion = der[first.start] === 0xa0;
  return hasVersion ? derElement(der, first.end) : first;
}

/** The serial number of an X.509 PEM in upper-case hex digits. */
export function serialOf(pem: string): string {
  const { der } = parsePem(pem);
  const { content, end } = serialElement(der);
  // A leading zero byte only keeps the number positive.
  const digits = hex(der.subarray(content, end)).replace(/^(00)+(?=.)/, "");
  return digits.toUpperCase();
}

/** Returns the SubjectPublicKeyInfo of an SPKI or X.509 PEM. */
export function publicKeyInfo(pem: string): Uint8Array<ArrayBuffer> {
  const { label, der } = parsePem(pem);
  if (label === "PUBLIC KEY") return der;
  if (label !== "CERTIFICATE") {
    throw new TypeError(`The PEM is a ${label}; it must be a PUBLIC KEY or a CERTIFICATE.`);
  }
  let element = serialElement(der);
  // Then algorithm, issuer, validity, subject and the key.
  for (let skip = 5; skip > 0; skip--) element = derElement(der, element.end);
  return der.slice(element.start, element.end);
}
