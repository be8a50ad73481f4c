import { given } from "../../given.ts";
import { KeyError } from "../errors.ts";

/** How {@link looksLike} calls what must be decoded to know more. */
export const BASE64 = "a key or certificate in base64";

export const PUBLIC_KEY_ID = "the id of a public key of WeChat Pay";
export const SERIAL = "the serial number of a certificate";
const DECIMAL = "a serial number in decimal digits";
export const SECRET = "an APIv3 key or an AppSecret";
export const MERCHANT_NUMBER = "a merchant number";

/** What people paste in each other's place, by its look; the first that fits. */
const LOOKS: readonly (readonly [look: RegExp, name: string])[] = [
  [/[\x80-\x9f\ufffd]/, "a binary file that was read as text: pass its bytes"],
  [/^(?:undefined|null|\[object .*)$/, 'the text "undefined", "null" or "[object …]"'],
  [/BEGIN [\w ]{0,30}PRIVATE KEY/, "a private key"],
  [/BEGIN [\w ]{0,30}REQUEST/, "a certificate request"],
  [/BEGIN [\w ]{0,30}CERTIFICATE/, "a certificate"],
  [/BEGIN [\w ]{0,30}PUBLIC KEY|^ssh-/, "a public key"],
  [/^(?:M[I-K]|LS0t)[\w+/=\s]{60,}$/, BASE64],
  [/^PUB[_ -]?KEY[_ -]?ID/i, PUBLIC_KEY_ID],
  [/^\d{34}$/, "the digits of the id of a public key without PUB_KEY_ID_ before them"],
  [/^[\dA-F]{36,40}$/i, SERIAL],
  [/^\d{41,49}$/, DECIMAL],
  [/^wx[\da-f]{16}$/, "an AppID"],
  [/^\d{8,10}$/, MERCHANT_NUMBER],
  [/^(?=.*[a-z])[\da-f]{32}$|^(?=.*[G-Zg-z])[\da-z]{32}$/i, SECRET],
  [/^[$%{][\w${}.% ]+$|^process\.env\b|^[A-Z\d]+(?:_[A-Z\d]+)+$/, "the name of a variable"],
  [/^(?:[.~]{0,2}[\\/]|[a-z]:[\\/]|\w+:\/\/)|^[^\n]*\.\w{2,4}$/i, "a path or URL"],
];

/** Names what a text looks like; undefined if it is nothing that is known here. */
export function looksLike(text: string): string | undefined {
  const bare = bareText(text);
  return LOOKS.find(([look]) => look.test(bare))?.[1];
}

/** The text without blanks and quotes around it. */
export function bareText(text: string): string {
  const around = /[\s'"`\\]/;
  let start = 0;
  while (around.test(text.charAt(start))) start += 1;
  let end = text.length;
  while (end > start && around.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** What surrounds or parts an id where programs show it: a label such as `serial=`, `0x`, colons, blanks, quotes. */
const AROUND_ID = /^.*(?:[=：[]|[^\dA-F]:)|[0\\]x|[\s"'`\\:;,<>\]\u200b-\u200f\ufeff-]+/gis;

/** The id in a text, without what surrounds it. A serial number has 20 bytes at most (RFC 5280). */
function idIn(text: string): string {
  const id = text.replace(AROUND_ID, "");
  if (id.length <= 40) return id;
  const digits = id.replace(/^0+/, "");
  return /^\d{41,49}$/.test(digits) ? BigInt(digits).toString(16).toUpperCase() : digits;
}

/** What an id must be. */
export interface WantedId {
  readonly pattern: RegExp;
  /** For the message. */
  readonly wanted: string;
  /** How {@link looksLike} calls what is right here. */
  readonly own: readonly string[];
  /** The class of the error for a string that does not have the pattern. */
  readonly Refusal: typeof TypeError | typeof KeyError;
}

/**
 * Checks an id by its pattern, and that it does not look like something else. Throws TypeError for anything but a
 * string, KeyError for a key or another id in its place.
 */
export function checkId(
  name: string,
  value: unknown,
  { pattern, wanted, own, Refusal }: WantedId,
): asserts value is string {
  const refused = (what: string): string => `${name} must be ${wanted}, not ${what}.`;
  if (typeof value !== "string") throw new TypeError(refused(given(value)));
  const seen = looksLike(value);
  const id = idIn(value);
  if (seen === DECIMAL && own.includes(SERIAL)) {
    throw new KeyError(`${refused(seen)} In hexadecimal it is ${id}.`);
  }
  if (seen !== undefined && !own.includes(seen)) throw new KeyError(refused(seen));
  if (pattern.test(value)) return;
  const cure =
    pattern.test(id) && id.length <= 45 && id.length !== 32 // as an APIv2 key or an AppSecret
      ? ` Write it without blanks, colons, quotes, "0x" and "serial=": ${id}`
      : "";
  throw new Refusal(refused(given(value)) + cure);
}
