// Each field of a state: what it may be, and what it may be beside the others.

import { describe, expect, it } from "vitest";
import type { CheckpointError } from "../../src/errors.ts";
import type { PublishJob } from "../../src/job/job.ts";
import { isCoherent, nextStep, progressOf } from "../../src/job/plan.ts";
import { isOnce, type PublishState, readState } from "../../src/job/state.ts";
import { answersTo, unknownOutcome } from "../../src/job/unknown-outcome.ts";

const EXPECTED = { appid: "wx1", job: "x", target: "draft" } as const;
const BEGUN: PublishState = { v: 2, appid: "wx1", job: "x", images: {} };
const file = (name: string): File => new File(["x"], name);

const refused = (given: object): CheckpointError => {
  try {
    readState(given as PublishState, EXPECTED);
  } catch (error) {
    return error as CheckpointError;
  }
  return expect.fail(`It was taken: ${JSON.stringify(given)}`);
};

describe("a state", () => {
  it.each<object>([
    {},
    { images: { a: "http://x", __proto__: "http://y" } },
    ...[
      "cover",
      "image:",
      "image:a\nb",
      "video",
      "video-review",
      "article",
      "submit",
      "review",
    ].map((pending) => ({ pending })),
    { attempt: "a", cover: "c", media_id: "m", article: "d", publish_id: "1", msg_data_id: "2" },
    { article_id: "a", url: "u", submitted: true, unverified: true, published: true },
    { video: {} },
    { video: { checkpoint: {} } },
    { video: { vid: "v", media_id: "m" } },
    { video: { vid: "v", media_id: "m", approved: true } },
  ])("may have %j", (fields) => {
    const state = { ...BEGUN, ...fields };
    expect(readState(state, EXPECTED)).toEqual(state);
  });

  it.each<object>([
    { appid: undefined },
    { appid: 1 },
    { job: undefined },
    { job: 1 },
    ...[undefined, null, [], "text"].map((images) => ({ images })),
    { images: { a: "http://x", b: "" } },
    { images: { a: 1 } },
    ...["covers", "xcover", "cover\n", "images", "xvideo", "reviewed", "", 5].map((pending) => ({
      pending,
    })),
    ...["attempt", "cover", "media_id", "article", "publish_id", "msg_data_id"].flatMap((name) =>
      ["", 1, null].map((value) => ({ [name]: value })),
    ),
    ...["article_id", "url"].flatMap((name) => ["", 1, null].map((value) => ({ [name]: value }))),
    ...["submitted", "unverified", "published"].flatMap((name) =>
      [false, 1, null, "true"].map((value) => ({ [name]: value })),
    ),
    ...[null, [], "text", 1].map((video) => ({ video })),
    ...[null, [], "text"].map((checkpoint) => ({ video: { checkpoint } })),
    { video: { vid: "v" } },
    { video: { media_id: "m" } },
    { video: { vid: "", media_id: "m" } },
    { video: { vid: "v", media_id: "" } },
    { video: { vid: 1, media_id: "m" } },
    { video: { approved: true } },
    { video: { vid: "v", media_id: "m", approved: false } },
  ])("is damaged with %j", (fields) => {
    expect(refused({ ...BEGUN, ...fields })).toMatchObject({
      reason: "malformed",
      message:
        "The state is damaged: its fields are not those that publishArticle writes. Pass the state that onState kept last, as it was kept.",
    });
  });

  it("of another job is refused as that", () => {
    expect(refused({ ...BEGUN, job: "y" })).toMatchObject({
      reason: "job",
      message:
        "The state is for another job: its target, its title, or the names or sizes of its files differ from this one. Pass the job that the state was kept for, or begin without the state.",
    });
  });

  it("of version 1 has an attempt where a request that must not be made twice was under way", () => {
    const first = { ...BEGUN, v: 1, attempt: "other", unverified: "other" };
    for (const [target, pending, attempt] of [
      ["draft", "article", "v1-article"],
      ["draft", "submit", "v1-submit"],
      ["publish-library", "article", "v1-article"],
      ["publish-library", "submit", undefined],
      ["draft", "review", undefined],
      ["draft", undefined, undefined],
    ] as const) {
      const given = { ...first, ...(pending && { pending }) } as unknown as PublishState;
      expect(readState(given, { ...EXPECTED, target })).toEqual({
        ...BEGUN,
        ...(pending && { pending }),
        ...(attempt && { attempt }),
      });
    }
  });

  it("knows which requests must not be made twice", () => {
    expect(isOnce("draft", "article")).toBe(true);
    expect(isOnce("draft", "submit")).toBe(true);
    expect(isOnce("publish-library", "article")).toBe(true);
    expect(isOnce("publish-library", "submit")).toBe(false);
    expect(isOnce("draft", "review")).toBe(false);
    expect(isOnce("draft", undefined)).toBe(false);
  });
});

