// Publishing in workerd, where memory does not last: by a Workflow, and by a Durable Object that is evicted.

import { fileURLToPath } from "node:url";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import type { OutcomeResolution, PublishState } from "@wechat-edge/mp-publish";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { lookFor, requestsIn, TARGETS, type Target } from "../support/publish-job.ts";
import { type RunningWorker, startWorker } from "../support/worker.ts";
import type { Command } from "./worker/publish-workflow/index.ts";

const REQUESTS = [
  "cover",
  "image a.jpg",
  "image b.jpg",
  "init",
  "block 1",
  "block 2",
  "block 3",
  "finish",
  "save",
  "article",
  "submit",
];

let emulator: RunningEmulator;
let worker: RunningWorker;
let origin: string;
let jobs = 0;

beforeAll(async () => {
  emulator = await startEmulator({
    port: 0,
    review: { transcoding: 60, video: 60, news: 120, publication: 120 },
  });
  const { appid, secret } = emulator.control.credentials.mp;
  const secrets = { APPID: appid, SECRET: secret, ORIGIN: emulator.baseUrl };
  const config = fileURLToPath(new URL("worker/publish-workflow/wrangler.jsonc", import.meta.url));
  worker = await startWorker({ config }, secrets);
  ({ origin } = worker);
}, 60_000);
afterAll(async () => {
  await worker.dispose();
  await emulator.close();
});
beforeEach(() => {
  emulator.control.reset();
  jobs += 1;
});

async function ask<T>(call: Command["call"], rest: Partial<Command> = {}): Promise<T> {
  const body = JSON.stringify({ id: `job-${jobs}`, call, ...rest });
  const reply = await fetch(origin, { method: "POST", body });
  return (await reply.json()) as T;
}

/** Repeats a request until its answer is as expected. */
async function until<T>(look: () => Promise<T>, is: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await look();
    if (is(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100)); // each look costs the Worker's time, too
  }
}

/** The requests without those for tokens and queries, whose number depends on the clock. */
function requests(): string[] {
  const all = requestsIn(emulator.control.journal.entries());
  return all.filter((request) => request !== "token" && !request.endsWith("?"));
}

function expectPublished(target: Target): void {
  const { control } = emulator;
  const publications = control.publications.list();
  if (target === "publish-library") {
    expect(control.news.list()).toMatchObject([{ status: "发布成功" }]);
    expect(publications).toEqual([]);
  } else {
    expect(publications).toMatchObject([{ status: 0 }]);
    expect(control.drafts.list()).toEqual([]);
  }
}

interface Status {
  readonly status: string;
  readonly output?: string | null;
  readonly error?: unknown;
}

interface Outcome {
  readonly done?: boolean;
  readonly lookAt?: string;
  readonly inMemory?: number;
  readonly error?: string;
}

