/** How long a caller waits for another's work before it goes alone. */
const PATIENCE_MS = 2000;

/** Work that callers share while it is under way. */
export interface SharedWork<T> {
  run(): Promise<T>;
  isUnderWay(): boolean;
}

/**
 * Lets callers that come while work is under way share its result.
 * In a Worker that work may belong to a request that has ended, and then never settles: so each
 * caller waits a short while only, then joins whoever has begun anew, or begins itself.
 * No caller's signal reaches the work.
 */
export function shareWork<T>(work: () => Promise<T>): SharedWork<T> {
  let flight: Promise<T> | undefined;
  let latest: { readonly value: T } | undefined;
  return {
    isUnderWay: () => flight !== undefined,
    async run() {
      const before = latest;
      for (let joined = flight; joined !== undefined; joined = flight) {
        const settled = await raceTimeout(joined);
        if (settled !== undefined) return settled.value;
        if (flight === joined) break;
      }
      if (latest !== undefined && latest !== before) return latest.value;
      const own = work();
      flight = own;
      try {
        const value = await own;
        latest = { value };
        return value;
      } finally {
        if (flight === own) flight = undefined;
      }
    },
  };
}

/** The value of work that is done within a short while, else undefined. */
export async function raceTimeout<T>(flight: Promise<T>): Promise<{ value: T } | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const impatient = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, undefined);
  });
  try {
    return await Promise.race([flight.then((value) => ({ value })), impatient]);
  } finally {
    clearTimeout(timer);
  }
}
