// Tokens that come slowly or not at all: of an account, of a platform and of its accounts, and from getAccessToken. The
// requests are few, and every caller settles within the time that the README states.

import { createMpClient, mpRequest } from "@wechat-edge/core";
import {
  createMpPlatform,
  createPreAuthCode,
  getAuthorizerList,
} from "@wechat-edge/core/mp-platform";
import { credentials } from "@wechat-edge/emulator";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Fetch } from "../../../src/http/fetch-type.ts";

const never = () => new Promise<never>(() => undefined);
const { appid } = credentials.mp;
/** Three tries of 60 seconds, two pauses of 20 at most, and a store. */
const LONGEST = 230_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const ENDPOINTS: Readonly<Record<string, () => Promise<Response>>> = {
  "never answers": never,
  "fails at once": async () => new Response("down", { status: 503 }),
  "is busy": async () => Response.json({ errcode: -1, errmsg: "system error" }),
  "fails slowly": async () => {
    await new Promise((resolve) => setTimeout(resolve, 900));
    return new Response("down", { status: 502 });
  },
};
const STORES = {
  "no store": undefined,
  "a store that hangs": { get: never, set: never, delete: never },
};
const ticketStore = (other: (key: string) => unknown = () => undefined) => ({
  get: (key: string) =>
    key.includes("ticket")
      ? { v: 1, component_verify_ticket: "k", created_at: Date.now() }
      : other(key),
  set: () => undefined,
});
/** An account has authorized, and its access token has expired; the platform has a token, or not. */
const grantStore = (hasToken: boolean) =>
  ticketStore((key) => {
    if (key.includes("authorizer")) {
      return { v: 1, authorizer_refresh_token: "r", received_at: Date.now() };
    }
    const times = { issued_at: Date.now(), expires_at: Date.now() + 7_200_000 };
    return hasToken && { v: 1, access_token: "c", ...times };
  });

type Call = () => Promise<unknown>;
/** What needs a token whose endpoint is `path`, and how long it may wait. */
const WAYS: Readonly<
  Record<string, { path: string; longest: number; make: (fetch: Fetch, store: never) => Call }>
> = {
  "an account": {
    path: "/cgi-bin/stable_token",
    longest: LONGEST,
    make: (fetch, tokenStore) => {
      const mp = createMpClient({ ...credentials.mp, fetch, tokenStore });
      return () => mpRequest(mp, { method: "GET", path: "/cgi-bin/a" });
    },
  },
  "an account with plain tokens": {
    path: "/cgi-bin/token",
    longest: LONGEST,
    make: (fetch, tokenStore) => {
      const mp = createMpClient({ ...credentials.mp, token: "plain", fetch, tokenStore });
      return () => mpRequest(mp, { method: "GET", path: "/cgi-bin/a" });
    },
  },
  "a platform": {
    path: "/cgi-bin/component/api_component_token",
    longest: LONGEST,
    make: (fetch) => {
      const tokenStore = ticketStore();
      const platform = createMpPlatform({ ...credentials.platform, fetch, tokenStore });
      return () => createPreAuthCode(platform);
    },
  },
  "a platform that lists its accounts": {
    path: "/cgi-bin/component/api_component_token",
    longest: LONGEST,
    make: (fetch) => {
      const tokenStore = ticketStore();
      const platform = createMpPlatform({ ...credentials.platform, fetch, tokenStore });
      return () => getAuthorizerList(platform);
    },
  },
  "an account of a platform": {
    path: "/cgi-bin/component/api_authorizer_token",
    longest: 62_000, // getAccessToken of the client may take its timeout
    make: (fetch) => {
      const tokenStore = grantStore(true);
      const platform = createMpPlatform({ ...credentials.platform, fetch, tokenStore });
      const { getAccessToken } = platform;
      const mp = createMpClient({ appid, getAccessToken, fetch });
      return () => mpRequest(mp, { method: "GET", path: "/cgi-bin/a" });
    },
  },
  "an account of a platform without a token of its own": {
    path: "/cgi-bin/component/api_component_token",
    longest: 62_000,
    make: (fetch) => {
      const tokenStore = grantStore(false);
      const { getAccessToken } = createMpPlatform({ ...credentials.platform, fetch, tokenStore });
      const mp = createMpClient({ appid, getAccessToken, fetch });
      return () => mpRequest(mp, { method: "GET", path: "/cgi-bin/a" });
    },
  },
  "an account whose token a platform is asked for": {
    path: "/cgi-bin/component/api_authorizer_token",
    longest: 2 * LONGEST,
    make: (fetch) => {
      const tokenStore = grantStore(true);
      const { getAccessToken } = createMpPlatform({ ...credentials.platform, fetch, tokenStore });
      return async () => getAccessToken({ appid, signal: new AbortController().signal });
    },
  },
};