for (const target of TARGETS) {
  describe(`a Workflow that publishes to the ${target}`, () => {
    const ends = ({ status }: Status) => status === "complete" || status === "errored";
    const status = () => ask<Status>("status");

    it("does each step once", async () => {
      await ask("create", { target });
      const { output, error } = await until(status, ends);
      expect(error).toBe(undefined);
      expect(JSON.parse(output ?? "")).toMatchObject({ published: true, url: expect.any(String) });
      expect(requests()).toEqual(REQUESTS);
      expectPublished(target);
    }, 30_000);

    it("repeats a step whose reply was lost, and asks where that would do harm", async () => {
      const { faults } = emulator.control;
      const lost = (path: string, action?: string) =>
        faults.add({ kind: "cut", match: { path, ...(action !== undefined && { action }) } });
      lost("/cgi-bin/media/uploadimg");
      lost("/cgi-bin/material/upload_video", "upload_block");
      lost(target === "publish-library" ? "/cgi-bin/publish/uploadnews" : "/cgi-bin/draft/add");
      lost(
        target === "publish-library" ? "/cgi-bin/publish/submit" : "/cgi-bin/freepublish/submit",
      );
      await ask("create", { target });
      const steps = target === "publish-library" ? ["article"] : ["article", "submit"];
      for (const pending of steps) {
        const waits = (text: string) => (JSON.parse(text) as PublishState).pending === pending;
        const text = await until(() => ask<string>("state"), waits);
        const state = JSON.parse(text) as PublishState;
        const resolution = await until(
          async () => lookFor(emulator, target, state),
          (each) => !("outcome" in each),
        );
        await ask("tell", { resolution }); // it is kept until the Workflow waits for it
      }
      const { output } = await until(status, ends);
      expect(JSON.parse(output ?? "")).toMatchObject({ published: true });
      const repeated = [
        "image a.jpg",
        "block 1",
        ...(target === "publish-library" ? ["submit"] : []),
      ];
      // What was found is looked up; other queries are not listed.
      const lookUps: Readonly<Record<string, string>> =
        target === "draft"
          ? { article: "/cgi-bin/draft/get", submit: "/cgi-bin/freepublish/getarticle" }
          : {};
      expect(requests()).toEqual(
        REQUESTS.flatMap((each) => {
          const lookUp = lookUps[each];
          if (lookUp !== undefined) return [each, lookUp];
          return repeated.includes(each) ? [each, each] : [each];
        }),
      );
      expectPublished(target);
    }, 30_000);

    it("asks again where an answer was used and the result of its try could not be saved", async () => {
      const path =
        target === "publish-library" ? "/cgi-bin/publish/uploadnews" : "/cgi-bin/draft/add";
      emulator.control.faults.add({ kind: "cut", at: "request", match: { path } });
      await ask("break");
      await ask("create", { target });
      const asked: (string | undefined)[] = [];
      for (let turn = 0; turn < 2; turn++) {
        const waits = (text: string) => {
          const { attempt } = JSON.parse(text) as PublishState;
          return attempt !== undefined && !asked.includes(attempt);
        };
        const state = JSON.parse(await until(() => ask<string>("state"), waits)) as PublishState;
        asked.push(state.attempt);
        // The first try did nothing; what the second did is there in a moment.
        const resolution = await until(
          async () => lookFor(emulator, target, state),
          (each) => "outcome" in each === (turn === 0),
        );
        await ask("tell", { resolution });
      }
      await until(status, ends);
      expect(requests().filter((request) => request === "article").length).toBe(2);
      expectPublished(target);
    }, 30_000);
  });

  describe(`a Durable Object that publishes to the ${target}`, () => {
    it("loses its memory as soon as a state is kept, each in turn", async () => {
      const deaths = Array.from({ length: 40 }, (_, index) => index + 1);
      await ask("begin", { target, deaths });
      let killed = 0;
      let asked = 0;
      let resolution: OutcomeResolution | undefined;
      for (let done = false; !done; ) {
        const outcome = await ask<Outcome>("step", resolution === undefined ? {} : { resolution });
        resolution = undefined;
        if (outcome.lookAt !== undefined) {
          asked += 1;
          const state = JSON.parse(await ask<string>("state")) as PublishState;
          resolution = lookFor(emulator, target, state);
          expect(resolution).toEqual({ attempt: state.attempt, outcome: "nothing" });
        }
        if (outcome.error !== undefined) {
          expect(outcome.error).toBe("killed");
          killed += 1;
        }
        done = outcome.done === true;
      }
      expect(asked).toBe(target === "publish-library" ? 1 : 2);
      expect(killed).toBeGreaterThan(20);
      expect(requests()).toEqual(REQUESTS);
      expectPublished(target);
    }, 60_000);
  });
}

describe("a Durable Object", () => {
  const target = "draft";

  it("loses its memory after each step", async () => {
    await ask("begin", { target });
    for (let done = false; !done; ) {
      const outcome = await ask<Outcome>("step");
      expect(outcome).toMatchObject({ inMemory: 1 });
      done = outcome.done === true;
      expect(await ask<Outcome>("evict")).toEqual({ error: "evicted" });
    }
    expect(requests()).toEqual(REQUESTS);
    expectPublished(target);
  }, 30_000);

  it("is woken by its alarm, though it is killed twice on the way", async () => {
    await ask("begin", { target, deaths: [3, 11] });
    await ask("start");
    // A call during the kill is answered with an error.
    const published = (answer: string | Outcome) =>
      typeof answer === "string" && (JSON.parse(answer) as PublishState).published === true;
    await until(() => ask<string | Outcome>("state"), published);
    expect(requests()).toEqual(REQUESTS);
    expectPublished(target);
  }, 60_000);
});