const PARTS = {
  until: "published" as const,
  cover: file("cover.jpg"),
  images: { a: file("a.jpg"), b: file("b.jpg") },
  video: { vid: "wxv_1", media_id: "v" },
  article: { title: "灯笼街", content: () => "" },
};
const JOB: PublishJob = { ...PARTS, target: "draft" };
const LIBRARY: PublishJob = { ...PARTS, target: "publish-library" };
const PICTURES: PublishJob = {
  target: "draft",
  until: "published",
  article: { article_type: "newspic", title: "灯笼街", content: "天还没亮透。" },
  images: [file("1.jpg"), file("2.jpg")],
};
const VIDEO = { vid: "wxv_1", media_id: "v" };
const UPLOADED: PublishState = {
  ...BEGUN,
  cover: "c",
  images: { a: "http://a", b: "http://b" },
  video: { ...VIDEO, approved: true },
};
const DRAFTED: PublishState = { ...UPLOADED, media_id: "m" };
const SUBMITTED: PublishState = { ...DRAFTED, submitted: true, publish_id: "1" };
const PUBLISHED: PublishState = { ...SUBMITTED, published: true, article_id: "a", url: "u" };

describe("the steps of a job", () => {
  it("go on from what the state has", () => {
    for (const [job, state, step] of [
      [JOB, BEGUN, "cover"],
      [JOB, { ...BEGUN, cover: "c" }, "image:a"],
      [JOB, { ...BEGUN, cover: "c", images: { b: "u" } }, "image:a"],
      [JOB, { ...BEGUN, cover: "c", images: { a: "u" } }, "image:b"],
      [JOB, { ...UPLOADED, video: undefined }, "video"],
      [JOB, { ...UPLOADED, video: { checkpoint: {} } }, "video"],
      [JOB, { ...UPLOADED, video: VIDEO }, "video-review"],
      [JOB, UPLOADED, "article"],
      [JOB, DRAFTED, "submit"],
      [JOB, SUBMITTED, "review"],
      [JOB, PUBLISHED, undefined],
      [{ ...JOB, until: "uploaded" }, DRAFTED, undefined],
      [{ ...JOB, until: "uploaded" }, UPLOADED, "article"],
      [{ ...JOB, until: "submitted" }, DRAFTED, "submit"],
      [{ ...JOB, until: "submitted" }, SUBMITTED, undefined],
      [PICTURES, BEGUN, "image:0"],
      [PICTURES, { ...BEGUN, images: { 0: "i" } }, "image:1"],
      [PICTURES, { ...BEGUN, images: { 0: "i", 1: "j" } }, "article"],
      [{ ...JOB, images: undefined, video: undefined }, { ...BEGUN, cover: "c" }, "article"],
    ] as const) {
      expect(nextStep(job as PublishJob, state as PublishState)).toBe(step);
    }
  });

  it("are counted", () => {
    expect(progressOf(JOB, BEGUN)).toEqual({ done: 0, total: 8 });
    expect(progressOf(JOB, { ...UPLOADED, video: VIDEO })).toEqual({ done: 4, total: 8 });
    expect(progressOf(JOB, PUBLISHED)).toEqual({ done: 8, total: 8 });
    expect(progressOf({ ...JOB, until: "submitted" }, SUBMITTED)).toEqual({ done: 7, total: 7 });
    expect(progressOf({ ...JOB, until: "uploaded" }, DRAFTED)).toEqual({ done: 6, total: 6 });
    expect(progressOf(PICTURES, BEGUN)).toEqual({ done: 0, total: 5 });
  });
});

