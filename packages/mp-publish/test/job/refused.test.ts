// What a job is refused, by WeChat and before it: nothing is in doubt then, and a later run goes on.

import { credentials } from "@wechat-edge/emulator";
import {
  type ArticleError,
  type PublishJob,
  publishArticle,
  runPublishStep,
  startPublishing,
  videoFrame,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  cover,
  cutAfter,
  type JobKit,
  jobInProcess,
  jobOf,
  ONCE,
  picture,
  plainJob,
  REQUESTS,
  TARGETS,
} from "../../../../test/support/publish-job.ts";
import { details } from "../../../../test/support/video.ts";

const { appid } = credentials.mp;

/** What the job keeps after a refusal: the state before the request, with nothing pending. */
async function refused(kit: JobKit, job: PublishJob, options = {}) {
  const error = await failure(publishArticle(kit.mp, job, { ...kit.keep, ...options }));
  expect(kit.last().pending).toBe(undefined);
  return error;
}

for (const target of TARGETS) {
  describe(`a job for the ${target} that WeChat refuses`, () => {
    const job = jobOf(target);
    // WeChat's answers to the token have tests of their own.
    for (const [skip, request] of REQUESTS.entries()) {
      if (request === "token") continue;
      it(`at ${request} goes on later, without a resolution`, async () => {
        const kit = jobInProcess();
        const errcode = 45009;
        kit.control.faults.add({ kind: "mp-error", errcode, skip });
        const error = await refused(kit, job);
        expect(error).toMatchObject({ code: "ERR_MP_API", errcode });
        expect(kit.calls()).toEqual(REQUESTS.slice(0, skip + 1));
        await publishArticle(kit.another(), job, { ...kit.keep, state: kit.last() });
        expect(kit.made(target)).toEqual(ONCE);
        expect(kit.calls().length).toBe(REQUESTS.length + 2);
      });
    }

    it("at the article with a gateway's 403: that proves nothing, so the caller is asked", async () => {
      const kit = jobInProcess();
      kit.control.faults.add({ kind: "html", status: 403, skip: REQUESTS.indexOf("article") });
      const error = await failure(publishArticle(kit.mp, job, kit.keep));
      expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN" });
      expect(kit.last().pending).toBe("article");
    });

    it("is repeated where it came too fast (45011), whatever it asks", async () => {
      for (const request of ["article", "submit"] as const) {
        const kit = jobInProcess();
        const skip = REQUESTS.indexOf(request);
        kit.control.faults.add({ kind: "mp-error", errcode: 45011, skip });
        await publishArticle(kit.mp, job);
        expect(kit.made(target)).toEqual(ONCE);
      }
    });

    it("a picture that is not one: MediaError, and a good one of that name and size goes on", async () => {
      const kit = jobInProcess();
      const bad = { "a.jpg": new File([new Uint8Array(101)], "a.jpg") };
      const images = { ...job.images, ...bad };
      expect(await refused(kit, { ...job, images })).toMatchObject({
        code: "ERR_MEDIA",
        reason: "format",
      });
      expect(kit.calls()).toEqual(["token", "cover"]);
      await publishArticle(kit.another(), job, { ...kit.keep, state: kit.last() });
      expect(kit.made(target)).toEqual(ONCE);
    });

    it("a cover that is not a picture: nothing is sent", async () => {
      const kit = jobInProcess();
      const bad = new File(["<html>"], "cover.jpg");
      expect(await refused(kit, { ...job, cover: bad })).toMatchObject({ code: "ERR_MEDIA" });
      expect(kit.calls()).toEqual([]);
    });

    it("a file that changes while it is read: a later run goes on", async () => {
      const kit = jobInProcess();
      const file = { name: "a.jpg", size: 101, read: () => new Uint8Array(7) };
      expect(
        await refused(kit, { ...job, images: { ...job.images, "a.jpg": file } }),
      ).toMatchObject({ code: "ERR_MEDIA", reason: "changed" });
      await publishArticle(kit.another(), job, { ...kit.keep, state: kit.last() });
      expect(kit.made(target)).toEqual(ONCE);
    });

    it("takes the pictures that WeChat takes, unless narrower limits are given", async () => {
      const gif = new File(["GIF89a", new Uint8Array(100)], "a.gif");
      const job = plainJob(target, "uploaded", { content: `<img src="a.gif">` }, { "a.gif": gif });
      for (const limits of [undefined, "media-api"] as const) {
        const kit = jobInProcess();
        await publishArticle(kit.another(), job, { ...kit.keep, limits });
        expect(kit.calls()).toContain("image a.gif");
      }
      const kit = jobInProcess();
      const narrow = await refused(kit, job, { limits: "current" });
      expect(narrow).toMatchObject({ code: "ERR_MEDIA", reason: "extension" });
      expect(kit.calls()).toEqual(["token", "cover"]);
    });
  });

  describe(`an article for the ${target} that WeChat would refuse or maim`, () => {
    const link = `<a href="https://example.com">…</a>`;
    const early: Readonly<Record<string, [rule: string, article: object, options?: object]>> = {
      "a title that is too long": ["title-length", { title: "灯".repeat(65) }],
      "a title of spaces": ["required", { title: " " }],
      "a digest that is too long": ["digest-length", { digest: "灯".repeat(129) }],
      "a flag that is not 0 or 1": ["flag", { need_open_comment: true }],
      "no content": ["required", { content: " " }],
      "an escape": ["unicode-escape", { title: "\\u706f" }],
      "a source that is not an address": ["source-url", { content_source_url: "example" }],
      "a picture of elsewhere": [
        "image-foreign",
        { content: `<img src="a.jpg"><img src="https://example.com/a.jpg">` },
      ],
      "a picture whose name is mistyped": ["image-foreign", { content: `<img src="A.jpg">` }],
      "a link without the right": ["link-right", { content: link }, { rights: { pay: false } }],
      "a card with the misprint": [
        "card-typo",
        { content: `<mp-miniprogram data-progarm-imageurl="a.jpg"></mp-miniprogram>` },
      ],
    };
    const images = { "a.jpg": picture("a.jpg", 101) };

    for (const [what, [rule, article, options]] of Object.entries(early)) {
      it(`${what}: ArticleError before anything is sent`, async () => {
        const kit = jobInProcess();
        const job = plainJob(target, "published", article, images);
        const error = await refused(kit, job, options);
        expect(error).toMatchObject({
          code: "ERR_ARTICLE",
          findings: expect.arrayContaining([expect.objectContaining({ rule, severity: "error" })]),
        });
        expect(kit.calls()).toEqual([]);
        expect(kit.states.length).toBe(1);
      });
    }

    const late: Readonly<Record<string, [rule: string, content: unknown]>> = {
      nothing: ["required", ""],
      "no text": ["required", undefined],
      "a picture of elsewhere": ["image-foreign", `<img src="https://example.com/a.jpg">`],
      "more than a megabyte": ["content-size", `<!--${"x".repeat(1024 * 1024)}-->`],
    };
    for (const [what, [rule, content]] of Object.entries(late)) {
      it(`${what} from a function: ArticleError in place of the request, and another content goes on`, async () => {
        const kit = jobInProcess();
        const job = plainJob(target, "published", { content: () => content }, images);
        const finding = expect.objectContaining({ rule, path: "articles[0].content" });
        const findings = expect.arrayContaining([finding]);
        // A draft's limits are documented; the library's are not.
        if (rule === "content-size" && target === "publish-library") {
          await failure(publishArticle(kit.mp, job, kit.keep));
        } else {
          expect(await refused(kit, job)).toMatchObject({ code: "ERR_ARTICLE", findings });
          expect(kit.calls()).toEqual(["token", "cover", "image a.jpg"]);
          const better = plainJob(target, "published", {}, images);
          await publishArticle(kit.another(), better, { ...kit.keep, state: kit.last() });
        }
        expect(kit.made(target)).toMatchObject({ covers: 1, images: ["a.jpg"] });
      });
    }

    it("a function that throws: its own error, nothing is in doubt, and a later run calls it again", async () => {
      const kit = jobInProcess();
      const gone = new Error("The CMS is down.");
      let calls = 0;
      const content = () => {
        calls += 1;
        if (calls === 1) throw gone;
        return "<p>天还没亮透。</p>";
      };
      const job = plainJob(target, "published", { content }, images);
      expect(await refused(kit, job)).toBe(gone);
      await publishArticle(kit.another(), job, { ...kit.keep, state: kit.last() });
      expect(kit.made(target)).toMatchObject({ articles: 1, submissions: 1 });
    });

    it("a picture of elsewhere beside the job's own video, whose approval is known", async () => {
      const kit = jobInProcess();
      const content = ({ vid = "" }) => `${videoFrame(vid)}<img src="https://example.com/a.jpg">`;
      const error = await refused(kit, jobOf(target, "published", { article: { content } }));
      const { findings } = error as unknown as ArticleError;
      const rules = findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule);
      expect(rules).toEqual(["image-foreign"]);
    });

    it("a picture with the name of a property, in a content that came later", async () => {
      const kit = jobInProcess();
      const state = await cutAfter(
        kit,
        plainJob(target, "published", { content: `<img src="a.jpg">` }, images),
        3,
      );
      const content = `<img src="a.jpg"><img src="constructor"><img src="__proto__">`;
      const job = plainJob(target, "published", { content }, images);
      const error = await failure(publishArticle(kit.another(), job, { state }));
      expect(error).toMatchObject({ code: "ERR_ARTICLE" });
      expect(error.message).toMatch(
        /removes the picture constructor.*removes the picture __proto__/,
      );
      expect(error.message).not.toContain("a.jpg");
    });

    it("is not thrown for a picture that WeChat has just taken, at whatever address", async () => {
      const kit = jobInProcess();
      const url = "https://pictures.example/1";
      const match = { path: "/cgi-bin/media/uploadimg" };
      kit.control.faults.add({ kind: "reply-json", body: { url }, match });
      const job = plainJob(target, "uploaded", { content: `<img src="a.jpg">` }, images);
      const { state } = await publishArticle(kit.mp, job);
      expect(state.images).toEqual({ "a.jpg": url });
    });

    it("takes what only may be wrong: its own pictures, WeChat's, a link of an account with WeChat Pay", async () => {
      const kit = jobInProcess();
      const first = await publishArticle(
        kit.mp,
        plainJob(target, "uploaded", { content: `<img src="a.jpg">` }, images),
      );
      const content = `<img src="${first.state.images["a.jpg"]}">${link}<p onclick="x()">…</p>`;
      const again = plainJob(target, "published", { content });
      await publishArticle(kit.mp, again, { rights: { pay: true } });
      expect(kit.made(target).articles).toBe(2);
    });

    it("takes data: pictures as names, though they are longer than an article may be", async () => {
      const kit = jobInProcess();
      const name = `data:image/jpeg;base64,${"A".repeat(1024 * 1024)}`;
      const content = `<img src="${name}">`;
      const job = plainJob(target, "uploaded", { content }, { [name]: picture("a.jpg", 101) });
      await publishArticle(kit.mp, job);
      expect(kit.made(target)).toMatchObject({ images: ["a.jpg"], articles: 1 });
    });
  });
}

