import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jobFingerprint } from "../../src/job/fingerprint.ts";
import type { PublishJob } from "../../src/job/job.ts";
import { isCoherent, nextStep, progressOf } from "../../src/job/plan.ts";
import { isOnce, type PublishState, type PublishStep, readState } from "../../src/job/state.ts";

const SEED = 20_261_123;
const UNTIL = ["uploaded", "submitted", "published"] as const;
const file = (name: string): File => new File(["x"], name);
const video = {
  file: file("film.mp4"),
  details: {
    title: "River",
    video_desc: "",
    declare_ori: 0,
    newcat: "1",
    newsbcat: "2",
    tags: [],
    cover_url: "",
  },
} as const;

const names = fc.uniqueArray(fc.oneof(fc.string(), fc.constantFrom("__proto__", "1", "0")), {
  maxLength: 4,
});
const anyJob: fc.Arbitrary<PublishJob> = fc
  .record({
    target: fc.constantFrom("publish-library" as const, "draft" as const),
    until: fc.constantFrom(...UNTIL),
    names,
    video: fc.constantFrom(undefined, video, { vid: "wxv_1", media_id: "m" }),
  })
  .map(({ target, until, names: list, video: given }) => ({
    target,
    until,
    cover: file("cover.jpg"),
    images: Object.fromEntries(list.map((name) => [name, file("a.jpg")])),
    video: given,
    article: { title: "灯笼街", content: () => "" },
  }));

const begun: PublishState = { v: 2, appid: "wx1", job: "x", images: {} };

/** What a step leaves in the state. */
function after(job: PublishJob, state: PublishState, step: PublishStep): PublishState {
  if (step === "cover") return { ...state, cover: "c" };
  if (step === "video") return { ...state, video: { vid: "wxv_1", media_id: "v" } };
  if (step === "video-review") return { ...state, video: { ...state.video, approved: true } };
  if (step === "article") return { ...state, media_id: "m" };
  if (step === "submit") {
    return { ...state, submitted: true, ...(job.target === "draft" && { publish_id: "1" }) };
  }
  if (step === "review") return { ...state, published: true, url: "http://mp.weixin.qq.com/s" };
  return { ...state, images: { ...state.images, [step.slice("image:".length)]: "http://x" } };
}

/** A state with a step under way; one that must not be done twice has the id of its attempt. */
function underWay(job: PublishJob, state: PublishState, pending: PublishStep): PublishState {
  return { ...state, pending, ...(isOnce(job.target, pending) && { attempt: "a" }) };
}

/** All states of a job in order, each with the step that comes next. */
function walk(job: PublishJob): [PublishState, PublishStep | undefined][] {
  const walked: [PublishState, PublishStep | undefined][] = [];
  for (let state = begun; ; ) {
    const step = nextStep(job, state);
    walked.push([state, step]);
    if (step === undefined) return walked;
    state = after(job, state, step);
  }
}

describe("the plan of a job", () => {
  it("takes each step once and counts it", () => {
    fc.assert(
      fc.property(anyJob, (job) => {
        const walked = walk(job);
        const total = walked.length - 1;
        for (const [done, [state]] of walked.entries()) {
          expect(progressOf(job, state)).toEqual({ done, total });
        }
        const steps = walked.map(([, step]) => step);
        expect(new Set(steps).size).toBe(steps.length);
      }),
      { seed: SEED },
    );
  });

  it("knows its own states, before each request and after it, as JSON", () => {
    fc.assert(
      fc.property(anyJob, (job) => {
        const { target } = job;
        for (const [state, step] of walk(job)) {
          for (const each of [state, ...(step === undefined ? [] : [underWay(job, state, step)])]) {
            const read = readState(JSON.stringify(each), { appid: "wx1", job: "x", target });
            expect(read).toEqual(each);
            expect(isCoherent(job, read)).toBe(true);
          }
        }
      }),
      { seed: SEED },
    );
  });

  it("knows them too where the job is to go less far, or more", () => {
    fc.assert(
      fc.property(anyJob, fc.constantFrom(...UNTIL), (job, until) => {
        for (const [state] of walk(job)) {
          expect(isCoherent({ ...job, until }, state)).toBe(true);
        }
      }),
      { seed: SEED },
    );
  });

  it("knows no step under way but the next", () => {
    const steps: PublishStep[] = ["cover", "video", "video-review", "article", "submit", "review"];
    fc.assert(
      fc.property(anyJob, (job) => {
        for (const [state, step] of walk({ ...job, until: "published" })) {
          for (const pending of steps) {
            expect(isCoherent(job, underWay(job, state, pending))).toBe(pending === step);
          }
        }
      }),
      { seed: SEED },
    );
  });
});

describe("the fingerprint of a job", () => {
  const job: PublishJob = {
    target: "draft",
    until: "published",
    cover: file("cover.jpg"),
    images: { a: file("a.jpg"), b: file("b.jpg") },
    article: { title: "灯笼街", content: "<p>天还没亮透。</p>" },
  };

  it("is the same for the same files, whatever their order, and however far it is to go", async () => {
    const same = { ...job, until: "uploaded", images: { b: file("b.jpg"), a: file("a.jpg") } };
    expect(await jobFingerprint(same as PublishJob)).toBe(await jobFingerprint(job));
  });

  it("reads no file", async () => {
    const read = (): never => {
      throw new Error("It was read.");
    };
    const cover = { name: "cover.jpg", size: 1, read };
    expect(await jobFingerprint({ ...job, cover })).toBe(await jobFingerprint(job));
  });
});
