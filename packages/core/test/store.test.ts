import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStorage } from "unstorage";
import fsDriver from "unstorage/drivers/fs";
import memoryDriver from "unstorage/drivers/memory";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type OpenStore, tokenStoreContract } from "../../../test/support/token-store.ts";
import { safeStore } from "../src/store.ts";

const directory = mkdtempSync(join(tmpdir(), "wechat-edge-"));
afterAll(() => rmSync(directory, { recursive: true }));

function opened(storage: ReturnType<typeof createStorage>): OpenStore {
  return {
    store: {
      get: (key) => storage.get(key),
      set: (key, value, options) => storage.set(key, value, options),
      delete: (key) => storage.remove(key),
    },
    keys: () => storage.getKeys(),
    write: (key, value) => storage.setItemRaw(key, value),
  };
}

tokenStoreContract("unstorage in memory", async () =>
  opened(createStorage({ driver: memoryDriver() })),
);

tokenStoreContract("unstorage in files", async () =>
  opened(createStorage({ driver: fsDriver({ base: mkdtempSync(join(directory, "store-")) }) })),
);

describe("a store that hangs", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  for (const step of ["get", "set", "delete"] as const) {
    it(`on ${step} is given up after two seconds, and told of`, async () => {
      const errors: unknown[] = [];
      const hang = (): Promise<never> => new Promise(() => undefined);
      const store = safeStore("store", { get: hang, set: hang, delete: hang }, (error) => {
        errors.push(error);
      });
      const work = {
        get: () => store.get("key"),
        set: () => store.set("key", {}, 7200),
        delete: () => store.delete("key"),
      }[step]();
      await vi.advanceTimersByTimeAsync(1999);
      expect(errors).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(await work).toBe(step === "set" ? false : undefined);
      expect(errors.map(String)).toEqual([
        `Error: The store did not finish ${step} within 2000 ms.`,
      ]);
    });
  }

  it("and fails in the end does not fail unseen", async () => {
    const store = safeStore("store", {
      get: () =>
        new Promise((_, reject) => {
          setTimeout(() => reject(new Error("late")), 3000);
        }),
      set: () => undefined,
    });
    const work = store.get("key");
    await vi.advanceTimersByTimeAsync(5000);
    expect(await work).toBe(undefined);
  });
});

describe("a store", () => {
  it("may answer at once, and have no delete", async () => {
    const values = new Map<string, string>();
    const { get, set } = {
      get: (key: string) => values.get(key),
      set: (key: string, value: string) => values.set(key, value),
    };
    const store = safeStore("store", { get, set });
    await store.set("key", { a: 1 }, 1);
    expect(await store.get("key")).toEqual({ a: 1 });
    await store.delete("key");
    expect(values.size).toBe(1);
  });

  it("keeps its own this", async () => {
    class Store {
      #values = new Map<string, string>();
      get(key: string) {
        return this.#values.get(key);
      }
      set(key: string, value: string) {
        this.#values.set(key, value);
      }
      delete(key: string) {
        this.#values.delete(key);
      }
    }
    const store = safeStore("store", new Store());
    await store.set("key", { a: 1 }, 1);
    expect(await store.get("key")).toEqual({ a: 1 });
    await store.delete("key");
    expect(await store.get("key")).toBe(undefined);
  });

  it.each<[string, () => unknown]>([
    [
      "a getter that throws",
      () => ({
        v: 1,
        get a() {
          throw new Error("boom");
        },
      }),
    ],
    [
      "a getter of its key that throws",
      () => ({
        get key() {
          throw new TypeError("boom");
        },
      }),
    ],
    [
      "a revoked proxy",
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
    ],
    [
      "a proxy whose traps throw",
      () =>
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error("boom");
            },
          },
        ),
    ],
    [
      "a promise of them",
      async () => ({
        get a() {
          throw new Error("boom");
        },
      }),
    ],
  ])("may return %s, which counts as nothing and is told of", async (_, value) => {
    const errors: unknown[] = [];
    const values = { get: value, set: () => undefined };
    const store = safeStore("store", values, (error) => errors.push(error));
    expect(await store.get("key")).toBe(undefined);
    expect(errors).toHaveLength(1);
  });

  it.each([1, 0, true, 10n, Symbol("a"), () => 1, "null", "[]", "1", null])(
    "may return what is no object, which counts as nothing: %s",
    async (value) => {
      const store = safeStore("store", { get: () => value, set: () => undefined });
      expect(Object.keys((await store.get("key")) ?? {})).toEqual([]);
    },
  );

  it("that has one value for all keys returns none of another key", async () => {
    let only: unknown;
    for (const of of [(text: string) => text, (text: string) => JSON.parse(text)]) {
      const store = safeStore("store", {
        get: () => only,
        set: (_, value) => {
          only = of(value);
        },
      });
      await store.set("one", { a: 1 }, 60);
      expect(await store.get("one")).toEqual({ a: 1 });
      for (const key of ["two", "", "ONE", "one "]) expect(await store.get(key)).toBe(undefined);
      only = { a: 2 }; // of an earlier version
      expect(await store.get("two")).toEqual({ a: 2 });
    }
  });

  it("is given whole seconds, 60 at least", async () => {
    const ttls: number[] = [];
    const store = safeStore("store", {
      get: () => undefined,
      set: (_, __, { ttl }) => ttls.push(ttl),
    });
    for (const seconds of [-5, 0, 59.2, 60, 60.2, 7199.5]) await store.set("key", {}, seconds);
    expect(ttls).toEqual([60, 60, 60, 60, 61, 7200]);
  });
});