describe("a state fits a job", () => {
  it.each<[string, PublishJob, object]>([
    ["that has begun", JOB, BEGUN],
    ["that is at its end", JOB, PUBLISHED],
    ["whose next request is under way", JOB, { ...UPLOADED, pending: "article", attempt: "a" }],
    ["one of whose pictures is", JOB, { ...BEGUN, cover: "c", pending: "image:b" }],
    ["that is to submit", JOB, { ...DRAFTED, pending: "submit", attempt: "a" }],
    ["of the library, too", LIBRARY, { ...DRAFTED, pending: "submit" }],
    ["of the library, without an id", LIBRARY, { ...DRAFTED, submitted: true }],
    ["that somebody published", JOB, { ...DRAFTED, submitted: true, published: true }],
    ["with an id that nobody has looked at", JOB, { ...SUBMITTED, unverified: true }],
    ["of pictures", PICTURES, { ...BEGUN, images: { 0: "i" } }],
  ])("%s", (_, job, state) => {
    expect(isCoherent(job, state as PublishState)).toBe(true);
  });

  it.each<[string, PublishJob, object]>([
    ["with another request under way", JOB, { ...UPLOADED, pending: "submit", attempt: "a" }],
    ["with a picture where none is next", JOB, { ...UPLOADED, pending: "image:a" }],
    ["with a cover where a picture is next", JOB, { ...BEGUN, cover: "c", pending: "cover" }],
    ["without the attempt of a request", JOB, { ...UPLOADED, pending: "article" }],
    [
      "with an attempt of a request that has none",
      JOB,
      { ...BEGUN, pending: "cover", attempt: "a" },
    ],
    ["with an attempt of no request", JOB, { ...BEGUN, attempt: "a" }],
    ["of the library with one", LIBRARY, { ...DRAFTED, pending: "submit", attempt: "a" }],
    ["unverified without an id", LIBRARY, { ...DRAFTED, submitted: true, unverified: true }],
    ["unverified and published", JOB, { ...PUBLISHED, unverified: true }],
    ["with a picture of no job", JOB, { ...BEGUN, images: { c: "u" } }],
    ["with the name of a property", JOB, { ...BEGUN, images: { toString: "u" } }],
    ["with a video of no job", { ...JOB, video: undefined }, { ...BEGUN, video: {} }],
    ["with a cover of pictures", PICTURES, { ...BEGUN, cover: "c" }],
    ["submitted without its draft", JOB, { ...UPLOADED, submitted: true, publish_id: "1" }],
    ["submitted without its id", JOB, { ...DRAFTED, submitted: true }],
    ["with an id, not submitted", JOB, { ...DRAFTED, publish_id: "1" }],
    ["published, not submitted", JOB, { ...DRAFTED, published: true }],
    ["with an article, not published", JOB, { ...SUBMITTED, article_id: "a" }],
    ["with an address, not published", JOB, { ...SUBMITTED, url: "u" }],
  ])("but not %s", (_, job, state) => {
    expect(isCoherent(job, state as PublishState)).toBe(false);
  });
});

describe("what is asked of the caller", () => {
  const asked = (job: PublishJob, pending: "article" | "submit") => {
    const error = unknownOutcome(
      job,
      { ...BEGUN, pending, attempt: 'a"b' },
      new Error("It broke."),
    );
    return { step: error.step, lookAt: error.lookAt, next: error.next, attempt: error.attempt };
  };
  const ARTICLE = `Then run the job again with resolution: { attempt: "a\\"b", media_id } or { attempt: "a\\"b", outcome: "nothing" }.`;

  it("names the place to look at, and the answers", () => {
    expect(asked(LIBRARY, "article")).toEqual({
      step: "addNews",
      lookAt:
        'whether the list under 媒体API on mp.weixin.qq.com has an article that is not submitted, with the title "灯笼街"',
      next: ARTICLE,
      attempt: 'a"b',
    });
    expect(asked(JOB, "article")).toEqual({
      step: "addDraft",
      lookAt:
        'whether 草稿箱 on mp.weixin.qq.com, or listDrafts, has a draft with the title "灯笼街"',
      next: ARTICLE,
      attempt: 'a"b',
    });
    const submitted = asked(JOB, "submit");
    expect(submitted.step).toBe("submitPublication");
    expect(submitted.lookAt).toMatch(/^发表记录 on mp\.weixin\.qq\.com or listPublishedArticles/);
    expect(submitted.next).toBe(
      `Then run the job again with resolution: { attempt: "a\\"b", publish_id } of the event PUBLISHJOBFINISH, that event itself, { attempt: "a\\"b", article_id }, { attempt: "a\\"b", url } or { attempt: "a\\"b", outcome: "nothing" }.`,
    );
  });

  it("names the field where no attempt is known", () => {
    expect(answersTo("article")).toBe('{ attempt, media_id } or { attempt, outcome: "nothing" }');
  });
});
