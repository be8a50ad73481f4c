import type { KeyValueStore } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { callsOf, countMaterial } from "../../support/mp.ts";
import { processes } from "../../support/token-store.ts";

const { appid } = credentials.mp;

/** Reads lag behind writes until they are let through, as they may for a minute in Workers KV. */
function laggingStore() {
  const written = new Map<string, string>();
  let seen = new Map<string, string>();
  const store: KeyValueStore = {
    get: async (key) => seen.get(key) ?? null,
    set: async (key, value) => void written.set(key, value),
    delete: async (key) => void written.delete(key),
  };
  return {
    store,
    catchUp: () => {
      seen = new Map(written);
    },
  };
}

describe("a store whose reads lag behind", () => {
  it("costs a cold process one token call, and no more than one", async () => {
    const { store } = laggingStore();
    const { emulator, start } = processes(store);
    const [one, two] = [start(), start()];
    for (const mp of [one, two, one, two]) await countMaterial(mp);
    expect(callsOf(emulator)).toMatchObject({ stable: 2, api: 4 });
  });

  it("and holds the refused token leads to another one, in all processes", async () => {
    const { store, catchUp } = laggingStore();
    const { emulator, start, used } = processes(store);
    const [one, two] = [start(), start()];
    await countMaterial(one);
    catchUp();
    await countMaterial(two);
    emulator.control.tokens.kill(appid, { replace: true });
    await countMaterial(one); // the store still gives the old one
    await countMaterial(two);
    await countMaterial(start()); // a new process believes the store, and finds out
    expect(callsOf(emulator)).toMatchObject({ stable: 4, forced: 0, api: 8 });
    expect(new Set(used).size).toBe(2);
    catchUp();
    await countMaterial(start());
    expect(callsOf(emulator)).toMatchObject({ stable: 4, api: 9 });
  });
});
