// A job that is cut off anywhere and goes on in another process: nothing is done twice but, at most,
// the one harmless request whose reply was lost.

import {
  type OutcomeResolution,
  type PublishState,
  publishArticle,
  type UploadedParts,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  cutAfter,
  goOn,
  jobInProcess,
  jobOf,
  lookFor,
  type Made,
  nameOf,
  ONCE,
  picture,
  plainJob,
  REQUESTS,
  STATES,
  TARGETS,
  type Target,
  twice,
} from "../../../../test/support/publish-job.ts";

type Request = (typeof REQUESTS)[number];

/** A second one would add or publish a second article. */
const isOnce = (target: Target, request: Request): boolean =>
  request === "article" || (request === "submit" && target === "draft");

/** What a request leaves behind that was done, its reply lost, and then done again. */
function madeWith(request: Request): Made {
  if (request === "cover") return { ...ONCE, covers: 2 };
  if (request === "init") return { ...ONCE, videos: [0, 1] };
  if (request === "save") return { ...ONCE, videos: [2] };
  const name = request.replace("image ", "");
  return name === request ? ONCE : { ...ONCE, images: twice(ONCE.images, name) };
}

/** That the request which a state has under way was not carried out. */
const nothingFor = ({ attempt = "" }: PublishState): OutcomeResolution => ({
  attempt,
  outcome: "nothing",
});

/** What asks whether an article is there. */
const LOOK = { "publish-library": "article?", draft: "/cgi-bin/draft/get" } as const;

