import { hex } from "./bytes/hex.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const PERMANENT_ID_LENGTH = 43;

const randomBytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));

/** Letters, digits, `-` and `_`. */
export const randomText = (length: number): string =>
  Array.from(randomBytes(length), (byte) => ALPHABET[byte & 63]).join("");

/** 107 letters, as both published examples have. */
export const newMediaId = (): string => randomText(107);

/** The form seen in reports: `08…` in hex, then `-0`. */
export const newRequestId = (): string => `08${hex(randomBytes(18)).toUpperCase()}-0`;

/** 12 characters, the bytes of an initialisation vector. */
export const newSealNonce = (): string => hex(randomBytes(6));

export const newNonce = (): string => hex(randomBytes(16));

/** Of the Official Account: the second in hex, then two numbers, as reported ones have. */
export const newRid = (ms: number): string =>
  `${Math.max(0, Math.floor(ms / 1000))
    .toString(16)
    .padStart(8, "0")
    .slice(-8)}-${hex(randomBytes(4))}-${hex(randomBytes(4))}`;

/** Reported of permanent media_ids: 43, of which an account's first 21 to 22 are the same. */
export const newPermanentId = (prefix: string): string =>
  prefix + randomText(PERMANENT_ID_LENGTH - prefix.length);

/** So many digits, the first of them not 0. */
export function randomDigits(count: number): string {
  const [first = 0, ...rest] = randomBytes(count);
  return `${1 + (first % 9)}${rest.map((byte) => byte % 10).join("")}`;
}

/** As the published one: `wxv_` and 18 digits. */
export const newVid = (): string => `wxv_${randomDigits(18)}`;

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** As in `[KiBfOA0483e297]`: six letters, four digits, a letter and three digits. */
export function newHint(): string {
  const letters = Array.from(randomBytes(7), (byte) => LETTERS[byte % LETTERS.length]);
  const digits = Array.from(randomBytes(7), (byte) => byte % 10);
  const [last = "e", ...rest] = letters.reverse();
  return `${rest.join("")}${digits.slice(0, 4).join("")}${last.toLowerCase()}${digits.slice(4).join("")}`;
}

/** As the published ones: a number of two digits, `_`, and letters up to the length. */
export const newAccessToken = (length: number): string => {
  const [byte = 0] = randomBytes(1);
  return `${10 + (byte % 90)}_${randomText(length - 3)}`;
};
