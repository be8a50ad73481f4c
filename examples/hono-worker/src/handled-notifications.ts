import type { Bindings } from "./bindings.ts";

/** Remembers which notifications were acted on. */
export interface HandledNotifications {
  has(id: string): Promise<boolean>;
  add(id: string): Promise<void>;
}

/** WeChat Pay sends a notification again for 24 hours and 4 minutes. */
const KEPT_SECONDS = 2 * 24 * 3600;

/**
 * Takes the KV namespace NOTIFICATIONS if there is one, and else the memory of this isolate, which another isolate does
 * not see. KV takes up to a minute to show a value everywhere. Neither stops two that come at the same moment: where
 * acting twice does harm, ask your database or a Durable Object.
 */
export function handledNotifications({ NOTIFICATIONS: kv }: Bindings): HandledNotifications {
  if (kv === undefined) {
    return {
      has: async (id) => inMemory.has(id),
      add: async (id) => void inMemory.add(id),
    };
  }
  return {
    has: async (id) => (await kv.get(id)) !== null,
    add: (id) => kv.put(id, "handled", { expirationTtl: KEPT_SECONDS }),
  };
}

const inMemory = new Set<string>();
