// What is told by hand is looked up before it is kept, so that no job ends with another article, or never.

import {
  addDraft,
  type Draft,
  getDraft,
  type OutcomeResolution,
  type PublishState,
  publishArticle,
  submitPublication,
  updateDraft,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import { type JobKit, jobInProcess, plainJob } from "../../../../test/support/publish-job.ts";

const job = plainJob("draft");
const GET = "article?";
const GET_ARTICLE = "/cgi-bin/freepublish/getarticle";
const WAITING = { review: { publication: 60_000 } };

/** A job whose draft was submitted, the reply lost. */
async function inDoubt(options: object = {}) {
  const kit = jobInProcess({ retry: false }, options);
  const match = { path: "/cgi-bin/freepublish/submit" };
  kit.control.faults.add({ kind: "cut", at: "headers", match });
  await failure(publishArticle(kit.mp, job, kit.keep));
  const own = kit.control.publications.list()[0];
  kit.control.journal.clear();
  return { kit, attempt: kit.last().attempt ?? "", own };
}

/** Another draft of the account, submitted. */
async function another(kit: JobKit, title = "别的") {
  const thumb_media_id = kit.last().cover ?? "";
  const article = { thumb_media_id, title, digest: "别", content: "<p>别的。</p>" };
  const { media_id } = await addDraft(kit.mp, { articles: [article] });
  const { publish_id } = await submitPublication(kit.mp, { media_id });
  const publication = kit.control.publications
    .list()
    .find((each) => each.publish_id === publish_id);
  kit.control.journal.clear();
  return { publish_id, article_id: publication?.article_id ?? "" };
}

const tell = (kit: JobKit, state: PublishState, resolution: OutcomeResolution) =>
  publishArticle(kit.another(), job, { ...kit.keep, state, resolution });

/** That the answer is refused and the state stays. */
async function expectRefused(kit: JobKit, resolution: OutcomeResolution, expected: object) {
  const state = kit.last();
  const kept = kit.states.length;
  expect(await failure(tell(kit, state, resolution))).toMatchObject(expected);
  expect(kit.states.length).toBe(kept);
}

const otherTitle = { name: "TypeError", message: expect.stringMatching(/with the title "别的"/) };

describe("a publish_id that is told after a lost reply", () => {
  it("and that WeChat does not know is not kept, and the right one ends the job", async () => {
    const { kit, attempt, own } = await inDoubt();
    await expectRefused(
      kit,
      { attempt, publish_id: "100" },
      {
        errcode: 40002,
        message: expect.stringMatching(/not kept the publish_id 100 .* typed right/),
      },
    );
    const end = await tell(kit, kit.last(), { attempt, publish_id: own?.publish_id ?? "" });
    expect(end.article_id).toBe(own?.article_id);
    expect(kit.control.publications.list().length).toBe(1);
  });

  it.each([40001, 40013, 45009, 48004, 50002])(
    "is not blamed for errcode %i, which is of the account",
    async (errcode) => {
      const { kit, attempt, own } = await inDoubt();
      kit.control.faults.add({ kind: "reply-json", body: { errcode, errmsg: "no" }, times: 0 });
      const resolution = { attempt, publish_id: own?.publish_id ?? "" };
      const error = await failure(tell(kit, kit.last(), resolution));
      expect(error).toMatchObject({ errcode });
      expect(error.message).not.toContain("typed right");
    },
  );

  it("of another article that is published is not kept", async () => {
    const { kit, attempt } = await inDoubt();
    const { publish_id } = await another(kit);
    await expectRefused(kit, { attempt, publish_id }, otherTitle);
    expect(kit.calls()).toEqual(["token", GET, GET_ARTICLE]);
  });

  it("shows what a title and an attempt hide, since terminals and logs obey it", async () => {
    const { kit, attempt } = await inDoubt();
    const title = "别\u202e的\u009b2J";
    const { publish_id } = await another(kit, title);
    const shownTitle = { message: expect.stringContaining(String.raw`"别\u202e的\u009b2J"`) };
    await expectRefused(kit, { attempt, publish_id }, shownTitle);
    const { article_id = "" } = kit.control.publications.list().at(-1) ?? {};
    await expectRefused(kit, { attempt, article_id }, shownTitle);
    const foreign = `${attempt}\u202e`;
    const cause = { message: expect.stringContaining(String.raw`${attempt}\u202e`) };
    await expectRefused(kit, { attempt: foreign, publish_id }, { cause });
  });

  it("of another article under way leaves the outcome unknown as before, with an attempt of its own", async () => {
    const { kit, attempt, own } = await inDoubt(WAITING);
    const wrong = await another(kit);
    const error = await failure(tell(kit, kit.last(), { attempt, publish_id: wrong.publish_id }));
    expect(error).toMatchObject({
      code: "ERR_OUTCOME_UNKNOWN",
      step: "submitPublication",
      attempt: kit.last().attempt,
      message: expect.stringContaining(`publication ${wrong.publish_id}, which was told by hand`),
    });
    expect(kit.last()).toMatchObject({ pending: "submit" });
    expect(kit.last().attempt).not.toBe(attempt);
    for (const name of ["publish_id", "submitted", "unverified", "url", "article_id"] as const) {
      expect(kit.last()[name]).toBe(undefined);
    }
    // The answer that was wrong is used up.
    const state = kit.last();
    const again = await failure(tell(kit, state, { attempt, publish_id: wrong.publish_id }));
    expect(again).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", attempt: state.attempt });
    const right = { attempt: state.attempt ?? "", publish_id: own?.publish_id ?? "" };
    expect((await tell(kit, state, right)).publish_id).toBe(own?.publish_id);
    expect(kit.control.publications.list().length).toBe(2);
  });

  it("may be told right while the wrong one is waited for, or is refused", async () => {
    for (const status of [1, 2, 3, 4, 5, 6]) {
      const { kit, attempt, own } = await inDoubt(WAITING);
      const wrong = await another(kit);
      const waits = { ...kit.keep, maxWait: 0 };
      const told = { attempt, publish_id: wrong.publish_id };
      const first = publishArticle(kit.another(), job, {
        ...waits,
        state: kit.last(),
        resolution: told,
      });
      expect(await failure(first)).toMatchObject({ code: "ERR_TIMEOUT" });
      expect(kit.last()).toMatchObject({ submitted: true, unverified: true });
      if (status > 1) kit.control.publications.setStatus(wrong.publish_id, status);
      const state = kit.last();
      if (status > 1) {
        const run = publishArticle(kit.another(), job, { ...kit.keep, state });
        expect(await failure(run)).toMatchObject({ code: "ERR_REVIEW" });
      }
      const end = await tell(kit, state, { publish_id: own?.publish_id ?? "" });
      expect(end).toMatchObject({ publish_id: own?.publish_id, article_id: expect.any(String) });
      expect(end.state.unverified).toBe(undefined);
    }
  });

  it("of the job's own draft, whose title was changed by hand, is not kept: the address ends the job", async () => {
    const kit = jobInProcess({ retry: false });
    const { media_id } = await publishArticle(kit.mp, plainJob("draft", "uploaded"), kit.keep);
    const [stored] = (await getDraft(kit.mp, { media_id })).news_item;
    const articles = { ...stored, title: "别的" } as Draft;
    await updateDraft(kit.mp, { media_id, index: 0, articles });
    const match = { path: "/cgi-bin/freepublish/submit" };
    kit.control.faults.add({ kind: "cut", at: "headers", match });
    await failure(publishArticle(kit.mp, job, { ...kit.keep, state: kit.last() }));
    const { attempt = "" } = kit.last();
    const publish_id = kit.control.publications.list()[0]?.publish_id ?? "";
    await expectRefused(kit, { attempt, publish_id }, otherTitle);
    const url = "https://mp.weixin.qq.com/s/own";
    expect(await tell(kit, kit.last(), { attempt, url })).toMatchObject({ url });
  });
});

describe("a publish_id that WeChat answered", () => {
  it("is not replaced by one that is told, nor by an event of another", async () => {
    const kit = jobInProcess({}, WAITING);
    await publishArticle(kit.mp, plainJob("draft", "submitted"), kit.keep);
    const { publish_id } = await another(kit);
    for (const resolution of [
      { publish_id },
      { PublishEventInfo: { publish_id, publish_status: 0, article_id: "a" } },
    ]) {
      await expectRefused(kit, resolution, { name: "TypeError" });
    }
    await expectRefused(kit, { attempt: "0123456789abcdef", publish_id }, { name: "TypeError" });
    expect(kit.calls()).toEqual([]);
    const end = await publishArticle(kit.another(), job, { state: kit.last() });
    expect(end.publish_id).toBe(kit.last().publish_id);
    expect(end.publish_id).not.toBe(publish_id);
  });

  it("is not replaced once it is verified", async () => {
    const { kit, attempt, own } = await inDoubt();
    const { state } = await tell(kit, kit.last(), { attempt, publish_id: own?.publish_id ?? "" });
    const { published: _, article_id: __, url: ___, ...submitted } = state;
    expect(submitted.unverified).toBe(undefined);
    const { publish_id } = await another(kit, job.article.title);
    expect(await failure(tell(kit, submitted, { publish_id }))).toBeInstanceOf(TypeError);
  });
});

describe("an article_id that is told", () => {
  for (const how of ["after a lost reply", "for a draft published by hand"] as const) {
    const prepared = async () => {
      if (how === "after a lost reply") {
        const { kit, attempt, own } = await inDoubt();
        return { kit, named: { attempt }, article_id: own?.article_id ?? "" };
      }
      const kit = jobInProcess();
      await publishArticle(kit.mp, plainJob("draft", "uploaded"), kit.keep);
      await submitPublication(kit.mp, { media_id: kit.last().media_id ?? "" });
      kit.control.journal.clear();
      return { kit, named: {}, article_id: kit.control.publications.list()[0]?.article_id ?? "" };
    };

    it(`${how}: is looked up, and the title of its article compared`, async () => {
      const { kit, named, article_id } = await prepared();
      const expected = { errcode: 53600, message: expect.stringMatching(/article_id typo .*url/) };
      await expectRefused(kit, { ...named, article_id: "typo" }, expected);
      const wrong = await another(kit);
      await expectRefused(kit, { ...named, article_id: wrong.article_id }, otherTitle);
      await expectRefused(
        kit,
        { ...named, article_id: wrong.article_id, url: "https://mp.weixin.qq.com/s/other" },
        otherTitle,
      );
      expect(await tell(kit, kit.last(), { ...named, article_id })).toMatchObject({ article_id });
    });

    it(`${how}: an address that is none of WeChat's is refused`, async () => {
      const { kit, named } = await prepared();
      for (const url of [
        "https://example.com/s",
        "mp.weixin.qq.com/s",
        "s",
        "https://mp.weixin.qq.com/",
      ]) {
        const message = expect.stringContaining("begins with https://mp.weixin.qq.com/");
        await expectRefused(kit, { ...named, url }, { name: "TypeError", message });
      }
      expect(kit.calls()).toEqual([]);
    });
  }

  it("by an account that may not ask (48001) is taken as it is", async () => {
    const kit = jobInProcess();
    await publishArticle(kit.mp, plainJob("draft", "uploaded"), kit.keep);
    kit.control.seed({ accounts: [{ appid: kit.mp.appid, verified: false }] });
    const end = await tell(kit, kit.last(), { article_id: "a" });
    expect(end).toMatchObject({ article_id: "a", state: { published: true } });
    expect(kit.calls()).toContain(GET_ARTICLE);
  });
});

describe("an event that is passed after a lost reply", () => {
  it("of another article is not taken", async () => {
    for (const as of ["event", "resolution"]) {
      const { kit } = await inDoubt();
      const { publish_id, article_id } = await another(kit);
      const event = { PublishEventInfo: { publish_id, publish_status: 0, article_id } };
      const state = kit.last();
      const run = publishArticle(kit.another(), job, { ...kit.keep, state, [as]: event });
      expect(await failure(run)).toMatchObject(otherTitle);
      expect(kit.last()).toEqual(state);
    }
  });

  it("serves a step that is repeated with it", async () => {
    const { kit, own } = await inDoubt();
    const { publish_id, article_id } = own ?? { publish_id: "" };
    const resolution = { PublishEventInfo: { publish_id, publish_status: 0, article_id } };
    const from = kit.states.length;
    await tell(kit, kit.last(), resolution);
    for (const kept of kit.states.slice(from)) {
      const state = JSON.parse(kept) as PublishState;
      expect(await tell(kit, state, resolution)).toMatchObject({ article_id });
    }
    expect(kit.control.publications.list().length).toBe(1);
  });
});
