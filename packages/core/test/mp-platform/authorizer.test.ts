import { describe, expect, it } from "vitest";
import { MpApiError } from "../../src/mp/errors.ts";
import { createAuthorizer } from "../../src/mp-platform/authorizer.ts";
import type { Grant } from "../../src/mp-platform/authorizer-grant.ts";
import { MpPlatformError } from "../../src/mp-platform/platform-error.ts";
import { type KeyValueStore, safeStore } from "../../src/store.ts";

const start = Date.UTC(2026, 10, 22, 8, 0, 0);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const KEY = "authorizer";

/** WeChat, as far as one account sees it: each refresh replaces the refresh token, if `rotates`. */
function wechat({ rotates = true, refreshToken = "R1" } = {}) {
  const state = { time: start, current: refreshToken as string | undefined, refreshes: 0 };
  const log: string[] = [];
  const refused = (errcode: number): MpApiError =>
    new MpApiError({ errcode, errmsg: "refresh_token is invalid", endpoint: "/api" });
  const refresh = async (refresh_token: string): Promise<Grant> => {
    log.push(`refresh ${refresh_token}`);
    if (state.current === undefined) throw refused(61003);
    if (refresh_token !== state.current) throw refused(61023);
    state.refreshes += 1;
    const since = state.time;
    const value = `T${state.refreshes}`;
    if (rotates) state.current = `R${state.refreshes + 1}`;
    return {
      refresh_token: state.current,
      access: { value, since, until: since + 2 * HOUR },
      since,
    };
  };
  const find = async (isGood: (token: string) => boolean): Promise<string | undefined> => {
    log.push("list");
    return state.current !== undefined && isGood(state.current) ? state.current : undefined;
  };
  /** One process of the platform. */
  const process = (
    store: KeyValueStore | undefined,
    own: { tell?: (token: string) => Promise<boolean>; onError?: (error: unknown) => void } = {},
  ) =>
    createAuthorizer({
      appid: "wx1",
      key: KEY,
      store: store && safeStore("tokenStore", store, own.onError),
      now: () => state.time,
      tell: own.tell ?? (async () => true),
      refresh,
      find,
    });
  return { state, log, process };
}

const grantOf = (refresh_token: string): Grant => ({
  refresh_token,
  access: undefined,
  since: start,
});

const storedIn = (store: Map<string, string>): Record<string, unknown> =>
  JSON.parse(store.get(KEY) ?? "{}");

