// A state that is of another job, or damaged: it is refused before anything is sent, or it does no harm.

import {
  type PublishJob,
  type PublishState,
  publishArticle,
  runPublishStep,
  startPublishing,
} from "@wechat-edge/mp-publish";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  cutAfter,
  film,
  type JobKit,
  jobInProcess,
  jobOf,
  ONCE,
  picture,
  plainJob,
  STATES,
  TARGETS,
  type Target,
} from "../../../../test/support/publish-job.ts";
import { details, videoBytes } from "../../../../test/support/video.ts";

type Json = Record<string, unknown>;

/** Each is a whole job. */
const RUNS = 30;

/** Each state that a job of the target has kept, and the emulator of that run. */
async function statesOf(target: Target): Promise<Json[]> {
  const kit = jobInProcess();
  await publishArticle(kit.mp, jobOf(target), kit.keep);
  return kit.states.map((state) => JSON.parse(state) as Json);
}

/** That a state is refused for this reason, by either function, and nothing is kept or sent. */
async function expectRefused(
  job: PublishJob,
  state: unknown,
  reason: unknown,
  { message, kit = jobInProcess() }: { message?: RegExp; kit?: JobKit } = {},
) {
  const expected = { name: "CheckpointError", code: "ERR_CHECKPOINT", reason };
  const given = state as PublishState;
  const error = await failure(publishArticle(kit.mp, job, { ...kit.keep, state: given }));
  expect(error).toMatchObject(expected);
  if (message !== undefined) expect(error.message).toMatch(message);
  const step = await failure(runPublishStep(kit.mp, job, given, kit.keep));
  expect(step).toMatchObject(expected);
  expect(kit.calls()).toEqual([]);
  expect(kit.states).toEqual([]);
}

describe("a state is refused", () => {
  const job = jobOf("draft");

  it("of another account", async () => {
    const kit = jobInProcess({
      appid: "wx0000000000000009",
      secret: undefined,
      getAccessToken: () => "TOKEN",
    });
    for (const [index] of STATES.entries()) {
      const state = await cutAfter(jobInProcess(), job, index + 1);
      const error = await failure(publishArticle(kit.mp, job, { ...kit.keep, state }));
      expect(error).toMatchObject({ code: "ERR_CHECKPOINT", reason: "account" });
      expect(error.message).toMatch(/wx26e3b4a1c0d9f857.*wx0000000000000009/);
    }
    expect(kit.calls()).toEqual([]);
    expect(kit.states).toEqual([]);
  });

  it("of another version", async () => {
    const kit = jobInProcess();
    const state = await startPublishing(kit.mp, job);
    for (const v of [3, 0, "1", "2", null, undefined]) {
      await expectRefused(job, { ...state, v }, "version", {
        message: /version.*reads versions 1 and 2/,
      });
    }
  });

  const a = picture("a.jpg", 101);
  const b = picture("b.png", 102);
  const others: Readonly<Record<string, PublishJob>> = {
    "another target": jobOf("publish-library"),
    "another title": jobOf("draft", "published", { article: { title: "别的" } }),
    "a cover of another name": jobOf("draft", "published", { cover: picture("other.jpg", 300) }),
    "a cover of another size": jobOf("draft", "published", { cover: picture("cover.jpg", 301) }),
    "a cover that is there": jobOf("draft", "published", { cover: { media_id: "m" } }),
    "a picture more": jobOf("draft", "published", {
      images: { "a.jpg": a, "b.png": b, "c.png": b },
    }),
    "a picture less": jobOf("draft", "published", { images: { "a.jpg": a } }),
    "pictures that changed places": jobOf("draft", "published", {
      images: { "a.jpg": b, "b.png": a },
    }),
    "another video": jobOf("draft", "published", {
      video: { file: new File([videoBytes(998)], "film.mp4"), details },
    }),
    "a video that is there": jobOf("draft", "published", {
      video: { vid: "wxv_1", media_id: "m" },
    }),
    "no video": jobOf("draft", "published", { video: undefined }),
  };
  for (const [what, other] of Object.entries(others)) {
    it(`of a job with ${what}`, async () => {
      const kit = jobInProcess();
      const state = await startPublishing(kit.mp, job);
      await expectRefused(other, state, "job", { message: /another job/ });
    });
  }

  it("of a video whose bytes are others, before a block is sent", async () => {
    const kit = jobInProcess();
    const state = await cutAfter(kit, job, STATES.indexOf("video… upload 0") + 1);
    const asked = kit.calls().length;
    const file = new File([videoBytes(film.size, 7)], "film.mp4");
    const other = jobOf("draft", "published", { video: { file, details } });
    const run = publishArticle(kit.another(), other, { ...kit.keep, state });
    expect(await failure(run)).toMatchObject({ code: "ERR_CHECKPOINT", reason: "file" });
    expect(kit.calls().length).toBe(asked);
    await publishArticle(kit.another(), job, { ...kit.keep, state: kit.last() });
    expect(kit.made("draft")).toEqual(ONCE);
  });

  it("that is not a state", async () => {
    for (const state of [null, 0, true, [], "", "{", "null", "[]", '"1"', "1", new Date(0)]) {
      await expectRefused(job, state, expect.stringMatching(/^(?:malformed|version)$/));
    }
  });

  it("whatever JSON it is", async () => {
    const kit = jobInProcess();
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 2 }), fc.boolean(), async (value, asText) => {
        const state = asText ? JSON.stringify(value) : value;
        const reason = expect.stringMatching(/^(?:malformed|version)$/);
        await expectRefused(job, state, reason, { kit });
      }),
      { numRuns: 100 },
    );
  });
});

