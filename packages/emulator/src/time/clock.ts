import { check } from "../validation/check.ts";
import { that } from "../validation/rules.ts";

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

export function createClock(base: () => number): Clock {
  let offset = 0;
  return {
    now: () => base() + offset,
    set(ms) {
      offset = check<number>(TIME, ms, "The moment to set") - base();
    },
    advance(ms) {
      const next = base() + offset + check<number>(TIME, ms, "The time to advance");
      offset = check<number>(TIME, next, "The moment after it") - base();
    },
  };
}
