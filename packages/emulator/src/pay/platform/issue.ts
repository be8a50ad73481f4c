import { base64Decode, base64Encode } from "../../bytes/base64.ts";
import { authorityPrivateKey } from "../../demo/certificate-authority.ts";
import { publicKeyInfo } from "../pem.ts";
import { rsaSign } from "../signature.ts";

/** What a platform certificate says. */
export interface CertificateContent {
  /** Upper-case hex digits, in pairs. */
  serialNo: string;
  /** X.509 or SPKI PEM of its key. */
  publicKey: string;
  /** Start and end of validity, in milliseconds. */
  from: number;
  until: number;
}

type Name = readonly (readonly [oid: string, text: string])[];

/** Of WeChat Pay's CA, as its certificates have it and its documents say to compare. */
const ISSUER: Name = [
  ["550406", "CN"],
  ["55040a", "Tenpay.com"],
  ["55040b", "Tenpay.com CA Center"],
  ["550403", "Tenpay.com Root CA"],
];
/** Not WeChat Pay's, so that nobody takes it for a real one. */
const SUBJECT: Name = [
  ["550406", "CN"],
  ["55040a", "wechat-edge emulator"],
  ["550403", "Emulated platform certificate"],
];

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OID = 0x06;
const PRINTABLE = 0x13;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

const encoder = new TextEncoder();
const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** An element of DER (X.690). */
function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  const element = new Uint8Array(1 + size.length + length);
  element.set([tag, ...size]);
  let at = 1 + size.length;
  for (const part of parts) {
    element.set(part, at);
    at += part.length;
  }
  return element;
}

function nameOf(parts: Name): Uint8Array {
  const attributes = parts.map(([oid, text]) =>
    der(SET, der(SEQUENCE, der(OID, bytesOf(oid)), der(PRINTABLE, encoder.encode(text)))),
  );
  return der(SEQUENCE, ...attributes);
}

/** RFC 5280 §4.1.2.5: two digits of the year until 2049. */
function timeOf(ms: number): Uint8Array {
  const digits = new Date(ms).toISOString().replace(/\.\d+|[-:T]/g, "");
  const isShort = digits < "2050" && digits >= "1950";
  return isShort
    ? der(UTC_TIME, encoder.encode(digits.slice(2)))
    : der(GENERALIZED_TIME, encoder.encode(digits));
}

/** sha256WithRSAEncryption. */
const ALGORITHM = bytesOf("300d06092a864886f70d01010b0500");
/** Version 3. */
const VERSION = bytesOf("a003020102");
/** basicConstraints of no CA; keyUsage digitalSignature and keyEncipherment. */
const EXTENSIONS = bytesOf("a31d301b30090603551d1304023000300e0603551d0f0101ff0404030205a0");

/** Issues a platform certificate in the name of WeChat Pay's CA; PEM without a line break at its end. */
export async function issueCertificate(content: CertificateContent): Promise<string> {
  const { serialNo, publicKey, from, until } = content;
  const serial = bytesOf(serialNo);
  const positive = (serial[0] ?? 0) < 0x80 ? serial : Uint8Array.of(0, ...serial);
  const body = der(
    SEQUENCE,
    VERSION,
    der(INTEGER, positive),
    ALGORITHM,
    nameOf(ISSUER),
    der(SEQUENCE, timeOf(from), timeOf(until)),
    nameOf(SUBJECT),
    publicKeyInfo(publicKey),
    EXTENSIONS,
  );
  const signature = base64Decode(await rsaSign(authorityPrivateKey, body)) ?? new Uint8Array();
  const whole = der(SEQUENCE, body, ALGORITHM, der(BIT_STRING, Uint8Array.of(0), signature));
  const lines = base64Encode(whole).replace(/.{64}(?=.)/g, "$&\n");
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----`;
}
