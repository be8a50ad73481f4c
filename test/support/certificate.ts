// Certificates of any kind, written by hand: the tests of what a client refuses need those that no tool makes.

import { credentials } from "@wechat-edge/emulator";
import vectors from "../vectors/keys.json" with { type: "json" };

/** Attributes of a name by the last byte of their object identifier: 3 is the common name, 10 the organization. */
type Name = readonly (readonly [attribute: number, text: string, tag?: number])[];

export interface CertificateOptions {
  /** Hexadecimal. */
  readonly serialNo?: string;
  readonly issuer?: Name;
  readonly subject?: Name;
  readonly from?: number;
  readonly until?: number;
  /** In place of what `from` and `until` make: whole elements. */
  readonly validity?: readonly Bytes[];
  /** PEM of the key inside (SPKI), and of the one that signs (PKCS#8). */
  readonly publicKey?: string;
  readonly signer?: string;
}

type Bytes = Uint8Array<ArrayBuffer>;

export const TENPAY: Name = [
  [6, "CN"],
  [10, "Tenpay.com"],
  [11, "Tenpay.com CA Center"],
  [3, "Tenpay.com Root CA"],
];
export const SERIAL = "2A10B3C4D5E6F708192A3B4C5D6E7F8091A2B3C4";

const DAY = 86_400_000;
const encoder = new TextEncoder();

export function der(tag: number, ...parts: readonly Uint8Array[]): Bytes {
  const content = parts.flatMap((part) => [...part]);
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.of(tag, ...size, ...content);
}

export function hexBytes(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function text(tag: number, value: string): Bytes {
  return der(tag, encoder.encode(value));
}

/** The DER of a PEM. */
export function derOf(pem: string): Bytes {
  const base64 = pem.replace(/-----[^-]+-----|\s/g, "");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

export function pemOf(bytes: Uint8Array, label = "CERTIFICATE"): string {
  const base64 = btoa(String.fromCharCode(...bytes)).replace(/.{64}(?=.)/g, "$&\n");
  return `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`;
}

function nameOf(name: Name): Bytes {
  return der(
    0x30,
    ...name.map(([attribute, value, tag = 0x0c]) =>
      der(0x31, der(0x30, der(0x06, Uint8Array.of(0x55, 4, attribute)), text(tag, value))),
    ),
  );
}

/** GeneralizedTime. */
export function time(ms: number): Bytes {
  return text(0x18, new Date(ms).toISOString().replace(/\.\d+|[-:T]/g, ""));
}

const SHA256_WITH_RSA = hexBytes("300d06092a864886f70d01010b0500");

/** A certificate that is right, but for what the options change. */
export async function makeCertificate(
  now: number,
  options: CertificateOptions = {},
): Promise<string> {
  const {
    serialNo = SERIAL,
    issuer = TENPAY,
    subject = [[3, "Tenpay.com sign"]],
    from = now - DAY,
    until = now + 365 * DAY,
    validity = [time(from), time(until)],
    publicKey = vectors.keys["rsa.spki"],
    signer = credentials.pay.privateKey, // any key but its own
  } = options;
  const body = der(
    0x30,
    hexBytes("a003020102"),
    der(0x02, hexBytes(serialNo)),
    SHA256_WITH_RSA,
    nameOf(issuer),
    der(0x30, ...validity),
    nameOf(subject),
    derOf(publicKey),
  );
  const signature = await signed(signer, body);
  return pemOf(der(0x30, body, SHA256_WITH_RSA, der(0x03, Uint8Array.of(0), signature)));
}

const RS256 = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

async function signed(privateKey: string, message: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey("pkcs8", derOf(privateKey), RS256, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign(RS256.name, key, message));
}

/** A key pair of somebody else, as PEM. */
export async function foreignKeys(): Promise<{ publicKey: string; privateKey: string }> {
  const algorithm = { ...RS256, modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };
  const pair = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const [spki, pkcs8] = [
    await crypto.subtle.exportKey("spki", pair.publicKey),
    await crypto.subtle.exportKey("pkcs8", pair.privateKey),
  ];
  return {
    publicKey: pemOf(new Uint8Array(spki), "PUBLIC KEY"),
    privateKey: pemOf(new Uint8Array(pkcs8), "PRIVATE KEY"),
  };
}

/** An entry of a list, sealed with the demo merchant's APIv3 key. */
export async function listEntry(
  content: string | Uint8Array,
  change: { serial_no?: string; associated_data?: string; expire_time?: string } = {},
): Promise<object> {
  const { serial_no = SERIAL, associated_data = "certificate", expire_time } = change;
  const nonce = "0123456789ab";
  const secret = encoder.encode(credentials.pay.apiV3Key);
  const key = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt"]);
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: encoder.encode(nonce), additionalData: encoder.encode(associated_data) },
    key,
    typeof content === "string" ? encoder.encode(content) : new Uint8Array(content),
  );
  const ciphertext = btoa(String.fromCharCode(...new Uint8Array(sealed)));
  return {
    serial_no,
    effective_time: "2020-01-01T00:00:00+08:00",
    expire_time: expire_time ?? "2099-01-01T00:00:00+08:00",
    encrypt_certificate: { algorithm: "AEAD_AES_256_GCM", nonce, associated_data, ciphertext },
  };
}

/** A nonce that no other has: the library takes each once. */
const newNonce = (): string => crypto.randomUUID().replaceAll("-", "");

/** A reply that a key has signed, by default that of the vectors. */
export async function signedReply(
  now: number,
  body: string,
  {
    privateKey = vectors.keys["rsa.pkcs8"],
    serial = SERIAL,
    nonce = newNonce(),
  }: { privateKey?: string; serial?: string; nonce?: string } = {},
): Promise<Response> {
  const timestamp = String(Math.floor(now / 1000));
  const message = encoder.encode(`${timestamp}\n${nonce}\n${body}\n`);
  const signature = btoa(String.fromCharCode(...(await signed(privateKey, message))));
  return new Response(body, {
    headers: {
      "Content-Type": "application/json",
      "Wechatpay-Timestamp": timestamp,
      "Wechatpay-Nonce": nonce,
      "Wechatpay-Signature": signature,
      "Wechatpay-Serial": serial,
    },
  });
}
