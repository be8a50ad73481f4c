import { hex } from "./hex.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const randomBytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));

/** 107 letters, as both published examples have. */
export const newMediaId = (): string =>
  Array.from(randomBytes(107), (byte) => ALPHABET[byte & 63]).join("");

/** The form seen in reports: `08…` in hex, then `-0`. */
export const newRequestId = (): string => `08${hex(randomBytes(18)).toUpperCase()}-0`;

/** 12 characters, the bytes of an initialisation vector. */
export const newSealNonce = (): string => hex(randomBytes(6));

export const newNonce = (): string => hex(randomBytes(16));
