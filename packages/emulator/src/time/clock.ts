import { check } from "../validation/check.ts";
import { type Rule, that } from "../validation/rules.ts";

export interface Clock {
  /** Milliseconds since 1970, as Date.now. */
  now: () => number;
  /** Jumps to this moment; time goes on from there. */
  set: (ms: number) => void;
  advance: (ms: number) => void;
}

/** Dates reach no further (ECMA-262). */
const MAX_TIME_MS = 8.64e15;

const TIME = that(
  (value) => typeof value === "number" && Math.abs(value) <= MAX_TIME_MS,
  `milliseconds from -${MAX_TIME_MS} to ${MAX_TIME_MS}`,
);

/** What a clock follows: a function, or the moment at which it starts when it is first looked at. */
export type ClockStart = (() => number) | number | string;

const isMoment = (value: unknown): boolean =>
  Number.isFinite(typeof value === "string" ? Date.parse(value) : value);

/** Milliseconds since 1970 or ISO 8601 text. */
export const momentRule: Rule = that(isMoment, "milliseconds since 1970 or ISO 8601 text");

export const clockStartRule: Rule = that(
  (value) => typeof value === "function" || isMoment(value),
  "a function, milliseconds since 1970 or ISO 8601 text",
);

const toMilliseconds = (moment: number | string): number =>
  typeof moment === "string" ? Date.parse(moment) : moment;

/** Time goes by from this moment, beginning with the first look: workerd has no time before. */
function passing(start: number): () => number {
  let began: number | undefined;
  return () => {
    const now = Date.now();
    began ??= now;
    return start + now - began;
  };
}

export function createClock(start: ClockStart = () => Date.now()): Clock {
  const base = typeof start === "function" ? start : passing(toMilliseconds(start));
  let offset = 0;
  return {
    now: () => base() + offset,
    set(ms) {
      check(TIME, ms, "The moment to set");
      offset = ms - base();
    },
    advance(ms) {
      check(TIME, ms, "The time to advance");
      const next = base() + offset + ms;
      check(TIME, next, "The moment after it");
      offset = next - base();
    },
  };
}
