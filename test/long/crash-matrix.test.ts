// A video upload and a publish job that die at every request and at random moments, in each runtime, and end right: one
// article, one submission, the whole video, no block again that was acknowledged.

import { fileURLToPath } from "node:url";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import type { PublishJob, PublishState } from "@wechat-edge/mp-publish";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerTo } from "../scenarios/crash/answer.ts";
import {
  describeKill,
  everyJobKill,
  faultsOf as jobFaultsOf,
  killJob,
  randomJobKills,
} from "../scenarios/crash/job-kills.ts";
import { everyKillPoint, faultsOf, killAndResume } from "../scenarios/crash/kill-points.ts";
import { childRuntimes, isInstalled } from "../scenarios/crash/runtimes.ts";
import type { Command } from "../scenarios/worker/publish-workflow/index.ts";
import { type RunningWorker, startWorker } from "../support/worker.ts";

const MINUTES = 60_000;
const SEED = 20_261_201;
const RANDOM_MOMENTS = 20;

describe.each(childRuntimes)("$name", (runtime) => {
  it("is installed", () => {
    expect(isInstalled(runtime)).toBe(true);
  });

  it(
    "an upload goes on where it was, wherever it was killed",
    async () => {
      const points = everyKillPoint(runtime);
      const faults: string[] = [];
      for (const point of points) faults.push(...faultsOf(point, await killAndResume(point)));
      console.log(`${runtime.name}: ${points.length} uploads killed`);
      expect(faults).toEqual([]);
    },
    15 * MINUTES,
  );

  it(
    `a job is published once, wherever it was killed (seed ${SEED})`,
    async () => {
      const kills = [...everyJobKill(runtime), ...randomJobKills(runtime, RANDOM_MOMENTS, SEED)];
      const faults: string[] = [];
      let late = 0;
      for (const kill of kills) {
        const { faults: found, isTooLate } = await killJob(kill).catch((error: unknown) => ({
          faults: [String(error)],
          isTooLate: false,
        }));
        if (isTooLate) late += 1;
        faults.push(...found.map((fault) => `${describeKill(kill)}: ${fault}`));
      }
      console.log(`${runtime.name}: ${kills.length - late} jobs killed, ${late} kills too late`);
      expect(faults).toEqual([]);
      expect(late).toBeLessThan(RANDOM_MOMENTS);
    },
    20 * MINUTES,
  );
});

describe("a Durable Object of workerd", () => {
  let emulator: RunningEmulator;
  let worker: RunningWorker;
  let evict: () => Promise<unknown> = async () => undefined;
  let jobs = 0;

  beforeAll(async () => {
    emulator = await startEmulator({
      port: 0,
      review: { transcoding: 0, video: 0, news: 0, publication: 0 },
      sleep: async () => void (await evict()),
    });
    const { appid, secret } = emulator.control.credentials.mp;
    const secrets = { APPID: appid, SECRET: secret, ORIGIN: emulator.baseUrl };
    const path = "../scenarios/worker/publish-workflow/wrangler.jsonc";
    worker = await startWorker({ config: fileURLToPath(new URL(path, import.meta.url)) }, secrets);
  }, MINUTES);
  afterAll(async () => {
    await worker.dispose();
    await emulator.close();
  });

  async function ask<T>(call: Command["call"], rest: Partial<Command> = {}): Promise<T> {
    const body = JSON.stringify({ id: `evicted-${jobs}`, call, ...rest });
    return (await (await fetch(worker.origin, { method: "POST", body })).json()) as T;
  }

  /** What a step returned, or why it ended. */
  interface Outcome {
    readonly done?: boolean;
    readonly lookAt?: string;
    readonly attempt?: unknown;
    readonly error?: string;
  }

  /** Evicts the object while a request is at the server, and returns what is wrong when the job is done. */
  async function evictAt(
    target: PublishJob["target"],
    request: number,
    isLost: boolean,
  ): Promise<{ faults: string[]; evicted: boolean }> {
    const { control } = emulator;
    control.reset();
    jobs += 1;
    let evicted = false;
    evict = async () => {
      evicted = true;
      await ask("evict");
    };
    control.faults.add({ kind: "delay", ms: 1, skip: request - 1 });
    if (isLost) control.faults.add({ kind: "cut", at: "request", skip: request - 1 });
    await ask("begin", { target });
    let resolution: unknown;
    for (let steps = 0; steps < 200; steps++) {
      const given = resolution === undefined ? {} : { resolution: resolution as never };
      const outcome = await ask<Outcome>("step", given);
      resolution = undefined;
      if (outcome.done === true) return { faults: jobFaultsOf(control, target), evicted };
      if (outcome.lookAt === undefined) continue;
      const { pending } = JSON.parse(await ask<string>("state")) as PublishState;
      const step = pending === "submit" ? "submitPublication" : "addDraft";
      resolution = answerTo(control, target, { step, attempt: outcome.attempt });
    }
    return { faults: ["it does not end"], evicted };
  }

  it.each(["draft", "publish-library"] as const)(
    "publishes to the %s once, at whatever request it is evicted",
    async (target) => {
      const faults: string[] = [];
      let evictions = 0;
      // A step has a client of its own, and so a token: there are more requests than a job of one process makes.
      for (let request = 1; ; request++) {
        let isOver = false;
        for (const isLost of [true, false]) {
          const { faults: found, evicted } = await evictAt(target, request, isLost);
          if (evicted) evictions += 1;
          else isOver = true;
          const what = `request ${request} ${isLost ? "lost" : "carried out"}`;
          faults.push(...found.map((fault) => `${what}: ${fault}`));
        }
        if (isOver) break;
      }
      console.log(`workerd, ${target}: ${evictions} evictions`);
      expect(faults).toEqual([]);
      expect(evictions).toBeGreaterThan(20);
    },
    10 * MINUTES,
  );
});
