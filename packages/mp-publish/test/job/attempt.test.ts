// An answer about an unknown outcome serves one attempt: whoever passes it again makes no second article.

import {
  type OutcomeResolution,
  type PublishOptions,
  type PublishState,
  publishArticle,
  runPublishStep,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  type JobKit,
  jobInProcess,
  lookFor,
  plainJob,
  type Target,
} from "../../../../test/support/publish-job.ts";

type Once = "article" | "submit";

const PATHS: Readonly<Record<string, string>> = {
  "publish-library article": "/cgi-bin/publish/uploadnews",
  "draft article": "/cgi-bin/draft/add",
  "draft submit": "/cgi-bin/freepublish/submit",
};

const CASES: readonly (readonly [Target, Once])[] = [
  ["publish-library", "article"],
  ["draft", "article"],
  ["draft", "submit"],
];

const nothing = ({ attempt = "" }: PublishState): OutcomeResolution => ({
  attempt,
  outcome: "nothing",
});

for (const [target, step] of CASES) {
  const job = plainJob(target);
  const ONCE = { articles: 1, submissions: 1 };
  const path = PATHS[`${target} ${step}`] ?? "";

  /** A job whose request was lost on its way. */
  async function lost() {
    const kit = jobInProcess();
    kit.control.faults.add({ kind: "cut", at: "request", match: { path } });
    const error = await failure(publishArticle(kit.mp, job, kit.keep));
    expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", attempt: kit.last().attempt });
    return { kit, state: kit.last(), answer: nothing(kit.last()) };
  }

  /** Keeps states until the request is done, and cannot keep what came of it. */
  const breaking = (kit: JobKit): PublishOptions => ({
    onState(state) {
      const done = step === "article" ? state.media_id : state.submitted;
      if (done !== undefined) throw new Error("The store is down.");
      kit.states.push(JSON.stringify(state));
    },
  });

  const run = (kit: JobKit, options: PublishOptions) =>
    publishArticle(kit.another(), job, { ...kit.keep, ...options });
  const oneStep = (kit: JobKit, { state, ...options }: PublishOptions) =>
    runPublishStep(kit.another(), job, state ?? "", { ...kit.keep, ...options });

  describe(`an answer for the ${step} of a job for the ${target}`, () => {
    it("names an attempt that is kept before the request, and is another each time", async () => {
      const seen = new Set<string | undefined>();
      for (let run = 0; run < 3; run++) {
        const { kit, state } = await lost();
        expect(state).toMatchObject({
          pending: step,
          attempt: expect.stringMatching(/^[0-9a-f]{16}$/),
        });
        expect(kit.states.filter((kept) => kept.includes('"attempt"')).length).toBe(
          step === "submit" ? 2 : 1,
        );
        seen.add(state.attempt);
      }
      expect(seen.size).toBe(3);
    });

    for (const [how, again] of [
      ["run", run],
      ["step", oneStep],
    ] as const) {
      it(`is asked for again where what came of it could not be kept, and the ${how} is repeated`, async () => {
        const { kit, state, answer } = await lost();
        const broken = again(kit, { state, resolution: answer, ...breaking(kit) });
        expect((await failure(broken)).message).toBe("The store is down.");
        const asked = kit.calls();
        for (let turn = 0; turn < 2; turn++) {
          const repeated = again(kit, { state: kit.last(), resolution: answer });
          const error = await failure(repeated);
          expect(error).toMatchObject({
            code: "ERR_OUTCOME_UNKNOWN",
            attempt: kit.last().attempt,
            message: expect.stringContaining(`is for another attempt, "${state.attempt}"`),
          });
          expect(error["attempt"]).not.toBe(state.attempt);
        }
        expect(kit.calls()).toEqual(asked);
        await run(kit, { state: kit.last(), resolution: lookFor(kit, target, kit.last()) });
        expect(kit.made(target)).toMatchObject(ONCE);
      });
    }

    it("serves again only where no request followed: keeping it failed", async () => {
      const { kit, state, answer } = await lost();
      const onState = () => {
        throw new Error("The store is down.");
      };
      for (let turn = 0; turn < 3; turn++) {
        await failure(run(kit, { state, resolution: answer, onState }));
      }
      await run(kit, { state, resolution: answer });
      expect(kit.made(target)).toMatchObject(ONCE);
    });

    it("is refused by each later state, and nothing is asked", async () => {
      const { kit, state, answer } = await lost();
      const before = kit.states.length;
      await run(kit, { state, resolution: answer });
      const asked = kit.calls();
      const later = kit.states.slice(before);
      for (const kept of later) {
        for (const again of [run, oneStep]) {
          const error = await failure(again(kit, { state: kept, resolution: answer }));
          const { attempt } = JSON.parse(kept) as PublishState;
          if (attempt === undefined) {
            expect(error).toMatchObject({
              name: "TypeError",
              message: expect.stringMatching(
                new RegExp(`for the attempt "${state.attempt}", .* answered already`),
              ),
            });
          } else expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", attempt });
        }
      }
      expect(kit.calls()).toEqual(asked);
      expect(kit.states.length).toBe(before + later.length);
      expect(kit.made(target)).toMatchObject(ONCE);
    });

    it("with ids is used up as well", async () => {
      const { kit, state, answer } = await lost();
      await failure(run(kit, { state, resolution: answer, ...breaking(kit) }));
      const found = lookFor(kit, target, kit.last());
      expect("outcome" in found).toBe(false);
      await run(kit, { state: kit.last(), resolution: found });
      expect(await failure(run(kit, { state: kit.last(), resolution: found }))).toMatchObject({
        name: "TypeError",
        message: expect.stringContaining("answered already"),
      });
      expect(kit.made(target)).toMatchObject(ONCE);
    });

    it("must name its attempt, which the error shows how to", async () => {
      const { kit, state } = await lost();
      const asked = kit.calls();
      const old = step === "article" ? { media_id: "m" } : { publish_id: "1" };
      for (const resolution of ["nothing", old, { outcome: "nothing" }] as never[]) {
        const error = await failure(run(kit, { state, resolution }));
        expect(error).toMatchObject({
          name: "TypeError",
          message: expect.stringContaining('{ attempt, outcome: "nothing" }'),
        });
      }
      expect(kit.calls()).toEqual(asked);
    });

    it("is told apart in a state of version 1, which had no attempts", async () => {
      const { kit, state } = await lost();
      const { attempt: _, ...first } = { ...state, v: 1 };
      const given = JSON.stringify(first);
      const attempt = `v1-${step}`;
      expect(await failure(run(kit, { state: given }))).toMatchObject({
        code: "ERR_OUTCOME_UNKNOWN",
        attempt,
        next: expect.stringContaining(`{ attempt: "${attempt}", outcome: "nothing" }`),
      });
      const resolution = { attempt, outcome: "nothing" } as const;
      await failure(run(kit, { state: given, resolution, ...breaking(kit) }));
      expect(kit.last()).toMatchObject({ v: 2, pending: step });
      const error = await failure(run(kit, { state: kit.last(), resolution }));
      expect(error).toMatchObject({ attempt: kit.last().attempt });
      expect(error["attempt"]).not.toBe(attempt);
      await run(kit, { state: kit.last(), resolution: lookFor(kit, target, kit.last()) });
      expect(kit.made(target)).toMatchObject(ONCE);
    });
  });
}

it("a submission is not answered with the answer for the article before it", async () => {
  const kit = jobInProcess();
  const job = plainJob("draft");
  for (const path of ["/cgi-bin/draft/add", "/cgi-bin/freepublish/submit"]) {
    kit.control.faults.add({ kind: "cut", at: "request", match: { path } });
  }
  await failure(publishArticle(kit.mp, job, kit.keep));
  const resolution = nothing(kit.last());
  // The answer serves its own attempt, and this very run asks for the next.
  const next = await failure(
    publishArticle(kit.another(), job, { ...kit.keep, state: kit.last(), resolution }),
  );
  expect(next).toMatchObject({ step: "submitPublication", attempt: kit.last().attempt });
  const again = await failure(
    publishArticle(kit.another(), job, { ...kit.keep, state: kit.last(), resolution }),
  );
  expect(again).toMatchObject({ step: "submitPublication", attempt: kit.last().attempt });
  expect(kit.calls().filter((call) => call === "submit").length).toBe(1);
});