for (const target of TARGETS) {
  const job = jobOf(target);

  describe(`a job for the ${target}, cut after a state`, () => {
    for (const [index, name] of STATES.entries()) {
      it(`${name}: each request was made once`, async () => {
        const kit = jobInProcess();
        const state = await cutAfter(kit, job, index + 1);
        expect(nameOf(job, JSON.parse(state) as PublishState)).toBe(name);
        const before = kit.calls();
        const result = await goOn(kit, job, state);
        expect(kit.made(target)).toEqual(ONCE);
        const later = kit.calls().slice(before.length);
        const requests = [...before, ...later].filter((call) => call !== "token");
        expect(requests).toEqual(REQUESTS.slice(1));
        expect(result.state).toMatchObject({ submitted: true, published: true });
      });
    }
  });

  /** Cut at a request that never arrived, and at its reply: the work was done. */
  for (const at of ["request", "before"] as const) {
    const what = at === "before" ? "before the reply of" : "on the way of";

    describe(`a job for the ${target}, cut ${what}`, () => {
      for (const [skip, request] of REQUESTS.entries()) {
        const fault = { kind: "cut", at, skip } as const;
        // What was not done can be done again without a trace, but for the request.
        const made = at === "before" ? madeWith(request) : ONCE;

        if (!isOnce(target, request)) {
          it(`${request}: it alone is repeated, in the same run`, async () => {
            const kit = jobInProcess();
            kit.control.faults.add(fault);
            const { state } = await publishArticle(kit.mp, job, kit.keep);
            expect(state.published).toBe(true);
            expect(kit.calls()).toEqual(twice(REQUESTS, request));
            expect(kit.made(target)).toEqual(made);
          });
        }

        it(`${request}, without retries: a later run goes on, and it alone is repeated`, async () => {
          const kit = jobInProcess({ retry: false });
          kit.control.faults.add(fault);
          const run = publishArticle(kit.mp, job, kit.keep);
          if (request === "finish") {
            await run; // the video's own second call settles it
          } else {
            const error = await failure(run);
            expect(error["code"]).toBe(
              isOnce(target, request) ? "ERR_OUTCOME_UNKNOWN" : "ERR_NETWORK",
            );
            expect(kit.calls()).toEqual(REQUESTS.slice(0, skip + 1));
            const step = isOnce(target, request) ? request : undefined;
            expect(kit.last().pending).toBe(step);
            await goOn(kit, job, kit.states.at(-1));
          }
          const found = isOnce(target, request) && at === "before";
          const looked = REQUESTS.flatMap((each) =>
            each === "article" ? [each, LOOK[target]] : each,
          );
          // A publish_id is looked up, and then the title of its article.
          const gone =
            request === "article"
              ? looked
              : [...REQUESTS, "/cgi-bin/freepublish/getarticle", "article?"];
          const requests = found ? gone : twice(REQUESTS, request);
          const count = (list: readonly string[]) => list.filter((call) => call !== "token");
          expect(count(kit.calls())).toEqual(count(requests));
          expect(kit.made(target)).toEqual(made);
        });
      }
    });
  }

  describe(`an outcome that nobody knows, of the ${target}`, () => {
    const names = {
      article: target === "publish-library" ? "addNews" : "addDraft",
      submit: "submitPublication",
    } as const;
    const steps =
      target === "publish-library" ? (["article"] as const) : (["article", "submit"] as const);
    const lost = async (
      step: "article" | "submit",
      at: "request" | "before" | "headers" | "body",
    ) => {
      const kit = jobInProcess();
      kit.control.faults.add({ kind: "cut", at, skip: REQUESTS.indexOf(step) });
      const error = await failure(publishArticle(kit.mp, job, kit.keep));
      return { kit, error };
    };

    for (const step of steps) {
      for (const at of ["request", "before", "headers", "body"] as const) {
        it(`${step}, cut at ${at}: is told as such, and once more by each later run`, async () => {
          const { kit, error } = await lost(step, at);
          const told = {
            name: "OutcomeUnknownError",
            step: names[step],
            message: expect.stringMatching(
              step === "submit"
                ? /发表记录.*still there may be under way.*resolution: \{ attempt: "\w{16}", publish_id \}/
                : /灯笼街的一天.*resolution: \{ attempt: "\w{16}", media_id \}/,
            ),
          };
          expect(error).toMatchObject({ ...told, cause: { code: "ERR_NETWORK" } });
          expect(kit.last().pending).toBe(step);
          const asked = kit.calls();
          const kept = kit.states.length;
          for (let run = 0; run < 2; run++) {
            const again = publishArticle(kit.another(), job, { ...kit.keep, state: kit.last() });
            expect(await failure(again)).toMatchObject(told);
          }
          expect(kit.calls()).toEqual(asked);
          expect(kit.states.length).toBe(kept);
          const resolution = lookFor(kit, target, kit.last());
          expect("outcome" in resolution).toBe(at === "request");
          await publishArticle(kit.another(), job, { ...kit.keep, state: kit.last(), resolution });
          expect(kit.made(target)).toEqual(ONCE);
        });
      }

      it(`${step}, busy (-1): may have been done all the same`, async () => {
        const kit = jobInProcess();
        kit.control.faults.add({ kind: "mp-error", errcode: -1, skip: REQUESTS.indexOf(step) });
        const error = await failure(publishArticle(kit.mp, job, kit.keep));
        expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", cause: { errcode: -1 } });
        await goOn(kit, job, kit.states.at(-1));
        expect(kit.made(target)).toEqual(ONCE);
      });

      it(`${step}, accepted without an id: may not be forgotten`, async () => {
        const kit = jobInProcess();
        const body = { media_id: "", publish_id: "" };
        const skip = REQUESTS.indexOf(step);
        kit.control.faults.add({ kind: "reply-json", body, merge: true, skip });
        const error = await failure(publishArticle(kit.mp, job, kit.keep));
        expect(error).toMatchObject({
          code: "ERR_OUTCOME_UNKNOWN",
          step: names[step],
          attempt: kit.last().attempt,
          cause: { code: "ERR_REPLY" },
        });
        await goOn(kit, job, kit.states.at(-1));
        expect(kit.made(target)).toEqual(ONCE);
      });

      it(`${step}: a resolution is kept before anything else is asked than whether it is there`, async () => {
        const { kit } = await lost(step, "before");
        const resolution = lookFor(kit, target, kit.last());
        const asked = kit.calls().length;
        const gone = new Error("The process is gone.");
        let state: string | undefined;
        const run = publishArticle(kit.another(), job, {
          state: kit.last(),
          resolution,
          onState(next) {
            state = JSON.stringify(next);
            throw gone;
          },
        });
        await expect(run).rejects.toBe(gone);
        const since = kit.calls().slice(asked);
        const published = ["article?", "/cgi-bin/freepublish/getarticle"];
        expect(since).toEqual(["token", ...(step === "article" ? [LOOK[target]] : published)]);
        await publishArticle(kit.another(), job, { state });
        expect(kit.made(target)).toEqual(ONCE);
      });

      it(`${step}: refuses a resolution that cannot be, and leaves the state as it was`, async () => {
        const { kit } = await lost(step, "before");
        const id = lookFor(kit, target, kit.last()) as Record<string, string>;
        const name = step === "article" ? "media_id" : "publish_id";
        const value = id[name] ?? "";
        const { attempt } = id;
        const named: object[] = [
          {},
          { [name]: "" },
          { [name]: Number(`1${value.length}`) },
          { [name]: null },
          { [name]: value, outcome: "nothing" },
          { outcome: "nothing", url: "http://mp.weixin.qq.com/s" },
          { outcome: "something" },
          { outcome: true },
          step === "article" ? { publish_id: "100000001" } : { media_id: value },
          { article_id: "" },
          { url: "" },
          ...(step === "article"
            ? [{ article_id: "a" }, { url: "http://mp.weixin.qq.com/s" }]
            : [
                { article_id: 5 },
                { article_id: "a", url: 5 },
                { article_id: 5, url: "u" },
                { url: "https://example.com/s" },
              ]),
        ];
        const wrong: unknown[] = [
          "nothing",
          "something",
          "",
          null,
          0,
          true,
          [],
          value,
          // What is right, but for the attempt.
          { [name]: value },
          { outcome: "nothing" },
          { attempt: "", outcome: "nothing" },
          { attempt: 1, outcome: "nothing" },
          ...named.map((answer) => ({ attempt, ...answer })),
        ];
        const kept = kit.states.length;
        const asked = kit.calls().length;
        for (const resolution of wrong as OutcomeResolution[]) {
          const options = { ...kit.keep, state: kit.last(), resolution };
          await expect(publishArticle(kit.another(), job, options)).rejects.toThrow(TypeError);
        }
        expect(kit.states.length).toBe(kept);
        expect(kit.calls().length).toBe(asked);
      });
    }
  });

  it(`a job for the ${target} that nobody asks about takes no resolution`, async () => {
    const kit = jobInProcess();
    const attempt = "0123456789abcdef";
    for (const resolution of [
      "nothing" as never,
      { attempt, outcome: "nothing" },
      { attempt, media_id: "m" },
    ] as const) {
      await expect(publishArticle(kit.mp, job, { ...kit.keep, resolution })).rejects.toThrow(
        TypeError,
      );
      expect(kit.states).toEqual([]);
      for (const [index, name] of STATES.entries()) {
        if (name === "article…" || name === "submit…") continue;
        const state = await cutAfter(jobInProcess(), job, index + 1);
        const options = { ...kit.keep, state, resolution };
        await expect(publishArticle(kit.mp, job, options)).rejects.toThrow(TypeError);
      }
    }
    expect(kit.states).toEqual([]);
    expect(kit.calls()).toEqual([]);
  });
}

