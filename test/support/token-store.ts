import { createMpClient, type KeyValueStore } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { callsOf, countMaterial } from "./mp.ts";

/** A store to be tested: empty, and with a way around the client. */
export interface OpenStore {
  readonly store: KeyValueStore;
  readonly keys: () => Promise<string[]>;
  /** Writes as another program would. */
  readonly write: (key: string, value: string) => Promise<void>;
}

const now: number = Date.UTC(2026, 10, 22, 8, 0, 0);

/** What stands in a store, with its times in milliseconds. */
function stored(change: object = {}): string {
  const token = { v: 1, access_token: "F".repeat(136), issued_at: now, expires_at: now + 7200_000 };
  return JSON.stringify({ ...token, ...change });
}

/** Values that no client may make a token of. */
const uselessValues: Readonly<Record<string, string>> = {
  "what is no JSON": "{",
  "an empty string": "",
  "the token alone": "F".repeat(136),
  null: "null",
  "a number": "7200",
  "a list": "[1]",
  "an object of another program": '{"access_token":"FFFF","expires_in":7200}',
  "another version": stored({ v: 2 }),
  "a token that is no text": stored({ access_token: 7 }),
  "an empty token": stored({ access_token: "" }),
  "a token with a line end": stored({ access_token: "FFFF\n" }),
  "times in text": stored({ issued_at: String(now), expires_at: String(now + 7200_000) }),
  "no issued_at": stored({ issued_at: undefined }),
  "an expires_at that is null": stored({ expires_at: null }),
  "a token that ends before it begins": stored({
    issued_at: now + 300_000,
    expires_at: now + 10_000,
  }),
  "an expired token": stored({ issued_at: now - 7200_000, expires_at: now }),
  "a token in its last four minutes": stored({
    issued_at: now - 6960_000,
    expires_at: now + 240_000,
  }),
  "a token from the future, where the clock has jumped back": stored({
    issued_at: now + 300_001,
    expires_at: now + 7500_001,
  }),
};

/** The processes that share a store, an account and a WeChat. */
export function processes(store: KeyValueStore, options: { token?: "stable" | "plain" } = {}) {
  const emulator = createEmulator({ now: () => now });
  const storeErrors: unknown[] = [];
  const used: string[] = [];
  const start = (more: Partial<Parameters<typeof createMpClient>[0]> = {}) =>
    createMpClient({
      ...credentials.mp,
      ...options,
      tokenStore: store,
      onStoreError: (error) => storeErrors.push(error),
      now: emulator.control.clock.now,
      sleep: async () => undefined,
      fetch: (input, init) => {
        const token = new URL(input).searchParams.get("access_token");
        if (token !== null) used.push(token);
        return emulator.fetch(input, init);
      },
      ...more,
    });
  return { emulator, start, storeErrors, used };
}

