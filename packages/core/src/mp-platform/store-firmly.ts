import type { SafeStore } from "../store.ts";

const TRIES = 3;

/** Stores what must not be lost, as long as `isLatest`: a store that fails now and then is asked again at once. */
export async function storeFirmly(
  store: SafeStore,
  key: string,
  value: object,
  seconds: number,
  isLatest: () => boolean,
): Promise<boolean> {
  for (let tries = 0; tries < TRIES && isLatest(); tries++) {
    if (await store.set(key, value, seconds)) return true;
  }
  return false;
}