describe("an account without the right", () => {
  it("to publish (48001): the draft stays, the state has it, and by hand or later it goes on", async () => {
    const account = { appid, verified: false };
    const kit = jobInProcess({}, { accounts: [account] });
    const job = jobOf("draft");
    const error = await refused(kit, job);
    expect(error).toMatchObject({ code: "ERR_MP_API", errcode: 48001 });
    expect(error.message).toMatch(/draft stays.*发表/);
    const { media_id } = kit.last();
    expect(kit.control.drafts.list().map((draft) => draft.media_id)).toEqual([media_id]);
    expect(kit.last().submitted).toBe(undefined);

    const again = await failure(publishArticle(kit.another(), job, { state: kit.last() }));
    expect(again).toMatchObject({ errcode: 48001 });
    kit.control.seed({ accounts: [{ appid, verified: true }] });
    const result = await publishArticle(kit.another(), job, { state: kit.last() });
    expect(result.media_id).toBe(media_id);
    expect(kit.made("draft")).toEqual(ONCE);
  });

  it("to the publish library (48001): says so, and all that was uploaded is kept", async () => {
    const kit = jobInProcess({}, { accounts: [{ appid, mediaApi: false }] });
    const job = plainJob("publish-library");
    const error = await refused(kit, job);
    expect(error.message).toMatch(/48001.*媒体API.*addDraft/);
    kit.control.seed({ accounts: [{ appid, mediaApi: true }] });
    await publishArticle(kit.another(), job, { state: kit.last() });
    expect(kit.made("publish-library")).toMatchObject({ covers: 1, articles: 1, submissions: 1 });
  });

  it("to a 201st article on that day: it stays in the publish library, and goes out on the next", async () => {
    const kit = jobInProcess({}, { newsPerDay: 0 });
    const job = plainJob("publish-library");
    expect(await refused(kit, job)).toMatchObject({ code: "ERR_MP_API", errcode: 45009 });
    expect(kit.last().media_id).toBe(kit.control.news.list()[0]?.media_id);
    expect(kit.made("publish-library")).toMatchObject({ articles: 1, submissions: 0 });
  });
});