describe("tokens of an account that has authorized a platform", () => {
  it("are refreshed once for ten callers, and once again before they expire", async () => {
    const { state, log, process } = wechat();
    const store = new Map<string, string>();
    const one = process(store);
    await one.keep(grantOf("R1"));
    const tokens = await Promise.all(Array.from({ length: 10 }, () => one.get({})));
    expect(new Set(tokens)).toEqual(new Set(["T1"]));
    state.time += 2 * HOUR - 5 * MINUTE;
    expect(await one.get({})).toBe("T1");
    state.time += 2 * MINUTE;
    expect(await one.get({})).toBe("T2");
    expect(log).toEqual(["refresh R1", "refresh R2"]);
  });

  it("keep both tokens in one value of the store, with the times and a ttl of years", async () => {
    const ttls: number[] = [];
    const store = new Map<string, string>();
    const { process } = wechat();
    const one = process({
      get: (key) => store.get(key),
      set: (key, value, { ttl }) => {
        ttls.push(ttl);
        store.set(key, value);
      },
    });
    await one.keep(grantOf("R1"));
    await one.get({});
    expect(storedIn(store)).toEqual({
      v: 1,
      authorizer_refresh_token: "R2",
      received_at: start,
      authorizer_access_token: "T1",
      issued_at: start,
      expires_at: start + 2 * HOUR,
      key: KEY,
    });
    expect([store.size, ...ttls]).toEqual([1, 315_360_000, 315_360_000]);
  });

  it("are not used before the new refresh token is stored, by other callers neither", async () => {
    const { process } = wechat();
    const store = new Map<string, string>();
    let release = (): void => undefined;
    let isStored = false;
    let sets = 0;
    const one = process({
      get: (key) => store.get(key),
      async set(key, value) {
        sets += 1;
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        isStored = true;
        store.set(key, value);
      },
    });
    const seen: boolean[] = [];
    const use = async (): Promise<void> => {
      await one.get({});
      seen.push(isStored);
    };
    const first = use();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const second = use();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(seen).toEqual([]);
    release();
    await Promise.all([first, second]);
    expect(seen).toEqual([true, true]);
    expect(sets).toBe(1);
  });

  it("of another process are found in the store, and a refused one is not taken from there again", async () => {
    const { log, process } = wechat();
    const store = new Map<string, string>();
    const [one, other] = [process(store), process(store)];
    await one.keep(grantOf("R1"));
    expect(await one.get({})).toBe("T1");
    expect(await other.get({})).toBe("T1");
    expect(await one.get({ rejected: "T1" })).toBe("T2");
    expect(await other.get({ rejected: "T1" })).toBe("T2");
    expect(log).toEqual(["refresh R1", "refresh R2"]);
  });

  it("survive a store that fails: kept in memory, reported, told later, stored later", async () => {
    const { state, process } = wechat();
    const store = new Map<string, string>();
    let fails = true;
    const errors: unknown[] = [];
    const one = process(
      {
        get: (key) => store.get(key),
        set(key, value) {
          if (fails) throw new Error("The disk is full.");
          store.set(key, value);
        },
      },
      { onError: (error) => errors.push(error) },
    );
    await one.keep(grantOf("R1"));
    expect(await one.get({})).toBe("T1");
    expect(store.size).toBe(0);
    expect(errors.length).toBeGreaterThanOrEqual(2);
    fails = false;
    expect(await one.get({})).toBe("T1");
    expect(store.size).toBe(0); // not yet: ten seconds apart
    state.time += 11_000;
    expect(await one.get({})).toBe("T1");
    expect(storedIn(store)["authorizer_refresh_token"]).toBe("R2");
  });

  it("are told to the application until it has them, before they are used", async () => {
    const { state, process } = wechat();
    const told: string[] = [];
    let fails = true;
    const one = process(new Map<string, string>(), {
      async tell(token) {
        told.push(token);
        return !fails;
      },
    });
    expect(await one.get({})).toBe("T1");
    expect(told).toEqual(["R2"]);
    fails = false;
    state.time += 11_000;
    await one.get({});
    await one.get({});
    expect(told).toEqual(["R2", "R2"]);
  });

  it("do not store late what another process has replaced since", async () => {
    const { state, log, process } = wechat();
    const store = new Map<string, string>();
    let fails = true;
    const one = process({
      get: (key) => store.get(key),
      set(key, value) {
        if (fails) throw new Error("The disk is full.");
        store.set(key, value);
      },
    });
    expect(await one.get({})).toBe("T1"); // and R2, which is stored nowhere
    state.time += MINUTE;
    const other = process(store);
    expect(await other.get({})).toBe("T2"); // and R3, by way of the list
    fails = false;
    expect(await one.get({})).toBe("T2");
    expect(storedIn(store)["authorizer_refresh_token"]).toBe("R3");
    expect(log).toEqual(["list", "refresh R1", "list", "refresh R2"]);
  });

  describe("come back by the list of WeChat where the refresh token", () => {
    it.each([
      ["is not in the store", undefined],
      ["was replaced by somebody else", "R-stolen"],
      ["was poisoned", "not a token"],
      ["was lost with a store that forgets", ""],
    ])("%s", async (_, kept) => {
      const { state, log, process } = wechat({ refreshToken: "R9" });
      const store = new Map<string, string>();
      if (kept !== undefined) {
        store.set(
          KEY,
          JSON.stringify({ v: 1, authorizer_refresh_token: kept, received_at: start - HOUR }),
        );
      }
      expect(await process(store).get({})).toBe("T1");
      expect(log.at(-2)).toBe("list");
      expect(log.at(-1)).toBe("refresh R9");
      expect(state.refreshes).toBe(1);
    });

    it("was replaced twice meanwhile", async () => {
      const { state, process } = wechat();
      const store = new Map<string, string>();
      const one = process(store);
      await one.get({});
      state.current = "R-twice-replaced";
      expect(await one.get({ rejected: "T1" })).toBe("T2");
    });
  });

  it.each([
    ["no JSON", "<html>"],
    ["another version", JSON.stringify({ v: 2, authorizer_refresh_token: "R7" })],
    ["a list", "[]"],
    ["no refresh token", JSON.stringify({ v: 1, received_at: start })],
    [
      "an access token that never expires",
      JSON.stringify({
        v: 1,
        authorizer_refresh_token: "R1",
        received_at: start,
        authorizer_access_token: "T-evil",
        issued_at: start,
        expires_at: "never",
      }),
    ],
    [
      "tokens from the future",
      JSON.stringify({
        v: 1,
        authorizer_refresh_token: "R-future",
        received_at: start + 24 * HOUR,
        authorizer_access_token: "T-future",
        issued_at: start + 24 * HOUR,
        expires_at: start + 48 * HOUR,
      }),
    ],
  ])("do without a stored value that has %s", async (_, value) => {
    const { process } = wechat();
    const store = new Map<string, string>([[KEY, value]]);
    expect(await process(store).get({})).toBe("T1");
    expect(storedIn(store)["authorizer_refresh_token"]).toBe("R2");
  });

  it("keep the newer refresh token where the store lags behind", async () => {
    const { state, log, process } = wechat();
    const store = new Map<string, string>();
    let old: string | undefined;
    const one = process({
      get: (key) => old ?? store.get(key),
      set: (key, value) => void store.set(key, value),
    });
    await one.get({});
    old = store.get(KEY);
    state.time += 2 * HOUR;
    expect(await one.get({})).toBe("T2");
    state.time += 2 * HOUR;
    expect(await one.get({})).toBe("T3"); // the store still says R2, T1
    expect(log).toEqual(["list", "refresh R1", "refresh R2", "refresh R3"]);
  });

  it("are not displaced by stored ones from the future", async () => {
    const { state, log, process } = wechat();
    const store = new Map<string, string>();
    const one = process(store);
    await one.get({});
    store.set(
      KEY,
      JSON.stringify({
        v: 1,
        authorizer_refresh_token: "R-future",
        received_at: start + 24 * HOUR,
        authorizer_access_token: "T-future",
        issued_at: start + 24 * HOUR,
        expires_at: start + 48 * HOUR,
      }),
    );
    state.time += 2 * HOUR;
    expect(await one.get({})).toBe("T2");
    expect(log).toEqual(["list", "refresh R1", "refresh R2"]);
    expect(storedIn(store)["authorizer_refresh_token"]).toBe("R3");
  });

  it("of an account that is not in the list are an error that says what to do, and cost one list a minute", async () => {
    const { state, log, process } = wechat();
    state.current = undefined;
    const one = process(new Map());
    for (let tries = 0; tries < 3; tries++) {
      const error = await one.get({}).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(MpPlatformError);
      expect(error).toMatchObject({ reason: "not-authorized", authorizer_appid: "wx1" });
      expect(String(error)).toMatch(/authorize the platform again: createPreAuthCode/);
    }
    expect(log).toEqual(["list"]);
    state.time += MINUTE;
    state.current = "R1";
    expect(await one.get({})).toBe("T1");
  });

  it("of an account that withdrew are an error of WeChat that says what to do", async () => {
    const { state, process } = wechat();
    const one = process(new Map());
    await one.get({});
    state.current = undefined;
    await expect(one.get({ rejected: "T1" })).rejects.toMatchObject({ errcode: 61003 });
  });

  it("are an error with advice where the list has the refused refresh token itself", async () => {
    const store = new Map<string, string>();
    const one = createAuthorizer({
      appid: "wx1",
      key: KEY,
      store: safeStore("tokenStore", store),
      now: () => start,
      tell: async () => true,
      refresh: async () => {
        throw new MpApiError({
          errcode: 61023,
          errmsg: "refresh_token is invalid",
          endpoint: "/x",
        });
      },
      find: async (isGood) => (isGood("R1") ? "R1" : undefined),
    });
    await expect(one.get({})).rejects.toThrow(/61023 to \/x.*no other refresh token of wx1/s);
  });

  it("stop asking where every refresh token is refused at once", async () => {
    let asked = 0;
    const one = createAuthorizer({
      appid: "wx1",
      key: KEY,
      store: undefined,
      now: () => start,
      tell: async () => true,
      refresh: async () => {
        throw new MpApiError({
          errcode: 61023,
          errmsg: "refresh_token is invalid",
          endpoint: "/x",
        });
      },
      find: async () => `R${asked++}`,
    });
    await expect(one.get({})).rejects.toMatchObject({ errcode: 61023 });
    expect(asked).toBe(4);
  });

  it("keep the refusal where the list cannot be read, with the reason beside it", async () => {
    const cause = new Error("offline");
    const one = createAuthorizer({
      appid: "wx1",
      key: KEY,
      store: undefined,
      now: () => start,
      tell: async () => true,
      refresh: async () => {
        throw new MpApiError({
          errcode: 61023,
          errmsg: "refresh_token is invalid",
          endpoint: "/x",
        });
      },
      find: async () => {
        throw cause;
      },
    });
    await one.keep(grantOf("R1"));
    await expect(one.get({})).rejects.toMatchObject({ errcode: 61023, cause });
  });

  it("can be forgotten, and are found again where the account has not withdrawn", async () => {
    const { process } = wechat();
    const store = new Map<string, string>();
    const one = process(store);
    await one.get({});
    await one.forget();
    expect(store.size).toBe(0);
    expect(await one.get({})).toBe("T2");
  });

  describe("that come while a refresh is under way", () => {
    /** A refresh that WeChat has answered, and whose reply is on its way. */
    function onItsWay() {
      const state = { current: "R1" as string | undefined, refreshes: 0 };
      const store = new Map<string, string>();
      const told: string[] = [];
      let arrive = (): void => undefined;
      const one = createAuthorizer({
        appid: "wx1",
        key: KEY,
        store: safeStore("tokenStore", store),
        now: () => start,
        async tell(token) {
          told.push(token);
          return true;
        },
        async refresh(refresh_token) {
          if (refresh_token !== state.current) {
            throw new MpApiError({ errcode: 61023, errmsg: "invalid", endpoint: "/api" });
          }
          const number = ++state.refreshes;
          state.current = `${refresh_token}+`;
          const reply = { ...grantOf(state.current), access: accessOf(`T${number}`) };
          if (number === 1) {
            await new Promise<void>((resolve) => {
              arrive = resolve;
            });
          }
          return reply;
        },
        find: async (isGood) =>
          state.current !== undefined && isGood(state.current) ? state.current : undefined,
      });
      return { state, store, told, one, arrive: () => arrive() };
    }
    const accessOf = (value: string) => ({ value, since: start, until: start + 2 * HOUR });

    it.each<[string, Grant, string, string]>([
      ["of a new authorization", { ...grantOf("R9"), access: accessOf("T9") }, "T9", "R9"],
      ["of your database", grantOf("R9"), "T2", "R9+"],
    ])("%s are not displaced by it", async (_, grant, token, refreshToken) => {
      const { state, store, told, one, arrive } = onItsWay();
      await one.keep(grantOf("R1"));
      const waiting = one.get({});
      await new Promise((resolve) => setTimeout(resolve, 5));
      state.current = "R9"; // and R1+ has ended
      await one.keep(grant);
      arrive();
      expect(await waiting).toBe(token);
      expect(await one.get({})).toBe(token);
      expect(storedIn(store)["authorizer_refresh_token"]).toBe(refreshToken);
      expect(told).not.toContain("R1+");
    });

    it("are forgotten with it", async () => {
      const { state, store, one, arrive } = onItsWay();
      await one.keep(grantOf("R1"));
      const waiting = one.get({}).catch((error: unknown) => error);
      await new Promise((resolve) => setTimeout(resolve, 5));
      state.current = undefined;
      await one.forget();
      arrive();
      expect(await waiting).toBeInstanceOf(MpPlatformError);
      expect(store.size).toBe(0);
    });
  });

  it("reject a caller whose signal aborts, and go on for the others", async () => {
    const { process } = wechat();
    const one = process(new Map());
    const stop = new AbortController();
    const aborted = one.get({ signal: stop.signal }).catch((reason: unknown) => reason);
    const other = one.get({});
    stop.abort(new Error("enough"));
    expect(await aborted).toEqual(new Error("enough"));
    expect(await other).toBe("T1");
  });
});