describe("a submission whose reply was lost", () => {
  it("to the publish library is settled by abnormal status", async () => {
    for (const retry of [undefined, false] as const) {
      const kit = jobInProcess({ retry });
      const job = jobOf("publish-library");
      kit.control.faults.add({ kind: "cut", match: { path: "/cgi-bin/publish/submit" } });
      const run = publishArticle(kit.mp, job, kit.keep);
      if (retry === false) {
        await expect(run).rejects.toMatchObject({ code: "ERR_NETWORK" });
        await publishArticle(kit.another(), job, { ...kit.keep, state: kit.last() });
      } else await run;
      const submits = kit.control.journal.entries().filter(({ path }) => path.endsWith("submit"));
      expect(submits.length).toBe(2);
      expect(submits[1]?.code).toBeDefined();
      expect(kit.made("publish-library")).toEqual(ONCE);
    }
  });

  it("of a draft, taken for nothing while it is under way: WeChat refuses a second one", async () => {
    const kit = jobInProcess({}, { review: { transcoding: 0, video: 0, publication: 1000 } });
    const job = jobOf("draft");
    kit.control.faults.add({ kind: "cut", match: { path: "/cgi-bin/freepublish/submit" } });
    const error = await failure(publishArticle(kit.mp, job, kit.keep));
    // The draft is still in the box, which might mislead.
    expect(kit.control.drafts.list().length).toBe(1);
    expect(error["lookAt"]).toMatch(
      /has left 草稿箱 is published; one that is still there may be under way/,
    );
    const options = { ...kit.keep, state: kit.last(), resolution: nothingFor(kit.last()) };
    const again = await failure(publishArticle(kit.another(), job, options));
    expect(again).toMatchObject({ code: "ERR_MP_API", errcode: 53503 });
    expect(kit.made("draft")).toEqual(ONCE);
  });

  it("of a draft goes on with the article_id of its resolution: it is looked up, and there is nothing to wait for", async () => {
    const kit = jobInProcess();
    const job = jobOf("draft");
    kit.control.faults.add({ kind: "cut", match: { path: "/cgi-bin/freepublish/submit" } });
    await failure(publishArticle(kit.mp, job, kit.keep));
    const asked = kit.calls().length;
    const article_id = kit.control.publications.list()[0]?.article_id ?? "";
    const url = "http://mp.weixin.qq.com/s?__biz=x";
    for (const [resolution, expected] of [
      [
        { article_id, url },
        { article_id, url },
      ],
      [{ article_id }, { article_id }],
      [{ url }, { url }],
    ] as const) {
      const { media_id } = kit.last();
      const state = kit.last();
      const { attempt } = state;
      const { state: end, ...result } = await publishArticle(kit.another(), job, {
        state,
        resolution: { attempt, ...resolution },
      });
      expect(result).toEqual({ media_id, ...expected });
      expect(end).toMatchObject({ submitted: true, published: true, ...expected });
      // The state is good for a later run.
      expect((await publishArticle(kit.another(), job, { state: end })).state).toEqual(end);
    }
    const looks = ["token", "/cgi-bin/freepublish/getarticle"];
    expect(kit.calls().slice(asked)).toEqual([...looks, ...looks]);
  });
});

it("the names of its pictures need not be pretty, wherever it is cut off", async () => {
  const names = ["__proto__", "constructor", "0", " a b ", "灯笼🏮.jpg", "\n", ""];
  const named = names.map((name, at) => [name, picture(`${at}.jpg`, 300 + at)] as const);
  const files = named.map(([, file]) => file);
  const content = ({ images }: UploadedParts) =>
    names.map((name) => `<img src="${images[name]}">`).join("");
  const job = plainJob("draft", "uploaded", { content }, Object.fromEntries(named));
  for (let cut = 1; cut <= 2 * names.length + 2; cut++) {
    const kit = jobInProcess();
    const state = await cutAfter(kit, job, cut);
    await publishArticle(kit.another(), job, { state });
    expect(kit.made("draft")).toEqual({
      covers: 1,
      images: expect.arrayContaining(files.map(({ name }) => name)),
      videos: [],
      articles: 1,
      submissions: 0,
    });
    const urls = new Map(kit.control.mpMedia.map(({ filename, url }) => [filename, url]));
    expect(kit.control.drafts.list()[0]?.articles[0]?.content).toBe(
      files.map(({ name }) => `<img src="${urls.get(name)}">`).join(""),
    );
  }
});
