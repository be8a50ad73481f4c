import type { KeyValueStore } from "@wechat-edge/core";

/** The part of a KV namespace that a token store and the tests use. */
export interface KvNamespace {
  get(key: string): Promise<string | null>;
  put(key: string, value: string, options: { expirationTtl: number }): Promise<void>;
  delete(key: string): Promise<void>;
  list(): Promise<{ keys: { name: string }[] }>;
}

/** Workers KV as a token store. */
export function kvStore(namespace: KvNamespace): KeyValueStore {
  return {
    get: (key) => namespace.get(key),
    set: (key, value, { ttl }) => namespace.put(key, value, { expirationTtl: ttl }),
    delete: (key) => namespace.delete(key),
  };
}
