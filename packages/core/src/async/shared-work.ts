/** Work that callers share while it is under way. */
export interface SharedWork<T> {
  /**
   * Joins the work under way, or begins it. `own` tells which: what was joined may have been begun for other options.
   * No caller's signal reaches the work.
   */
  run(work: () => Promise<T>): Promise<{ readonly value: T; readonly own: boolean }>;
  isUnderWay(): boolean;
}

interface Flight<T> {
  readonly result: Promise<T>;
  /** Grows as long as its owner lives. */
  beats: number;
}

const BEAT_MS = 500;
/** How long a caller waits for a sign of life before it begins the work itself. */
const PATIENCE_MS = 2000;

/**
 * Lets callers that come while work is under way share its result, however long it takes.
 * In a Worker that work may belong to a request that has ended, and then never settles; the request's
 * timers end with it. So callers wait as long as the heart of the work beats: then one of them begins
 * anew, and the others join that.
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
        const settled = await raceTimeout(joined.result);
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

/** The value of work that is done within a short while, else undefined. */
async function raceTimeout<T>(work: Promise<T>): Promise<{ readonly value: T } | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const impatient = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, undefined);
  });
  try {
    return await Promise.race([work.then((value) => ({ value })), impatient]);
  } finally {
    clearTimeout(timer);
  }
}
