import { ignoreErrors } from "./async/ignore-errors.ts";
import { within } from "./async/within.ts";
import { given } from "./given.ts";

/**
 * Keeps access_tokens, platform certificates and media_ids between processes: Workers KV, Redis, unstorage, Deno KV, a
 * Map. It is a cache, not a lock: it may forget, lag behind, fail or hang, and the client goes on without it.
 */
export interface KeyValueStore {
  /** Returns the value of a key, or undefined or null; may return a promise. */
  get(key: string): unknown;
  /**
   * Stores a value. `ttl`, in seconds, is at least 60, the least that Workers KV takes; values hold their own expiry,
   * so it may be ignored.
   */
  set(key: string, value: string, options: { ttl: number }): unknown;
  /** Removes a key. */
  delete?(key: string): unknown;
}

/** A store that does not throw or hang, nor return what was stored under another key. */
export interface SafeStore {
  /** Resolves with a copy of the stored JSON object, or undefined. */
  get(key: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  /** Stores a value that is useless after `seconds`. Resolves with whether the store took it. */
  set(key: string, value: object, seconds: number): Promise<boolean>;
  delete(key: string): Promise<void>;
}

/** How long a store may take; a request to WeChat is faster. */
const PATIENCE_MS = 2000;
const MIN_TTL_SECONDS = 60;

/** Wraps a store. Throws TypeError if it has no `get` or `set`; `name` is the option in the message. */
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
  const failed = Symbol();
  const guarded = async (step: string, work: () => unknown): Promise<unknown> => {
    try {
      return await soon(step, work);
    } catch (error) {
      report(error);
      return failed;
    }
  };
  return {
    async get(key) {
      const value = await guarded("get", async () => parsed(await store.get(key), key));
      return value === failed ? undefined : (value as Readonly<Record<string, unknown>>);
    },
    async set(key, value, seconds) {
      const ttl = Math.max(MIN_TTL_SECONDS, Math.ceil(seconds));
      return (
        (await guarded("set", () => store.set(key, JSON.stringify({ ...value, key }), { ttl }))) !==
        failed
      );
    },
    async delete(key) {
      await guarded("delete", () => store.delete?.(key));
    },
  };
}

/**
 * Some stores, such as unstorage, parse JSON by themselves. One that keeps a single value, whatever the key, would hand
 * the token of one account to another. Values of earlier versions do not say their key.
 */
function parsed(value: unknown, key: string): Readonly<Record<string, unknown>> | undefined {
  let object = value;
  if (typeof value === "string") {
    try {
      object = JSON.parse(value);
    } catch {
      return undefined; // not ours
    }
  }
  if (typeof object !== "object" || object === null || Array.isArray(object)) return undefined;
  const { key: own = key, ...copy } = object as Readonly<Record<string, unknown>>;
  return own === key ? copy : undefined;
}

async function soon(step: string, work: () => unknown): Promise<unknown> {
  const done = await within(PATIENCE_MS, (async () => work())());
  if (done !== undefined) return done.value;
  throw new Error(`The store did not finish ${step} within ${PATIENCE_MS} ms.`);
}
