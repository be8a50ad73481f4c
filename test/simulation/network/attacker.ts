// Somebody between a client and WeChat Pay, who has no key of WeChat's. What is sealed with the merchant's APIv3 key is
// what WeChat sealed for another purpose, with a text of the attacker's in it, or has seen better days.

import { createCipheriv, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { idealSignature } from "../world/instant-crypto.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
/** A CA of the attacker's own. */
const authority = generateKeyPairSync("rsa", { modulusLength: 2048 });
const spki = publicKey.export({ format: "der", type: "spki" });
/** The serial number under which the attacker lists a key of its own. */
export const FORGED_SERIAL = "A77AC4E200000000000000000000000000000001";

/** The serial number of a certificate that is listed under another one. */
const OTHER_SERIAL = "A77AC4E200000000000000000000000000000002";

/** In every reply of an attacker: no result may have it. */
export const FORGED = "forged-by-an-attacker";

const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der
    .toString("base64")
    .replace(/.{1,64}/g, "$&\n")}-----END ${label}-----\n`;
const PUBLIC_KEY = pem("PUBLIC KEY", spki);

/** One entry of the forged list: what is sealed, what for, and under which serial number it is listed. */
interface Entry {
  readonly plaintext: string;
  readonly associated_data: string;
  readonly serial_no: string;
}

/** What WeChat Pay calls its CA: a name that anybody can write into a certificate. */
const TENPAY = "Tenpay.com Root CA";
const VALID = { from: "200101000000Z", until: "491230000000Z" };
const EXPIRED = { from: "000101000000Z", until: "010101000000Z" };

const listed = (
  plaintext: string,
  associated_data = "certificate",
  serial_no = FORGED_SERIAL,
): Entry => ({ plaintext, associated_data, serial_no });

/** By number, so that a plan can say which. Each is refused for one reason, and most for that alone. */
const entries: readonly ((genuine: string) => Entry)[] = [
  // A notification of a payment, whose attach the buyer chose.
  () => listed(` {"attach":"${PUBLIC_KEY}"}`, "transaction"),
  () => listed(`[${JSON.stringify({ attach: PUBLIC_KEY })}]`, "transaction"),
  () => listed(PUBLIC_KEY, "transaction"),
  () => listed(certificate({ ...VALID, issuer: TENPAY }), "transaction"),
  () => listed(PUBLIC_KEY),
  (genuine) => listed(PUBLIC_KEY, "certificate", genuine),
  () => listed(`{"attach":"${certificate({ ...VALID, issuer: TENPAY })}"}`),
  () => listed(certificate({ ...EXPIRED, issuer: TENPAY })),
  () => listed(certificate({ ...VALID, issuer: TENPAY, serial: OTHER_SERIAL })),
  () => listed(certificate({ ...VALID, issuer: "Another Root CA" })),
  () => listed(certificate({ ...VALID, signedWith: privateKey })),
  () => listed(certificate({ ...VALID, issuer: TENPAY, signedWith: privateKey })),
];

const made = new Map<string, Entry>();

function entryOf(variant: number, genuine: string): Entry {
  const number = variant % entries.length;
  const [make] = entries.slice(number);
  if (make === undefined) throw new RangeError(`There is no attack ${variant}.`);
  const name = `${number} ${genuine}`;
  const entry = made.get(name) ?? make(genuine);
  made.set(name, entry);
  return entry;
}

/** What the attacker answers to a download of certificates. */
export function forgedList(
  variant: number,
  {
    apiV3Key,
    now,
    genuine,
  }: { readonly apiV3Key: string; readonly now: number; readonly genuine: string },
): string {
  const { plaintext, associated_data, serial_no } = entryOf(variant, genuine);
  return JSON.stringify({
    data: [
      {
        serial_no,
        effective_time: new Date(now - 86_400_000).toISOString(),
        expire_time: new Date(now + 86_400_000).toISOString(),
        encrypt_certificate: sealed(apiV3Key, plaintext, associated_data),
      },
    ],
  });
}

/** A notification signed with the attacker's key, about what WeChat Pay once sealed for another purpose. */
export function forgedNotification(
  variant: number,
  { apiV3Key, now, genuine }: { apiV3Key: string; now: number; genuine: string },
): Response {
  const resource = {
    original_type: "transaction",
    ...sealed(apiV3Key, JSON.stringify({ forged: FORGED }), "transaction"),
  };
  const body = JSON.stringify({
    id: FORGED,
    create_time: new Date(now).toISOString(),
    event_type: "TRANSACTION.SUCCESS",
    resource_type: "encrypt-resource",
    summary: FORGED,
    resource,
  });
  return forgedReply(body, variant, now, genuine);
}

function sealed(apiV3Key: string, plaintext: string, associated_data: string) {
  const nonce = "0123456789ab";
  const cipher = createCipheriv("aes-256-gcm", apiV3Key, nonce);
  cipher.setAAD(Buffer.from(associated_data));
  const bytes = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  const ciphertext = bytes.toString("base64");
  return { algorithm: "AEAD_AES_256_GCM", nonce, associated_data, ciphertext };
}

/** A reply signed with the attacker's key, under the serial number that the list gave it. */
export function forgedReply(body: string, variant: number, now: number, genuine: string): Response {
  const { serial_no } = entryOf(variant, genuine);
  const timestamp = String(Math.floor(now / 1000));
  const nonce = "attackersnonce0000000000000000ff";
  const message = `${timestamp}\n${nonce}\n${body}\n`;
  const headers = {
    "content-type": "application/json",
    "wechatpay-timestamp": timestamp,
    "wechatpay-nonce": nonce,
    "wechatpay-serial": serial_no,
    "wechatpay-signature": idealSignature(privateKey, Buffer.from(message)).toString("base64"),
  };
  return new Response(body, { headers });
}

/** An X.509 certificate of the attacker's key in WeChat Pay's name, whoever it says issued it. */
function certificate({
  from,
  until,
  issuer = SUBJECT,
  serial = FORGED_SERIAL,
  signedWith = authority.privateKey,
}: {
  readonly from: string;
  readonly until: string;
  readonly issuer?: string;
  readonly serial?: string;
  readonly signedWith?: KeyObject;
}): string {
  const algorithm = der(0x30, der(0x06, hex("2a864886f70d01010b")), der(0x05));
  const dates = der(0x30, der(0x17, Buffer.from(from)), der(0x17, Buffer.from(until)));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  // A serial number whose first bit is set has a zero before it.
  const number = der(0x02, Buffer.concat([Buffer.from([0]), hex(serial)]));
  const signed = der(
    0x30,
    version,
    number,
    algorithm,
    nameOf(issuer),
    dates,
    nameOf(SUBJECT),
    spki,
  );
  const signature = sign("sha256", signed, signedWith);
  const whole = der(
    0x30,
    signed,
    algorithm,
    der(0x03, Buffer.concat([Buffer.from([0]), signature])),
  );
  return pem("CERTIFICATE", whole);
}

const SUBJECT = "Tenpay.com sign";

/** A name with a commonName alone. */
function nameOf(text: string): Buffer {
  const commonName = der(0x30, der(0x06, hex("550403")), der(0x0c, Buffer.from(text)));
  return der(0x30, der(0x31, commonName));
}

const hex = (text: string): Buffer => Buffer.from(text, "hex");

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
