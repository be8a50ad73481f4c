// A week of virtual time in the life of a third-party platform: three accounts, four processes that share a store which
// fails, lags and forgets, tickets every ten minutes. Tokens are killed, refresh tokens are taken by somebody else,
// once twice in a row, an account withdraws and comes back, the processes start anew each day. WeChat replaces the
// refresh token with every refresh, the harder of the two ways.

import { type Attempt, createMpClient, MpApiError, mpRequest } from "@wechat-edge/core";
import {
  createMpPlatform,
  type MpPlatform,
  queryAuth,
  readPlatformPush,
} from "@wechat-edge/core/mp-platform";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { expect, it } from "vitest";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = Date.UTC(2026, 10, 2);
const TICK = 10 * MINUTE;
const TICKS = (7 * DAY) / TICK;
const PROCESSES = 4;
const APPIDS = ["wx00000000000000a1", "wx00000000000000b2", "wx00000000000000c3"] as const;
/** On the third day, for six hours, one account has withdrawn its authorization. */
const WITHDRAWN = { appid: APPIDS[2], from: 2.5 * DAY, to: 2.75 * DAY };
const COUNT = { method: "GET", path: "/cgi-bin/material/get_materialcount" };

it("a platform's week: no refused call that was not mended, no refresh token lost", async () => {
  let time = START;
  const { fetch, control } = createEmulator({
    now: () => time,
    accounts: APPIDS.map((appid) => ({ appid })),
    authorizerRefreshToken: "rotate",
  });
  const chance = chances(20_261_102);
  const store = faultyStore(chance);
  const counts = { calls: 0, failed: [] as string[], refused: new Map<number, number>() };
  const operations = new Map<string, number>();
  const onAttempt = ({ operation, errcode }: Attempt): void => {
    operations.set(operation, (operations.get(operation) ?? 0) + 1);
    if (errcode === undefined) return;
    counts.refused.set(errcode, (counts.refused.get(errcode) ?? 0) + 1);
  };
  const shared = { fetch, now: () => time, retry: false, onAttempt } as const;
  const start = (): MpPlatform =>
    createMpPlatform({
      ...credentials.platform,
      ...shared,
      tokenStore: store,
      onStoreError: () => undefined,
    });
  const processes = Array.from({ length: PROCESSES }, start);
  const clientsOf = (platform: MpPlatform) =>
    APPIDS.map((appid) =>
      createMpClient({ appid, getAccessToken: platform.getAccessToken, ...shared }),
    );
  let clients = processes.map(clientsOf);
  let receiver = 0;
  const receive = async (request: Request): Promise<Response> => {
    const platform = processes[receiver++ % PROCESSES] ?? start();
    const push = await readPlatformPush(platform, request);
    if (push.AuthorizationCode !== undefined) await queryAuth(platform, push.AuthorizationCode);
    return new Response("success");
  };
  control.mpPlatforms.pushTo({ to: receive });
  await control.mpPlatforms.deliver();
  const authorize = async (appid: string): Promise<void> => {
    const sent = await control.mpPlatforms.push(control.mpPlatforms.authorize(appid));
    expect(sent.attempts.map(({ answer, error }) => error ?? answer)).toEqual(["success"]);
  };
  for (const appid of APPIDS) await authorize(appid);

  const attacks = { killed: 0, stolen: 0, forgotten: 0, restarts: 0 };
  const refusedWhileWithdrawn = new Set<number>();
  let isWithdrawn = false;
  for (let tick = 0; tick < TICKS; tick++) {
    time = START + tick * TICK + TICK;
    await control.mpPlatforms.deliver();
    store.beat(tick);
    if (tick % 144 === 143) {
      processes.forEach((_, at) => {
        processes[at] = start();
      });
      clients = processes.map(clientsOf);
      attacks.restarts += 1;
    }
    const victim = APPIDS[Math.floor(chance() * APPIDS.length)] ?? APPIDS[0];
    if (tick % 29 === 7) {
      control.tokens.kill(tick % 2 === 0 ? credentials.platform.component_appid : victim);
      attacks.killed += 1;
    }
    if (tick % 41 === 11 && !(isWithdrawn && victim === WITHDRAWN.appid)) {
      control.mpPlatforms.rotate(victim);
      if (tick % 2 === 0) control.mpPlatforms.rotate(victim);
      control.tokens.kill(victim);
      attacks.stolen += 1;
    }
    if (tick % 173 === 101) {
      store.forget();
      attacks.forgotten += 1;
    }
    const passed = time - START;
    const withdraws = passed >= WITHDRAWN.from && passed < WITHDRAWN.to;
    if (withdraws && !isWithdrawn) control.mpPlatforms.revoke(WITHDRAWN.appid);
    if (!withdraws && isWithdrawn) await authorize(WITHDRAWN.appid);
    isWithdrawn = withdraws;
    // Another process each time, and at every third two at the same moment.
    const busy = [tick % PROCESSES, ...(tick % 3 === 0 ? [(tick * 3 + 1) % PROCESSES] : [])];
    await Promise.all(
      busy.flatMap((at) =>
        (clients[at] ?? []).map(async (mp) => {
          counts.calls += 1;
          try {
            await mpRequest(mp, COUNT);
          } catch (error) {
            if (isWithdrawn && mp.appid === WITHDRAWN.appid && error instanceof MpApiError) {
              refusedWhileWithdrawn.add(error.errcode);
            } else {
              counts.failed.push(`${tick} ${mp.appid} ${String(error)}`);
            }
          }
        }),
      ),
    );
  }

  // The store is well again: what was not stored is stored with the next call.
  store.heal();
  time += MINUTE;
  for (const process of clients) for (const mp of process) await mpRequest(mp, COUNT);
  const [status] = control.mpPlatforms.list();
  const authorizations = status?.authorizations ?? [];
  const lost = authorizations.filter(({ refresh_token }) => !store.holds(refresh_token));
  console.log(
    [
      `${counts.calls} calls in ${TICKS} ticks of ten minutes, ${counts.failed.length} not mended`,
      `attacks: ${JSON.stringify(attacks)}; store: ${JSON.stringify(store.counts)}`,
      `refused on the way: ${JSON.stringify(Object.fromEntries(counts.refused))}`,
      `requests: ${JSON.stringify(Object.fromEntries(operations))}`,
      `refresh tokens lost: ${lost.length} of ${authorizations.length}`,
    ].join("\n"),
  );
  expect(counts.failed).toEqual([]);
  expect(lost).toEqual([]);
  expect(authorizations.map(({ authorizer_appid }) => authorizer_appid).sort()).toEqual(APPIDS);
  expect(counts.calls).toBe(4032);
  expect(Math.min(...Object.values(attacks))).toBeGreaterThanOrEqual(5);
  expect(store.counts.getFailed).toBeGreaterThan(50);
  expect(store.counts.setFailed).toBeGreaterThan(30);
  expect(counts.refused.get(40001)).toBeGreaterThan(30);
  expect(counts.refused.get(61023)).toBeGreaterThan(10);
  expect(operations.get("getAuthorizerList")).toBeGreaterThan(10);
  expect([...refusedWhileWithdrawn]).toEqual([61003]);
  // A token lasts two hours: what is taken beyond that is what was killed, stolen, or fell between two processes.
  expect(operations.get("getAuthorizerAccessToken")).toBeLessThan(1200);
  expect(operations.get("getComponentAccessToken")).toBeLessThan(250);
}, 120_000);

/** A store that now and then throws, and that forgets; a tenth of the time it answers what it held ten minutes ago. */
function faultyStore(chance: () => number) {
  const values = new Map<string, string>();
  let before = new Map<string, string>();
  let isWell = false;
  let lags = false;
  const counts = { get: 0, set: 0, getFailed: 0, setFailed: 0 };
  const fail = (kind: "getFailed" | "setFailed", share: number): void => {
    if (isWell || chance() >= share) return;
    counts[kind] += 1;
    throw new Error("The store is away.");
  };
  return {
    counts,
    get(key: string): string | undefined {
      counts.get += 1;
      fail("getFailed", 0.08);
      return (lags ? before : values).get(key);
    },
    set(key: string, value: string): void {
      counts.set += 1;
      fail("setFailed", 0.15);
      values.set(key, value);
    },
    delete: (key: string): boolean => values.delete(key),
    beat(tick: number): void {
      lags = !isWell && tick % 10 === 3;
      if (tick % 10 === 2) before = new Map(values);
    },
    forget(): void {
      values.clear();
    },
    heal(): void {
      isWell = true;
      lags = false;
    },
    holds: (text: string): boolean => [...values.values()].some((value) => value.includes(text)),
  };
}

/** The same numbers in each run. */
function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
