import { type Rule, that } from "../validation/rules.ts";

/** The range of Date (ECMA-262). */
const MAX_TIME_MS = 8.64e15;

const isTime = (value: unknown): boolean =>
  typeof value === "number" && Math.abs(value) <= MAX_TIME_MS;

export const TIME: Rule = that(isTime, `milliseconds from -${MAX_TIME_MS} to ${MAX_TIME_MS}`);

const isMoment = (value: unknown): boolean =>
  isTime(typeof value === "string" ? Date.parse(value) : value);

/** Milliseconds since 1970 or an ISO 8601 string. */
export const momentRule: Rule = that(isMoment, "milliseconds since 1970 or an ISO 8601 string");

export const clockStartRule: Rule = that(
  (value) => typeof value === "function" || isMoment(value),
  "a function, milliseconds since 1970 or an ISO 8601 string",
);
