import { type Rule, that } from "../validation/rules.ts";

/**
 * The years 1 to 9000. The dates of the wire have years of four digits, and what is added to a moment, such as the life
 * of a token, must end before 8.64e15, where Date ends.
 */
const FIRST_MS = -62_135_596_800_000;
const LAST_MS = 221_845_392_000_000;
/** A clock that was set to the last moment goes on. */
const MAX_READ_MS = 2 * LAST_MS;

const isTime = (value: unknown): boolean =>
  typeof value === "number" && value >= FIRST_MS && value <= LAST_MS;

export const TIME: Rule = that(isTime, `milliseconds from ${FIRST_MS} to ${LAST_MS}`);

/** What a clock may tell. */
export const READ_TIME: Rule = that(
  (value) => typeof value === "number" && value >= 2 * FIRST_MS && value <= MAX_READ_MS,
  "milliseconds since 1970, up to the year 9000",
);

const isMoment = (value: unknown): boolean =>
  isTime(typeof value === "string" ? Date.parse(value) : value);

/** Milliseconds since 1970 or an ISO 8601 string. */
export const momentRule: Rule = that(
  isMoment,
  "milliseconds since 1970 or an ISO 8601 string, up to the year 9000",
);

export const clockStartRule: Rule = that(
  (value) => typeof value === "function" || isMoment(value),
  "a function, milliseconds since 1970 or an ISO 8601 string, up to the year 9000",
);
