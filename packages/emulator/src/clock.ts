export interface Clock {
  /** Milliseconds since 1970, as Date.now. */
  now: () => number;
  /** Jumps to this moment; time goes on from there. */
  set: (ms: number) => void;
  advance: (ms: number) => void;
}

const finite = (ms: number, what: string): number => {
  if (!Number.isFinite(ms)) throw new TypeError(`${what} is ${ms}; it must be milliseconds.`);
  return ms;
};

export function createClock(base: () => number): Clock & { reset(): void } {
  let offset = 0;
  return {
    now: () => base() + offset,
    set(ms) {
      offset = finite(ms, "The time to set") - base();
    },
    advance(ms) {
      offset += finite(ms, "The time to advance");
    },
    reset() {
      offset = 0;
    },
  };
}
