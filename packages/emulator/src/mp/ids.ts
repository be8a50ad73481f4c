import { randomBytes, randomDigits, randomHex, randomText } from "../bytes/random.ts";

/** As reported: the second in hex, then two random numbers. */
export const newRid = (ms: number): string =>
  `${Math.max(0, Math.floor(ms / 1000))
    .toString(16)
    .padStart(8, "0")
    .slice(-8)}-${randomHex(4)}-${randomHex(4)}`;

/** As in the oldest tutorial. */
const TEMPORARY_ID_LENGTH = 64;

export const newTemporaryId = (): string => randomText(TEMPORARY_ID_LENGTH);

/** Reported: a permanent media_id has 43 characters, the first 21 or 22 the same for one account. */
const PERMANENT_ID_LENGTH = 43;
const PREFIX_LENGTH = 22;

export const newMediaIdPrefix = (): string => randomText(PREFIX_LENGTH);

export const newPermanentId = (prefix: string): string =>
  prefix + randomText(PERMANENT_ID_LENGTH - prefix.length);

/** As reported for a video of add_material: `apiv_` and 19 digits. */
export const newApiVid = (): string => `apiv_${randomDigits(19)}`;

/** As published: `wxv_` and 18 digits. */
export const newVid = (): string => `wxv_${randomDigits(18)}`;

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** As in `[KiBfOA0483e297]`: six letters, four digits, a letter and three digits. */
export function newHint(): string {
  const letters = Array.from(randomBytes(7), (byte) => LETTERS[byte % LETTERS.length]);
  const digits = Array.from(randomBytes(7), (byte) => byte % 10);
  const [last = "e", ...rest] = letters.reverse();
  return `${rest.join("")}${digits.slice(0, 4).join("")}${last.toLowerCase()}${digits.slice(4).join("")}`;
}

/** As published: two digits, `_`, and characters up to the length. */
export const newAccessToken = (length: number): string => {
  const [byte = 0] = randomBytes(1);
  return `${10 + (byte % 90)}_${randomText(length - 3)}`;
};