for (const target of TARGETS) {
  describe(`a damaged state of a job for the ${target}`, () => {
    const job = jobOf(target);
    const at = async (name: (typeof STATES)[number]): Promise<Json> =>
      (await statesOf(target))[STATES.indexOf(name)] ?? {};

    const wrong: Readonly<Record<string, [name: (typeof STATES)[number], change: Json]>> = {
      "submitted without an article": ["submit", { media_id: undefined, submitted: true }],
      "published without a submission": ["submit", { published: true }],
      "a publish_id without a submission": ["submit", { publish_id: "1" }],
      "an address without publication": ["review", { url: "http://mp.weixin.qq.com/s" }],
      "an article_id without publication": ["review", { article_id: "a" }],
      "an article under way before its cover": ["begun", { pending: "article", attempt: "a" }],
      "a submission under way without an article": ["article", { pending: "submit", attempt: "a" }],
      "an article under way that is there": ["submit", { pending: "article", attempt: "a" }],
      "an article under way without its attempt": ["article…", { attempt: undefined }],
      "an attempt that is empty": ["article…", { attempt: "" }],
      "an attempt that is a number": ["article…", { attempt: 1 }],
      "an attempt with nothing under way": ["article", { attempt: "a" }],
      "an attempt at a cover": ["cover…", { attempt: "a" }],
      "an unverified publication of which there is none": ["submit", { unverified: true }],
      "an unverified publication that is done": ["done", { unverified: true }],
      "an unverified publication with a number": ["review", { unverified: 1 }],
      "a submission under way that is done": ["review", { pending: "submit" }],
      "a picture under way that the job has not": ["begun", { pending: "image:c.jpg" }],
      "a picture that the job has not": ["video", { images: { "c.jpg": "http://x" } }],
      "a picture with no address": ["article", { images: { "a.jpg": "", "b.png": "http://x" } }],
      "an empty cover": ["article", { cover: "" }],
      "an empty article": ["submit", { media_id: "" }],
      "a video that is no object": ["video-review", { video: "wxv_1" }],
      "a video with a number": ["video-review", { video: { vid: "wxv_1", media_id: 1 } }],
      "a video without a vid": ["video-review", { video: { media_id: "m" } }],
      "a video approved before it is there": ["video", { video: { approved: true } }],
      "an approval that is not true": [
        "article",
        { video: { vid: "wxv_1", media_id: "m", approved: 1 } },
      ],
      "a checkpoint that is an array": ["video… upload 1", { video: { checkpoint: [1] } }],
      "a flag that is a number": ["review", { submitted: 1 }],
      "pictures that are none": ["article", { images: [] }],
      "no pictures": ["article", { images: undefined }],
      "no job": ["article", { job: undefined }],
      "no account": ["article", { appid: undefined }],
      ...(target === "draft" && {
        "a submission without its id": ["review", { publish_id: undefined }],
        "a submission with a number": ["review", { publish_id: 100 }],
        "an id for comments that is a number": ["review", { msg_data_id: 100 }],
      }),
    };
    for (const [what, [name, change]] of Object.entries(wrong)) {
      it(`with ${what}: CheckpointError`, async () => {
        await expectRefused(job, { ...(await at(name)), ...change }, "malformed", {
          message: /damaged/,
        });
      });
    }

    it("with a video that the job has not: CheckpointError", async () => {
      const plain = plainJob(target);
      const state = await startPublishing(jobInProcess().mp, plain);
      const video = { vid: "wxv_1", media_id: "m", approved: true };
      await expectRefused(plain, { ...state, video }, "malformed");
    });

    it("by any one value: CheckpointError, or nothing is done twice", async () => {
      const states = await statesOf(target);
      const junk = fc.constantFrom<unknown>(null, 0, 1, false, true, "", [], {}, ["x"], { x: 1 });
      const hit = fc.record({ state: fc.nat(), value: fc.nat(), junk, removes: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(hit, async ({ state: index, value, junk, removes }) => {
          const kit = jobInProcess();
          const cut = (index % states.length) + 1;
          const state = JSON.parse(await cutAfter(kit, job, cut)) as Json;
          const paths = pathsOf(state);
          const path = paths[value % paths.length] ?? [];
          // What forgets that something was asked cannot be told from what never asked it.
          const forgets = removes && /^(?:pending|attempt|media_id)$/.test(path.join("."));
          if (forgets) return;
          change(state, path, removes ? undefined : junk);
          const given = state as unknown as PublishState;
          const outcome = await publishArticle(kit.another(), job, { state: given }).catch(
            (error: Error & { code?: string }) => error.code ?? error,
          );
          const made = kit.made(target);
          expect([made.articles, made.submissions].every((count) => count <= 1)).toBe(true);
          if (typeof outcome === "object" && "state" in outcome) {
            expect(made).toMatchObject({ articles: 1, submissions: 1 });
            expect(outcome.state.published).toBe(true);
          } else {
            const isOnce = state["pending"] === "article" || state["pending"] === "submit";
            expect(outcome).toBe(
              isOnce && outcome !== "ERR_CHECKPOINT" ? "ERR_OUTCOME_UNKNOWN" : "ERR_CHECKPOINT",
            );
          }
        }),
        { numRuns: RUNS },
      );
    });

    it("by its end: CheckpointError", async () => {
      const kit = jobInProcess();
      const states = (await statesOf(target)).map((state) => JSON.stringify(state));
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...states), fc.nat(), async (text, at) => {
          await expectRefused(job, text.slice(0, at % text.length), "malformed", {
            message: /not JSON/,
            kit,
          });
        }),
        { numRuns: 50 },
      );
    });
  });
}

