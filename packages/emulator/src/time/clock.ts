import { check } from "../validation/check.ts";
import { READ_TIME, TIME } from "./moment-rules.ts";

/** The emulator's clock. */
export interface Clock {
  /** Returns milliseconds since 1970, as `Date.now` does. */
  now: () => number;
  /** Sets the time in milliseconds since 1970; the clock goes on from there. */
  set: (ms: number) => void;
  /** Advances the clock by this many milliseconds. */
  advance: (ms: number) => void;
}

/** A function that returns the time, or the time at which the clock starts when first read. */
export type ClockStart = (() => number) | number | string;

const toMilliseconds = (moment: number | string): number =>
  typeof moment === "string" ? Date.parse(moment) : moment;

/** Starts when first read: in workerd there is no time before a request. */
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
  const now = (): number => {
    const ms = base() + offset;
    // A function of the caller's own may return anything.
    check(READ_TIME, ms, "The time that now returns");
    return ms;
  };
  return {
    now,
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
