// A job that is aborted anywhere rejects with the signal's own reason, and goes on later; a token that
// dies in its middle costs the one request that it was refused.

import {
  type PublishState,
  publishArticle,
  runPublishStep,
  startPublishing,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  goOn,
  type JobKit,
  jobInProcess,
  jobOf,
  nameOf,
  ONCE,
  plainJob,
  REQUESTS,
  STATES,
  TARGETS,
} from "../../../../test/support/publish-job.ts";

const reason = new Error("no longer wanted");

for (const target of TARGETS) {
  const job = jobOf(target);

  describe(`a job for the ${target} that is aborted`, () => {
    it("before it begins: nothing is sent", async () => {
      const kit = jobInProcess();
      const signal = AbortSignal.abort(reason);
      await expect(publishArticle(kit.mp, job, { signal })).rejects.toBe(reason);
      const state = await startPublishing(kit.mp, job);
      const step = runPublishStep(kit.mp, job, state, { ...kit.keep, signal });
      await expect(step).rejects.toBe(reason);
      expect(kit.states).toEqual([]);
      expect(kit.calls()).toEqual([]);
    });

    for (const [index, name] of STATES.slice(0, -1).entries()) {
      it(`while the state ${name} is kept: nothing more is sent, and there is no doubt`, async () => {
        const kit = jobInProcess();
        const stop = new AbortController();
        let asked = 0;
        const run = publishArticle(kit.mp, job, {
          signal: stop.signal,
          async onState(state) {
            await kit.keep.onState(state);
            if (kit.states.length !== index + 1) return;
            expect(nameOf(job, state)).toBe(name);
            asked = kit.calls().length;
            stop.abort(reason);
          },
        });
        await expect(run).rejects.toBe(reason);
        expect(kit.calls().length).toBe(asked);
        const { pending } = kit.last();
        expect(pending === undefined || pending === "video").toBe(true);
        await publishArticle(kit.another(), job, { ...kit.keep, state: kit.last() });
        expect(kit.made(target)).toEqual(ONCE);
        const requests = kit.calls().filter((call) => call !== "token");
        expect(requests).toEqual(REQUESTS.slice(1));
      });
    }

    for (const [index, request] of REQUESTS.entries()) {
      for (const arrives of [false, true]) {
        it(`while ${request} is ${arrives ? "answered" : "on its way"}, and goes on later`, async () => {
          const stop = new AbortController();
          let requests = 0;
          const kit: JobKit = jobInProcess({
            async fetch(input, init) {
              const own = requests++;
              if (own !== index) return kit.emulator.fetch(input, init);
              // A token is taken for everybody: nobody's signal ends that.
              const isLost = !arrives && request !== "token";
              const reply = isLost
                ? new Promise<Response>(() => undefined)
                : kit.emulator.fetch(input, { ...init, signal: null });
              if (arrives) await reply;
              stop.abort(reason);
              return reply;
            },
          });
          const options = { ...kit.keep, signal: stop.signal };
          await expect(publishArticle(kit.mp, job, options)).rejects.toBe(reason);
          expect(requests).toBe(index + 1);
          await goOn(kit, job, kit.states.at(-1));
          expect(kit.made(target)).toMatchObject({ articles: 1, submissions: 1 });
          expect(kit.last()).toMatchObject({ published: true });
        });
      }
    }

    it("while it waits: the pause ends at once, and a later run goes on waiting", async () => {
      const stop = new AbortController();
      const options = {
        sleep: () => new Promise<void>(() => queueMicrotask(() => stop.abort(reason))),
      };
      const kit = jobInProcess(options, { review: {} });
      const run = publishArticle(kit.mp, job, { ...kit.keep, signal: stop.signal });
      await expect(run).rejects.toBe(reason);
      expect(nameOf(job, kit.last())).toBe("video-review");
      kit.control.clock.advance(60_000);
      await publishArticle(kit.another(), jobOf(target, "submitted"), { state: kit.last() });
      expect(kit.made(target)).toEqual(ONCE);
    });

    it("while the content is made, however long that takes: nothing is in doubt", async () => {
      const kit = jobInProcess();
      const stop = new AbortController();
      const content = () => {
        queueMicrotask(() => stop.abort(reason));
        return new Promise<string>(() => undefined);
      };
      const plain = plainJob(target, "published", { content });
      const options = { ...kit.keep, signal: stop.signal };
      await expect(publishArticle(kit.mp, plain, options)).rejects.toBe(reason);
      expect(kit.last().pending).toBe(undefined);
      await publishArticle(kit.another(), plainJob(target), { state: kit.last() });
      expect(kit.made(target)).toMatchObject({ articles: 1, submissions: 1 });
    });
  });

  describe(`a token that is killed under a job for the ${target}`, () => {
    const replaced = ["token", "token"]; // stable_token gives the dead one until another is forced
    for (const request of REQUESTS.slice(1)) {
      it(`at ${request}: that alone is repeated, with another`, async () => {
        const kit = jobInProcess();
        const skip = REQUESTS.indexOf(request) - 1;
        kit.control.faults.add({ kind: "token-killed", at: "headers", skip });
        await publishArticle(kit.mp, job, kit.keep);
        expect(kit.made(target)).toEqual(ONCE);
        expect(kit.calls()).toEqual(
          REQUESTS.flatMap((each) => (each === request ? [each, ...replaced, each] : [each])),
        );
        expect(kit.states.map((state) => nameOf(job, JSON.parse(state) as PublishState))).toEqual(
          STATES,
        );
      });
    }

    for (const request of ["article", "submit"] as const) {
      it(`at ${request}, with no other to be had: nothing was done, and a later run goes on`, async () => {
        const kit = jobInProcess({ retry: false });
        const skip = REQUESTS.indexOf(request) - 1;
        kit.control.faults.add({ kind: "token-killed", at: "headers", skip });
        const match = { path: "/cgi-bin/stable_token" };
        kit.control.faults.add({ kind: "cut", at: "request", match, skip: 1 });
        const error = await failure(publishArticle(kit.mp, job, kit.keep));
        expect(error).toMatchObject({ code: "ERR_NETWORK" });
        expect(kit.last().pending).toBe(undefined);
        await publishArticle(kit.another(), job, { ...kit.keep, state: kit.last() });
        expect(kit.made(target)).toEqual(ONCE);
        // The later run is given the dead token first, as stable_token does.
        const requests = kit.calls().filter((call) => call !== "token");
        expect(requests).toEqual(
          REQUESTS.slice(1).flatMap((each) => (each === request ? [each, each, each] : [each])),
        );
      });
    }
  });
}
