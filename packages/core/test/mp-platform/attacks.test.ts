// A platform among poisoned stores, stores that mix up their keys, and a WeChat, or somebody in its place, that sends
// back all that it was sent.

import { inspect } from "node:util";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { createMpClient, mpRequest } from "../../src/index.ts";
import {
  createMpPlatform,
  createPreAuthCode,
  getAuthorizerList,
  keepRefreshToken,
  keepTicket,
  type MpPlatform,
  type MpPlatformOptions,
  platformRequest,
  queryAuth,
  readPlatformPush,
  startPushTicket,
} from "../../src/mp-platform/index.ts";

const { appid } = credentials.mp;
const { component_appsecret, messageToken, encodingAESKey } = credentials.platform;
const OTHER = "wx0000000000000001";
const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 22, 8, 0, 0);
const { signal } = new AbortController();

function setUp() {
  const state = { time: START };
  const emulator = createEmulator({
    now: () => state.time,
    authorizerRefreshToken: "rotate",
    accounts: [{ appid: OTHER, secret: "s" }],
  });
  const { mpPlatforms } = emulator.control;
  const process = (options: Partial<MpPlatformOptions> = {}): MpPlatform =>
    createMpPlatform({
      ...credentials.platform,
      fetch: emulator.fetch,
      now: () => state.time,
      sleep: async () => undefined,
      ...options,
    });
  const count = async (platform: MpPlatform, of = appid): Promise<unknown> => {
    const { getAccessToken } = platform;
    const mp = createMpClient({ appid: of, getAccessToken, fetch: emulator.fetch });
    return mpRequest(mp, { method: "GET", path: "/cgi-bin/material/get_materialcount" });
  };
  const ticket = (): string => mpPlatforms.ticket().ComponentVerifyTicket;
  return { state, emulator, mpPlatforms, process, count, ticket };
}

const stored = (fields: object): string => JSON.stringify({ v: 1, ...fields });
const times = { issued_at: START, expires_at: 9e15 };

describe("a store that returns one and the same thing for all", () => {
  it.each<[string, unknown]>([
    ["a number", 1],
    ["a truth", true],
    ["a bigint", 1n],
    ["a symbol", Symbol("v")],
    ["a function", () => 1],
    ["a Map", new Map([["v", 1]])],
    ["bytes", new TextEncoder().encode('{"v":1}')],
    ["HTML", "<html>"],
    ["JSON that was cut", '{"v":1'],
    [
      "an object whose getters throw",
      Object.defineProperty({}, "v", { enumerable: true, get: boom }),
    ],
    ["a proxy that throws", new Proxy({}, { get: boom, ownKeys: boom })],
    ["lists in lists", "[".repeat(100_000)],
    ["a ticket of somebody else", stored({ component_verify_ticket: "evil", created_at: START })],
    ["a ticket of the year 287396", stored({ component_verify_ticket: "evil", created_at: 9e15 })],
    ["a token that never ends", stored({ access_token: "evil", ...times })],
    [
      "tokens of an account",
      stored({
        authorizer_refresh_token: "evil",
        received_at: START + 3 * HOUR,
        authorizer_access_token: "evil",
        ...times,
      }),
    ],
    [
      "tokens with ends of lines",
      stored({
        authorizer_refresh_token: "a\r\nb",
        access_token: "a b",
        component_verify_ticket: "é",
      }),
    ],
  ])("is got over as soon as a ticket comes: %s", async (_, value) => {
    const { state, mpPlatforms, process, count, ticket } = setUp();
    const store = new Map<string, string>();
    let isPoisoned = false;
    const tokenStore = {
      get: (key: string) => (isPoisoned ? value : store.get(key)),
      set: (key: string, text: string) => void store.set(key, text),
    };
    const running = process({ tokenStore });
    await keepTicket(running, ticket());
    await queryAuth(running, mpPlatforms.authorize(appid).AuthorizationCode);
    await count(running);
    isPoisoned = true;
    state.time += 3 * HOUR;
    for (const one of [running, process({ tokenStore })]) {
      await keepTicket(one, ticket());
      expect(await count(one)).toMatchObject({ image_count: 0 });
    }
  });
});

