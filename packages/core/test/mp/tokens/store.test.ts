import type { KeyValueStore } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { callsOf, countMaterial, failure } from "../../../../../test/support/mp.ts";
import { processes, tokenStoreContract } from "../../../../../test/support/token-store.ts";

const { appid } = credentials.mp;

tokenStoreContract("a Map", async () => {
  const store = new Map<string, string>();
  return {
    store,
    keys: async () => [...store.keys()],
    write: async (key, value) => void store.set(key, value),
  };
});

tokenStoreContract("a store that parses JSON by itself", async () => {
  const values = new Map<string, unknown>();
  const parsed = (value: string): unknown => {
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  };
  return {
    store: {
      get: async (key) => values.get(key) ?? null,
      set: async (key, value) => void values.set(key, parsed(value)),
    },
    keys: async () => [...values.keys()],
    write: async (key, value) => void values.set(key, parsed(value)),
  };
});

describe("a store that fails goes unused, and is told of", () => {
  const error = new Error("no store");
  const reject = async (): Promise<never> => {
    throw error;
  };
  const throwAtOnce = (): never => {
    throw error;
  };
  const broken: Record<string, [KeyValueStore, number]> = {
    "rejects every get": [{ get: reject, set: () => undefined }, 1],
    "rejects every set": [{ get: () => undefined, set: reject }, 1],
    "rejects everything": [{ get: reject, set: reject, delete: reject }, 2],
    "throws at once": [{ get: throwAtOnce, set: throwAtOnce, delete: throwAtOnce }, 2],
    "rejects with what is no error": [
      { get: () => undefined, set: () => Promise.reject(undefined) },
      1,
    ],
  };
  for (const [what, [store, errors]] of Object.entries(broken)) {
    it(`because it ${what}`, async () => {
      const { emulator, start, storeErrors } = processes(store);
      const mp = start();
      for (let i = 0; i < 3; i++) await countMaterial(mp);
      expect(callsOf(emulator)).toMatchObject({ stable: 1, api: 3 });
      expect(storeErrors.length).toBe(errors);
      if (!what.includes("no error")) expect(storeErrors).toContain(error);
    });
  }

  it("because it cannot delete a token that was refused", async () => {
    const values = new Map<string, string>();
    const store = {
      get: async (key: string) => values.get(key),
      set: async (key: string, value: string) => void values.set(key, value),
      delete: reject,
    };
    const { emulator, start, storeErrors } = processes(store);
    const mp = start();
    await countMaterial(mp);
    emulator.control.tokens.kill(appid, { replace: true });
    await countMaterial(mp);
    await countMaterial(start());
    expect(callsOf(emulator)).toMatchObject({ stable: 2, api: 4 });
    expect(storeErrors).toEqual([error]);
  });

  it("and a client without onStoreError goes on as well", async () => {
    const { start } = processes({ get: reject, set: throwAtOnce });
    await countMaterial(start({ onStoreError: undefined }));
  });

  it("and no call is lost to an onStoreError that throws or rejects", async () => {
    for (const onStoreError of [throwAtOnce, reject as () => never]) {
      const { start } = processes({ get: reject, set: reject });
      await countMaterial(start({ onStoreError }));
    }
  });

  it("and holds a token of somebody who poisoned it for one call at most", async () => {
    const poison = JSON.stringify({
      v: 1,
      access_token: "POISON",
      issued_at: Date.UTC(2026, 10, 22, 8, 0, 0),
      expires_at: Date.UTC(2050, 0, 1),
    });
    const { emulator, start, used } = processes({ get: () => poison, set: () => undefined });
    const mp = start();
    for (let i = 0; i < 3; i++) await countMaterial(mp);
    expect(used.filter((token) => token === "POISON").length).toBe(1);
    expect(callsOf(emulator)).toMatchObject({ stable: 1, api: 4 });
  });

  it("and its token does not hide that the secret is wrong once it is needed", async () => {
    const store = new Map<string, string>();
    const { emulator, start } = processes(store);
    await countMaterial(start());
    const wrong = start({ secret: "f".repeat(32) });
    await countMaterial(wrong); // the store's token serves
    emulator.control.tokens.kill(appid, { replace: true });
    expect(await failure(countMaterial(wrong))).toMatchObject({ errcode: 40125 });
  });
});
