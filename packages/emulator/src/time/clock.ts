export interface Clock {
  /** Milliseconds since 1970, as Date.now. */
  now: () => number;
  /** Jumps to this moment; time goes on from there. */
  set: (ms: number) => void;
  advance: (ms: number) => void;
}

/** Dates reach no further (ECMA-262). */
const MAX_TIME_MS = 8.64e15;

const moment = (ms: number, what: string): number => {
  if (typeof ms === "number" && Math.abs(ms) <= MAX_TIME_MS) return ms;
  throw new TypeError(`${what} is ${String(ms)}; it must be milliseconds within ${MAX_TIME_MS}.`);
};

export function createClock(base: () => number): Clock {
  let offset = 0;
  return {
    now: () => base() + offset,
    set(ms) {
      offset = moment(ms, "The time to set") - base();
    },
    advance(ms) {
      const next = base() + offset + moment(ms, "The time to advance");
      offset = moment(next, "The time to advance to") - base();
    },
  };
}
