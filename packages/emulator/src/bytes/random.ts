import { hex } from "./hex.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

export const randomBytes = (count: number): Uint8Array =>
  crypto.getRandomValues(new Uint8Array(count));

/** Two lower-case hex digits per byte. */
export const randomHex = (bytes: number): string => hex(randomBytes(bytes));

/** Letters, digits, `-` and `_`. */
export const randomText = (length: number): string =>
  Array.from(randomBytes(length), (byte) => ALPHABET[byte & 63]).join("");

/** `count` digits, the first not 0. */
export function randomDigits(count: number): string {
  const [first = 0, ...rest] = randomBytes(count);
  return `${1 + (first % 9)}${rest.map((byte) => byte % 10).join("")}`;
}
