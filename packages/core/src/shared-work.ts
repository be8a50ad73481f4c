/** How long a caller waits for another's work before it goes alone. */
const PATIENCE_MS = 2000;

/**
 * Lets callers that come while work is under way share its result.
 * In a Worker that work may belong to a request that has ended, and then never settles: so each
 * caller waits a short while only. No caller's signal reaches the work itself.
 */
export function shareWork<T>(work: () => Promise<T>): () => Promise<T> {
  let flight: Promise<T> | undefined;
  return async () => {
    const shared = flight && (await settledSoon(flight));
    if (shared !== undefined) return shared.value;
    const own = work();
    flight = own;
    try {
      return await own;
    } finally {
      if (flight === own) flight = undefined;
    }
  };
}

/** The value of work that is done within a short while, else undefined. */
export async function settledSoon<T>(flight: Promise<T>): Promise<{ value: T } | undefined> {
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
