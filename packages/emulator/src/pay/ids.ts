import { randomHex, randomText } from "../bytes/random.ts";

/** 107 characters, as in both published examples. */
export const newMediaId = (): string => randomText(107);

/** As in reports: `08…` in hex, then `-0`. */
export const newRequestId = (): string => `08${randomHex(18).toUpperCase()}-0`;

/** 12 characters: the initialization vector. */
export const newSealNonce = (): string => randomHex(6);

export const newNonce = (): string => randomHex(16);
