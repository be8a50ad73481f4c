import type { KeyValueStore } from "@wechat-edge/core";
import type { StoreFault } from "./network/faults.ts";
import type { Trouble } from "./plan.ts";
import type { Run } from "./run.ts";
import type { World } from "./world/world.ts";

const LAG_MS = 1500;
const POISON = [
  "{",
  "null",
  "[]",
  '{"v":1}',
  '{"v":1,"access_token":"","issued_at":0,"expires_at":9e15}',
  '{"v":1,"fetchedAt":1,"body":"{}"}',
  "\u0000",
];

/** A store that all processes share. What a step does to it goes wrong as the step's troubles say. */
export interface SharedStore extends KeyValueStore {
  /** Every text that was ever stored, for the search for what must not be there. */
  readonly texts: readonly string[];
}

export function createSharedStore(world: World): SharedStore {
  const kept = new Map<string, string>();
  const before = new Map<string, string>();
  const texts: string[] = [];
  const run = (): Run | undefined => world.owner() as Run | undefined;
  const faultOf = (): StoreFault | undefined => {
    const isStore = (each: Trouble): boolean => each.kind === "store";
    const trouble = run()?.troubles.find(isStore);
    if (trouble?.kind !== "store") return undefined;
    run()?.struck.add(trouble);
    return trouble.fault;
  };
  /** Waits or fails as the fault says, before anything is done. */
  const suffer = async (fault: StoreFault | undefined): Promise<void> => {
    if (run()?.process.dead === true || fault === "hangs") await new Promise(() => undefined);
    if (fault === "throws") throw new Error("The store is gone.");
    if (fault === "lags") await new Promise((resolve) => setTimeout(resolve, LAG_MS));
  };
  return {
    texts,
    async get(key: string) {
      const fault = faultOf();
      await suffer(fault);
      if (fault === "loses") return undefined;
      if (fault === "old") return before.get(key) ?? null;
      if (fault === "poisoned") return run()?.random.pick(POISON);
      return kept.get(key);
    },
    async set(key: string, value: string) {
      const fault = faultOf();
      await suffer(fault);
      texts.push(value);
      if (fault === "loses") return;
      const last = kept.get(key);
      if (last !== undefined) before.set(key, last);
      kept.set(key, value);
    },
    async delete(key: string) {
      await suffer(faultOf());
      kept.delete(key);
    },
  };
}