describe("a review that is refused", () => {
  const waitingFor = { review: { transcoding: 0, video: 0, news: 1e9, publication: 1e9 } };

  it("of an article of the publish library: ReviewError, now and later", async () => {
    const kit = jobInProcess({}, waitingFor);
    const job = jobOf("publish-library");
    const { media_id } = await publishArticle(
      kit.mp,
      jobOf("publish-library", "submitted"),
      kit.keep,
    );
    kit.control.news.review(media_id, "refuse", "标题党");
    for (let run = 0; run < 2; run++) {
      const state = kit.last();
      const error = await failure(publishArticle(kit.another(), job, { ...kit.keep, state }));
      expect(error).toMatchObject({ code: "ERR_REVIEW", status: "审核未通过" });
      expect(kit.last()).toEqual(state);
    }
    // WeChat may change its mind.
    kit.control.news.review(media_id, "pass");
    const { url } = await publishArticle(kit.another(), job, { state: kit.last() });
    expect(url).toBeDefined();
    expect(kit.made("publish-library")).toEqual(ONCE);
  });

  it("is no look that gets no reply in time", async () => {
    const options = { retry: false, timeout: 100 } as const;
    const kit = jobInProcess(options, waitingFor);
    await publishArticle(kit.mp, plainJob("publish-library", "submitted"), kit.keep);
    const match = { path: "/cgi-bin/publish/query" };
    kit.control.faults.add({ kind: "delay", ms: 3_600_000, match });
    const state = kit.last();
    const run = publishArticle(kit.mp, plainJob("publish-library"), { ...kit.keep, state });
    expect(await failure(run)).toMatchObject({ code: "ERR_TIMEOUT" });
    expect(kit.pauses).toEqual([]);
    expect(kit.last()).toEqual(state);
  });

  it("while it waits: no further look", async () => {
    const kit = jobInProcess(
      {
        sleep: async (ms) => {
          kit.pauses.push(ms);
          if (kit.pauses.length < 3) return;
          const [news] = kit.control.news.list();
          kit.control.news.review(news?.media_id ?? "", "refuse");
        },
      },
      waitingFor,
    );
    const error = await failure(publishArticle(kit.mp, jobOf("publish-library")));
    expect(error).toMatchObject({ code: "ERR_REVIEW" });
    expect(kit.calls().filter((call) => call === "article?").length).toBe(4);
  });

  for (const status of [2, 3, 4, 5, 6, 7, -1]) {
    it(`of a draft, with publish_status ${status}: ReviewError, now and later`, async () => {
      const kit = jobInProcess({}, waitingFor);
      const job = jobOf("draft");
      const submitted = await publishArticle(kit.mp, jobOf("draft", "submitted"), kit.keep);
      kit.control.publications.setStatus(submitted.publish_id ?? "", status);
      for (let run = 0; run < 2; run++) {
        const state = kit.last();
        const error = await failure(publishArticle(kit.another(), job, { ...kit.keep, state }));
        expect(error).toMatchObject({ code: "ERR_REVIEW", status });
        expect(error.message.includes("counted from 1: 1")).toBe(status === 2 || status === 4);
        expect(kit.last()).toEqual(state);
      }
      expect(kit.made("draft")).toEqual(ONCE);
    });
  }

  for (const status of [2, 5, 9, 10, 1]) {
    it(`of the video, with status ${status}: ReviewError, and no article is made`, async () => {
      const kit = jobInProcess({}, { review: { transcoding: 1e9 } });
      const job = jobOf("publish-library");
      const wait = { ...kit.keep, maxWait: 1 };
      expect(await failure(publishArticle(kit.mp, job, wait))).toMatchObject({
        code: "ERR_TIMEOUT",
      });
      const media_id = kit.last().video?.media_id ?? "";
      kit.control.videos.setStatus(media_id, status, "理由");
      for (let run = 0; run < 2; run++) {
        const state = kit.last();
        const error = await failure(publishArticle(kit.another(), job, { ...kit.keep, state }));
        expect(error).toMatchObject({ code: "ERR_REVIEW", status, wording: "理由" });
        expect(kit.last()).toEqual(state);
      }
      expect(kit.made("publish-library")).toEqual({ ...ONCE, articles: 0, submissions: 0 });
      kit.control.videos.setStatus(media_id, 3);
      await publishArticle(kit.another(), job, { state: kit.last() });
      expect(kit.made("publish-library")).toEqual(ONCE);
    });
  }

  it("of a video that is there already", async () => {
    const kit = jobInProcess();
    const { state } = await publishArticle(kit.mp, jobOf("draft", "uploaded"));
    const { vid = "", media_id = "" } = state.video ?? {};
    kit.control.videos.setStatus(media_id, 9);
    const error = await refused(kit, jobOf("draft", "uploaded", { video: { vid, media_id } }));
    expect(error).toMatchObject({ code: "ERR_REVIEW", status: 9 });
    expect(kit.made("draft").articles).toBe(1);
  });
});

