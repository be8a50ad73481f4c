import { check } from "../validation/check.ts";
import { TIME } from "./moment-rules.ts";

/** The emulator's clock: it may be set, and moved on. */
export interface Clock {
  /** Milliseconds since 1970, as Date.now. */
  now: () => number;
  /** Jumps to this moment; time goes on from there. */
  set: (ms: number) => void;
  advance: (ms: number) => void;
}

/** What a clock follows: a function, or the moment at which it starts when it is first looked at. */
export type ClockStart = (() => number) | number | string;

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