function boom(): never {
  throw new Error("boom");
}

describe("a store that mixes up its keys", () => {
  it.each<[string, (key: string) => string]>([
    ["has one key for all", () => "key"],
    ["cuts keys short", (key) => key.slice(0, 30)],
    ["leaves out the account", (key) => key.replace(/:wx\w+$/, "")],
    ["leaves out digits", (key) => key.replace(/\d/g, "")],
  ])("gives no account the token of another, where it %s", async (_, keyOf) => {
    const { mpPlatforms, process, count, ticket, emulator } = setUp();
    const store = new Map<string, string>();
    const tokenStore = {
      get: (key: string) => store.get(keyOf(key)),
      set: (key: string, value: string) => void store.set(keyOf(key), value),
    };
    const platform = process({ tokenStore });
    await keepTicket(platform, ticket());
    for (const of of [appid, OTHER]) {
      await queryAuth(platform, mpPlatforms.authorize(of).AuthorizationCode);
    }
    for (const one of [platform, process({ tokenStore })]) {
      await keepTicket(one, ticket());
      const tokens = [];
      for (const of of [appid, OTHER]) {
        await count(one, of);
        tokens.push(await one.getAccessToken({ appid: of, signal }));
      }
      expect(tokens[0]).not.toBe(tokens[1]);
    }
    const calls = emulator.control.journal.entries();
    const counted = calls.filter(({ path }) => path.includes("materialcount"));
    expect(counted.map((call) => call.appid)).toEqual([appid, OTHER, appid, OTHER]);
  });
});

describe("what sends back all that it was sent", () => {
  type Sent = { url: string; body: string };
  const echoes: readonly [string, (sent: Sent) => Response][] = [
    ["in an errmsg", (sent) => Response.json({ errcode: 40029, errmsg: textOf(sent) })],
    ["in a page", (sent) => new Response(`<html>${textOf(sent)}`, { status: 502 })],
    ["in JSON that is cut", (sent) => new Response(`{"errmsg":"${textOf(sent)}`)],
    [
      "in place of a number",
      (sent) => {
        const token = { component_access_token: "x", authorizer_access_token: "x" };
        return Response.json({ ...token, pre_auth_code: "x", expires_in: { sent } });
      },
    ],
    [
      "in an error",
      (sent) => {
        throw new Error(textOf(sent), { cause: new Error(textOf(sent)) });
      },
    ],
    [
      "in an error with fields",
      (sent) => {
        throw Object.assign(new TypeError("fetch failed"), { config: sent, cause: sent });
      },
    ],
    [
      "as an object that is thrown",
      (sent) => {
        throw Object.assign(new Error(textOf(sent)), { errMsg: textOf(sent) });
      },
    ],
  ];
  const textOf = ({ url, body }: Sent): string => `${url} ${body}`;

  it.each(echoes)("finds no secret in an error: %s", async (_, echo) => {
    const { mpPlatforms, process, ticket, emulator } = setUp();
    const sent: Sent[] = [];
    const attempts: unknown[] = [];
    const storeErrors: unknown[] = [];
    let isEcho = false;
    const options: Partial<MpPlatformOptions> = {
      async fetch(url, init) {
        const body = await new Response(init?.body as BodyInit).text();
        sent.push({ url, body });
        return isEcho ? echo({ url, body }) : emulator.fetch(url, init);
      },
      onAttempt: (attempt) => void attempts.push(attempt),
      onStoreError: (error) => void storeErrors.push(error),
    };
    const ownTicket = ticket();
    const { AuthorizationCode } = mpPlatforms.authorize(appid);
    const [running, fresh] = [process(options), process(options)];
    for (const one of [running, fresh]) await keepTicket(one, ownTicket);
    const { authorizer_refresh_token: refresh = "" } = await queryAuth(running, AuthorizationCode);
    await keepRefreshToken(fresh, { authorizer_appid: appid, authorizer_refresh_token: refresh });
    const access = await running.getAccessToken({ appid, signal });
    const [component] = /(?<=component_access_token=)[^&]+/.exec(sent.at(-1)?.url ?? "") ?? [];
    isEcho = true;
    const path = "/cgi-bin/component/api_get_authorizer_info";
    const errors: unknown[] = [];
    for (const one of [running, fresh]) {
      for (const call of [
        () => createPreAuthCode(one),
        () => queryAuth(one, AuthorizationCode),
        () => queryAuth(one, `${AuthorizationCode} `),
        () => getAuthorizerList(one),
        () => startPushTicket(one),
        () => platformRequest(one, { path, body: { authorizer_appid: appid } }),
        () => one.getAccessToken({ appid, rejected: access, signal }),
        () => keepTicket(one, `${ownTicket} `),
        () =>
          keepRefreshToken(one, {
            authorizer_appid: appid,
            authorizer_refresh_token: `${refresh} `,
          }),
        () =>
          readPlatformPush(one, { url: "/?msg_signature=1&timestamp=1&nonce=1", body: "<xml/>" }),
      ]) {
        await Promise.resolve(call()).catch((error: unknown) => errors.push(error));
      }
    }
    expect(errors.length).toBeGreaterThan(13);
    const secrets = {
      component_appsecret,
      messageToken,
      encodingAESKey,
      ownTicket,
      AuthorizationCode,
      refresh,
      access,
      component: component ?? "",
    };
    expect(Object.values(secrets).filter((secret) => secret.length < 10)).toEqual([]);
    const found = (value: unknown): string[] => {
      const log = [inspect(value, { depth: 12, showHidden: true }), stackOf(value)].join();
      return Object.entries(secrets).flatMap(([name, secret]) =>
        log.includes(secret) ? name : [],
      );
    };
    for (const value of [...errors, attempts, storeErrors, running])
      expect(found(value)).toEqual([]);
    // That the search finds what there is.
    for (const [name, secret] of Object.entries(secrets)) {
      expect(found(new Error("x", { cause: { deep: [secret] } }))).toEqual([name]);
    }
  });
});

