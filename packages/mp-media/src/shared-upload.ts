import { raceTimeout } from "@wechat-edge/core/internal/upload";

/** An upload under way, and a sign that whoever began it still lives. */
export interface Flight<T> {
  readonly result: Promise<T>;
  beats: number;
}

const BEAT_MS = 500;

/**
 * Lets callers that come while an upload is under way share its result, however long it takes.
 * In a Worker it may belong to a request that has ended, and then never settles; that request's
 * timers end with it. So a caller waits as long as the upload's heart beats, then begins itself.
 *
 * @returns whether the upload was this caller's own
 */
export async function shareUpload<T>(
  flights: Map<string, Flight<T>>,
  key: string,
  upload: () => Promise<T>,
): Promise<{ value: T; own: boolean }> {
  for (let joined = flights.get(key); joined !== undefined; joined = flights.get(key)) {
    const before = joined.beats;
    const settled = await raceTimeout(joined.result);
    if (settled !== undefined) return { value: settled.value, own: false };
    if (joined.beats === before && flights.get(key) === joined) break;
  }
  const flight = { result: upload(), beats: 0 };
  flights.set(key, flight);
  const heart = setInterval(() => {
    flight.beats += 1;
  }, BEAT_MS);
  try {
    return { value: await flight.result, own: true };
  } finally {
    clearInterval(heart);
    if (flights.get(key) === flight) flights.delete(key);
  }
}
