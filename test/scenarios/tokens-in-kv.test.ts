// miniflare's KV namespace, with its minimum of 60 seconds. Reads of the real one may lag behind:
// test/conformance/tokens/store.test.ts has a store that does.

import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getPlatformProxy } from "wrangler";
import { tokenStoreContract } from "../support/token-store.ts";
import { type KvNamespace, kvStore } from "./worker/mp/kv-store.ts";

let proxy: Awaited<ReturnType<typeof getPlatformProxy<{ TOKENS: KvNamespace }>>>;

beforeAll(async () => {
  proxy = await getPlatformProxy({
    configPath: fileURLToPath(new URL("worker/mp/wrangler.jsonc", import.meta.url)),
    persist: false,
  });
}, 60_000);
afterAll(() => proxy.dispose());

const keys = async (): Promise<string[]> => {
  const { keys } = await proxy.env.TOKENS.list();
  return keys.map(({ name }) => name);
};

tokenStoreContract("a KV namespace", async () => {
  const { TOKENS } = proxy.env;
  for (const key of await keys()) await TOKENS.delete(key);
  return {
    store: kvStore(TOKENS),
    keys,
    write: (key, value) => TOKENS.put(key, value, { expirationTtl: 3600 }),
  };
});

it("a KV namespace refuses less than 60 seconds, so that the contract has proved something", async () => {
  await expect(proxy.env.TOKENS.put("a", "b", { expirationTtl: 59 })).rejects.toThrow(/60/);
});