const stackOf = (value: unknown): string =>
  value instanceof Error ? `${value.stack} ${stackOf(value.cause)} ${JSON.stringify(value)}` : "";

describe("two processes", () => {
  it("that refresh at once, a hundred times, keep the account", { timeout: 20_000 }, async () => {
    const { state, mpPlatforms, process, count, ticket } = setUp();
    const store = new Map<string, string>();
    let turns = 0;
    /** Each access takes another number of turns, so that the processes meet in every order. */
    const lag = async (): Promise<void> => {
      turns += 7;
      for (let turn = turns % 11; turn > 0; turn--) await Promise.resolve();
    };
    const tokenStore = {
      async get(key: string) {
        await lag();
        return store.get(key);
      },
      async set(key: string, value: string) {
        await lag();
        store.set(key, value);
      },
    };
    const [one, other] = [process({ tokenStore }), process({ tokenStore })];
    await keepTicket(one, ticket());
    await queryAuth(one, mpPlatforms.authorize(appid).AuthorizationCode);
    for (let round = 0; round < 100; round++) {
      state.time += 3 * HOUR;
      await keepTicket(one, ticket());
      await Promise.all([one, other].map(async (each) => each.getAccessToken({ appid, signal })));
    }
    expect(await count(process({ tokenStore }))).toMatchObject({ image_count: 0 });
  });
});

describe("a caller who gives up", () => {
  it("gets the reason of the signal, early and late; the others get their token", async () => {
    const { process, ticket, mpPlatforms } = setUp();
    const platform = process();
    await keepTicket(platform, ticket());
    await queryAuth(platform, mpPlatforms.authorize(appid).AuthorizationCode);
    const rejected = await platform.getAccessToken({ appid, signal });
    const late = new AbortController();
    const early = AbortSignal.abort(new Error("before"));
    const calls = [early, late.signal, signal].map((one) =>
      Promise.resolve(platform.getAccessToken({ appid, rejected, signal: one })),
    );
    late.abort(new Error("after"));
    const [first, second, third] = await Promise.allSettled(calls);
    expect(first).toMatchObject({ reason: { message: "before" } });
    expect(second).toMatchObject({ reason: { message: "after" } });
    expect(third).toMatchObject({ status: "fulfilled" });
  });
});