/** What every store must do for tokens to outlive a process, and what clients must bear from it. */
export function tokenStoreContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`tokens in ${name}`, () => {
    it("spare the next process the token call", async () => {
      const { store } = await open();
      for (const token of ["stable", "plain"] as const) {
        const { emulator, start, storeErrors, used } = processes(store, { token });
        for (let i = 0; i < 3; i++) await countMaterial(start());
        expect(callsOf(emulator)).toMatchObject({ [token]: 1, api: 3 });
        expect(new Set(used).size).toBe(1);
        expect(storeErrors).toEqual([]);
      }
    });

    it("stand under origin, appid and kind", async () => {
      const { store, keys } = await open();
      const { emulator, start, storeErrors } = processes(store);
      const appid = "wx0000000000000002";
      emulator.control.seed({ accounts: [{ appid }] });
      await countMaterial(start());
      await countMaterial(start({ token: "plain" }));
      await countMaterial(start({ appid }));
      await countMaterial(start({ baseUrl: "https://api2.weixin.qq.com" }));
      expect(storeErrors).toEqual([]);
      expect(callsOf(emulator)).toMatchObject({ stable: 3, plain: 1 });
      const found = await keys();
      expect(found.length).toBe(4);
      for (const parts of [
        ["api.weixin.qq.com", credentials.mp.appid, "stable"],
        ["api.weixin.qq.com", credentials.mp.appid, "plain"],
        ["api.weixin.qq.com", appid, "stable"],
        ["api2.weixin.qq.com", credentials.mp.appid, "stable"],
      ]) {
        const holding = found.filter((key) =>
          parts.every((part) => key.split(/[:/]/).includes(part)),
        );
        expect(holding.length).toBe(1);
      }
      expect(found.join()).not.toContain(credentials.mp.secret);
    });

    it("are kept for 60 seconds at least, even where they live for 10", async () => {
      const { store, keys } = await open();
      const ttls: number[] = [];
      const { emulator, start, storeErrors } = processes({
        get: (key) => store.get(key),
        set: (key, value, options) => {
          ttls.push(options.ttl);
          return store.set(key, value, options);
        },
      });
      const merged = { kind: "reply-json", merge: true, times: 0 } as const;
      const match = { path: "/cgi-bin/stable_token" };
      emulator.control.faults.add({ ...merged, body: { expires_in: 10 }, match });
      await countMaterial(start());
      emulator.control.faults.clear();
      emulator.control.clock.advance(10_000);
      await countMaterial(start());
      expect(ttls).toEqual([60, 7190]);
      expect(storeErrors).toEqual([]);
      expect((await keys()).length).toBe(1);
    });

    it("are replaced for all where WeChat refuses them", async () => {
      const { store } = await open();
      const { emulator, start, storeErrors, used } = processes(store);
      const running = start();
      await countMaterial(running);
      emulator.control.tokens.kill(credentials.mp.appid, { replace: true });
      await countMaterial(running);
      await countMaterial(start());
      expect(callsOf(emulator)).toMatchObject({ stable: 2, api: 4 });
      expect(used[3]).toBe(used[2]);
      expect(storeErrors).toEqual([]);
    });

    it("that another process has replaced are found there", async () => {
      const { store } = await open();
      const { emulator, start } = processes(store, { token: "plain" });
      const [one, two] = [start(), start()];
      await countMaterial(one);
      await countMaterial(two);
      emulator.control.tokens.kill(credentials.mp.appid);
      await countMaterial(one);
      await countMaterial(two);
      expect(callsOf(emulator)).toMatchObject({ plain: 2, api: 6 });
    });

    it("that are refused and stay in the store are not used again", async () => {
      const { store, keys, write } = await open();
      const { emulator, start, used } = processes(store);
      const running = start();
      await countMaterial(running);
      const [key = ""] = await keys();
      const old = stored({ access_token: used[0] });
      emulator.control.tokens.kill(credentials.mp.appid, { replace: true });
      for (let i = 0; i < 3; i++) {
        await write(key, old);
        await countMaterial(running);
        emulator.control.clock.advance(6960_000); // it looks for another
        await write(key, stored({ access_token: used[0], expires_at: now + 20 * 7200_000 }));
      }
      expect(used.filter((token) => token === used[0]).length).toBe(2);
    });

    it("are not put back there once WeChat has refused them, even where it gives them again", async () => {
      const { store } = await open();
      const sets: string[] = [];
      const { emulator, start, used } = processes({
        get: (key) => store.get(key),
        set: (key, value, options) => {
          sets.push(value);
          return store.set(key, value, options);
        },
      });
      const running = start();
      await countMaterial(running);
      for (let i = 0; i < 2; i++) {
        emulator.control.tokens.kill(credentials.mp.appid);
        await countMaterial(running).catch(() => undefined); // forced once, not twice within 30 s
      }
      expect(used.length).toBe(4);
      expect(sets.length).toBe(2);
    });

    it("survive ten processes that start at once: ten successes, one token", async () => {
      const { store } = await open();
      const { emulator, start, storeErrors, used } = processes(store);
      await Promise.all(Array.from({ length: 10 }, () => countMaterial(start())));
      expect(callsOf(emulator).stable).toBeLessThanOrEqual(10);
      expect(new Set(used).size).toBe(1);
      expect(storeErrors).toEqual([]);
    });

    for (const [what, value] of Object.entries(uselessValues)) {
      it(`are taken anew where it holds ${what}`, async () => {
        const { store, keys, write } = await open();
        const { emulator, start, storeErrors, used } = processes(store);
        await countMaterial(start());
        const [key = ""] = await keys();
        await write(key, value);
        await countMaterial(start());
        expect(callsOf(emulator)).toMatchObject({ stable: 2, api: 2 });
        expect(used[1]).toBe(used[0]); // stable
        expect(storeErrors).toEqual([]);
        await countMaterial(start());
        expect(callsOf(emulator).stable).toBe(2); // and mended
      });
    }

    it("are used where another clock is five minutes ahead", async () => {
      const { store, keys, write } = await open();
      const { emulator, start, used } = processes(store);
      await countMaterial(start());
      const [key = ""] = await keys();
      const access_token = used[0];
      await write(key, stored({ access_token, issued_at: now + 300_000 }));
      await countMaterial(start());
      expect(callsOf(emulator).stable).toBe(1);
    });
  });
}