describe("a job that is not one", () => {
  const good = jobOf("draft");
  const wrong: Readonly<Record<string, object>> = {
    "no target": { ...good, target: undefined },
    "another target": { ...good, target: "toString" },
    "no until": { ...good, until: undefined },
    "another until": { ...good, until: "sent" },
    "no article": { ...good, article: undefined },
    "no title": { ...good, article: { content: "x" } },
    "no content": { ...good, article: { title: "灯" } },
    "no cover": { ...good, cover: undefined },
    "a cover with an empty media_id": { ...good, cover: { media_id: "" } },
    "a cover with no media_id": { ...good, cover: { media_id: undefined } },
    "a picture that is no file": { ...good, images: { "a.jpg": "a.jpg" } },
    "a video that is null": { ...good, video: null },
    "a video that is empty": { ...good, video: {} },
    "a video without details": { ...good, video: { file: cover } },
    "a video without its file": { ...good, video: { file: undefined, details } },
    "a video without a title": {
      ...good,
      video: { file: cover, details: { ...details, title: "" } },
    },
    "a video without its media_id": { ...good, video: { vid: "wxv_1" } },
    "a video without its vid": { ...good, video: { media_id: "m" } },
    "a video with another vid": { ...good, video: { vid: "1", media_id: "m" } },
    "a content without the video's place": jobOf("draft", "uploaded", {
      article: { content: `<img src="a.jpg">` },
    }),
  };
  for (const [what, job] of Object.entries(wrong)) {
    it(`${what}: TypeError before anything is kept or sent`, async () => {
      const kit = jobInProcess();
      const run = publishArticle(kit.mp, job as PublishJob, kit.keep);
      await expect(run).rejects.toThrow(TypeError);
      expect(kit.states).toEqual([]);
      expect(kit.calls()).toEqual([]);
    });
  }

  it("another until, for a single step: TypeError before anything is kept or sent", async () => {
    const kit = jobInProcess();
    const state = await startPublishing(kit.mp, good);
    for (const until of [undefined, "sent"]) {
      const job = { ...good, until } as PublishJob;
      await expect(runPublishStep(kit.mp, job, state, kit.keep)).rejects.toThrow(TypeError);
    }
    expect(kit.states).toEqual([]);
    expect(kit.calls()).toEqual([]);
  });

  it("a cover that is no picture: MediaError before anything is sent", async () => {
    for (const cover of [new Uint8Array(8), new File(["<html>"], "a.jpg")]) {
      const kit = jobInProcess();
      const error = await refused(kit, { ...good, cover });
      expect(error).toMatchObject({ code: "ERR_MEDIA", reason: "format" });
      expect(kit.calls()).toEqual([]);
    }
  });

  for (const options of [
    { minInterval: 0 },
    { minInterval: Number.NaN },
    { minInterval: 5000, maxInterval: 1000 },
    { maxWait: -1 },
  ]) {
    it(`${JSON.stringify(options)}: RangeError before anything is sent`, async () => {
      const kit = jobInProcess();
      await expect(publishArticle(kit.mp, good, options)).rejects.toThrow(RangeError);
      expect(kit.calls()).toEqual([]);
    });
  }
});