for (const heard of [true, false]) {
  describe(heard ? "where owners are heard" : "where no owner is ever heard", () => {
    for (const [way, { path, longest, make }] of Object.entries(WAYS)) {
      for (const [endpoint, answer] of Object.entries(ENDPOINTS)) {
        for (const [what, store] of Object.entries(STORES)) {
          if (store !== undefined && way.includes("platform")) continue; // theirs holds what they need
          it(`twenty calls of ${way} with ${what}: the endpoint ${endpoint}`, async () => {
            if (!heard) vi.spyOn(globalThis, "setInterval").mockReturnValue({} as never);
            const requests: string[] = [];
            const fetch: Fetch = (url) => {
              requests.push(new URL(url).pathname);
              return answer();
            };
            const call = make(fetch, store as never);
            const ends: { ms: number; error: unknown }[] = [];
            const start = Date.now();
            for (let i = 0; i < 20; i++) {
              call().then(
                () => ends.push({ ms: 0, error: "It succeeded." }),
                (error: unknown) => ends.push({ ms: Date.now() - start, error }),
              );
            }
            await vi.advanceTimersByTimeAsync(longest);
            expect(ends.length).toBe(20);
            for (const { error } of ends) expect(error).toMatchObject({ retryable: true });
            expect(new Set(requests)).toEqual(new Set([path]));
            expect(requests.length).toBeLessThanOrEqual(heard ? 3 : 18);
          });
        }
      }
    }
  });
}

describe("calls that come one after the other while the endpoint is down", () => {
  for (const [way, { make }] of Object.entries(WAYS)) {
    it(`ask about once a second at most: ${way}`, async () => {
      let requests = 0;
      const call = make(async () => {
        requests += 1;
        return new Response("down", { status: 503 });
      }, undefined as never);
      let ended = 0;
      const loop = async (): Promise<void> => {
        for (let i = 0; i < 100; i++) {
          await call().catch(() => undefined);
          ended += 1;
        }
      };
      void loop();
      await vi.advanceTimersByTimeAsync(5000);
      // Two failures, of three tries each; all others share the second, until a second has passed.
      expect(ended).toBe(100);
      expect(requests).toBe(6);
    });
  }
});

it("getAccessToken that hangs is run a few times, and each call settles within twice the timeout", async () => {
  for (const heard of [true, false]) {
    if (!heard) vi.spyOn(globalThis, "setInterval").mockReturnValue({} as never);
    let runs = 0;
    const getAccessToken = () => {
      runs += 1;
      return never();
    };
    const mp = createMpClient({ appid, getAccessToken, fetch: never });
    let ended = 0;
    for (let i = 0; i < 100; i++) {
      mpRequest(mp, { method: "GET", path: "/cgi-bin/a" }).catch(() => {
        ended += 1;
      });
    }
    await vi.advanceTimersByTimeAsync(62_000);
    expect(ended).toBe(100);
    expect(runs).toBeLessThanOrEqual(heard ? 1 : 4);
  }
});
