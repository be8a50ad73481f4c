import { within } from "./within.ts";

/** Work that callers share while it runs. */
export interface SharedWork<T> {
  /**
   * Joins the running work, or begins it. `own` is true if this call began it: joined work may have been begun with
   * other options. No caller's signal reaches the work.
   */
  run(work: () => Promise<T>): Promise<{ readonly value: T; readonly own: boolean }>;
  isUnderWay(): boolean;
}

interface Flight<T> {
  readonly result: Promise<T>;
  /** Grows as long as the request that began the work lives. */
  beats: number;
}

const BEAT_MS = 500;
/** How long a caller waits for the next beat before it begins the work itself. */
const PATIENCE_MS = 2000;

/**
 * Lets callers share the result of work that is running, however long it takes. In a Worker, the work may belong to a
 * request that has ended: it never settles then, and the request's timers have stopped. So the work has a timer that
 * counts beats. When the beats stop, one of the waiting callers begins the work again, and the others join it.
 */
export function createSharedWork<T>(): SharedWork<T> {
  let flight: Flight<T> | undefined;
  let latest: { readonly value: T } | undefined;
  return {
    isUnderWay: () => flight !== undefined,
    async run(work) {
      const before = latest;
      for (let joined = flight; joined !== undefined; joined = flight) {
        const { beats } = joined;
        const settled = await within(PATIENCE_MS, joined.result);
        if (settled !== undefined) return { ...settled, own: false };
        if (flight === joined && joined.beats === beats) break;
      }
      if (latest !== undefined && latest !== before) return { ...latest, own: false };
      const own: Flight<T> = { result: work(), beats: 0 };
      flight = own;
      const heart = setInterval(() => {
        own.beats += 1;
      }, BEAT_MS);
      try {
        latest = { value: await own.result };
        return { ...latest, own: true };
      } finally {
        clearInterval(heart);
        if (flight === own) flight = undefined;
      }
    },
  };
}
