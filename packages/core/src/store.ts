import { ignoreErrors } from "./async/ignore-errors.ts";
import { given } from "./given.ts";

/**
 * Where tokens, certificates, and media that is kept, outlive a process: Workers KV, unstorage, Deno KV, a Map.
 * It is a cache and never a lock: it may forget, lag behind, fail or hang, and then goes unused.
 */
export interface KeyValueStore {
  get(key: string): unknown;
  /** `ttl` is in seconds and at least 60, as Workers KV takes no less; values carry their own expiry. */
  set(key: string, value: string, options: { ttl: number }): unknown;
  delete?(key: string): unknown;
}

/** A store that neither throws nor hangs. */
export interface SafeStore {
  /** The JSON object stored, or undefined. */
  get(key: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  /** `seconds` until the value is worth nothing. */
  set(key: string, value: object, seconds: number): Promise<void>;
  delete(key: string): Promise<void>;
}

/** How long a store may take; a token from WeChat takes no longer. */
const PATIENCE_MS = 2000;
const MIN_TTL_SECONDS = 60;

/** Throws TypeError where the store lacks `get` or `set`. `name` is the option it was given as. */
export function safeStore(
  name: string,
  store: KeyValueStore,
  onError?: (error: unknown) => void,
): SafeStore {
  if (typeof store?.get !== "function" || typeof store.set !== "function") {
    throw new TypeError(
      `${name} must be a store with the functions get(key) and set(key, value, { ttl }), such as a Map, not ${given(store)}.`,
    );
  }
  const report = ignoreErrors(onError);
  const guarded = async (step: string, work: () => unknown): Promise<unknown> => {
    try {
      return await soon(step, work);
    } catch (error) {
      report(error);
      return undefined;
    }
  };
  return {
    get: async (key) => parsed(await guarded("get", () => store.get(key))),
    async set(key, value, seconds) {
      const ttl = Math.max(MIN_TTL_SECONDS, Math.ceil(seconds));
      await guarded("set", () => store.set(key, JSON.stringify(value), { ttl }));
    },
    async delete(key) {
      await guarded("delete", () => store.delete?.(key));
    },
  };
}

/** Some stores, unstorage among them, parse JSON by themselves. */
function parsed(value: unknown): Readonly<Record<string, unknown>> | undefined {
  let object = value;
  if (typeof value === "string") {
    try {
      object = JSON.parse(value);
    } catch {
      return undefined; // not ours: as good as nothing
    }
  }
  return typeof object === "object" && object !== null && !Array.isArray(object)
    ? (object as Record<string, unknown>)
    : undefined;
}

async function soon(step: string, work: () => unknown): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The store did not finish ${step} within ${PATIENCE_MS} ms.`)),
      PATIENCE_MS,
    );
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