describe("a state goes on", () => {
  it("as an object, as its JSON, and frozen", async () => {
    const job = jobOf("publish-library", "uploaded");
    for (const [index] of STATES.slice(0, 8).entries()) {
      for (const form of [
        (text: string) => text,
        (text: string) => JSON.parse(text) as PublishState,
        (text: string) => frozen(JSON.parse(text)) as PublishState,
      ]) {
        const kit = jobInProcess();
        const state = form(await cutAfter(kit, job, index + 1));
        await publishArticle(kit.another(), job, { state });
        expect(kit.made("publish-library")).toEqual({ ...ONCE, submissions: 0 });
      }
    }
  });

  it("with the pictures in another order, another content, and files read anew", async () => {
    const job = jobOf("draft");
    for (const [index] of STATES.slice(0, 8).entries()) {
      const kit = jobInProcess();
      const state = await cutAfter(kit, job, index + 1);
      const images = { "b.png": picture("b.png", 102), "a.jpg": picture("a.jpg", 101) };
      const article = { content: `<!-- video --><img src="b.png"><img src="a.jpg">` };
      await publishArticle(kit.another(), jobOf("draft", "published", { images, article }), {
        state,
      });
      const made = kit.made("draft");
      expect({ ...made, images: made.images.toSorted() }).toEqual(ONCE);
    }
  });

  it("of a job that is done: nothing is asked", async () => {
    const kit = jobInProcess();
    const job = jobOf("publish-library");
    const { state, ...result } = await publishArticle(kit.mp, job);
    kit.control.journal.clear();
    const again = await publishArticle(kit.another(), job, { ...kit.keep, state });
    expect(again).toEqual({ ...result, state });
    expect(kit.calls()).toEqual([]);
    expect(kit.states).toEqual([]);
  });

  it("holds neither token nor secret, and stays small", async () => {
    const kit = jobInProcess();
    await publishArticle(kit.mp, jobOf("draft"), kit.keep);
    const all = kit.states.join("");
    const { appid } = kit.mp;
    for (const { token } of kit.control.tokens.list(appid)) expect(all).not.toContain(token);
    expect(kit.states.every((state) => state.length < 2000)).toBe(true);
  });
});

function pathsOf(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    [...path, name],
    ...pathsOf(inner, [...path, name]),
  ]);
}

/** Puts another value there, or, for undefined, takes what is there away. */
function change(root: Json, path: readonly (string | number)[], value: unknown): void {
  const last = path.at(-1);
  if (last === undefined) return;
  let inner: Json = root;
  for (const name of path.slice(0, -1)) inner = inner[name] as Json;
  if (value === undefined) delete inner[last];
  else inner[last] = value;
}

function frozen(value: unknown): unknown {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
