import { randomHex, randomText } from "../bytes/random.ts";

/** 107 letters, as both published examples have. */
export const newMediaId = (): string => randomText(107);

/** The form seen in reports: `08…` in hex, then `-0`. */
export const newRequestId = (): string => `08${randomHex(18).toUpperCase()}-0`;

/** 12 characters, the bytes of an initialisation vector. */
export const newSealNonce = (): string => randomHex(6);

export const newNonce = (): string => randomHex(16);
