import { createPayClient, type KeyValueStore, type PayClientOptions } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";

/** A merchant who knows his APIv3 key alone, an emulator of his own, and a clock for both. */
export function certificateMerchant(options: Partial<PayClientOptions> = {}) {
  let time = Date.UTC(2026, 10, 22, 8, 0, 0);
  const now = () => time;
  const emulator = createEmulator({ now });
  emulator.control.platform.setMode("certificates");
  const { mchid, serialNo, privateKey, apiV3Key } = credentials.pay;
  const pay = createPayClient({
    ...{ mchid, serialNo, privateKey, apiV3Key, now },
    fetch: emulator.fetch,
    sleep: async () => undefined,
    ...options,
  });
  return {
    pay,
    emulator,
    platform: emulator.control.platform,
    advance: (ms: number) => {
      time += ms;
    },
    downloads: () =>
      emulator.control.journal.entries().filter(({ path }) => path.includes("certificates")).length,
    uploads: () =>
      emulator.control.journal.entries().filter(({ path }) => path.includes("upload")).length,
  };
}

export function memory(): KeyValueStore & { values: Map<string, string>; ttls: number[] } {
  const values = new Map<string, string>();
  const ttls: number[] = [];
  return {
    values,
    ttls,
    get: async (key) => values.get(key),
    set: async (key, value, { ttl }) => {
      values.set(key, value);
      ttls.push(ttl);
    },
  };
}
