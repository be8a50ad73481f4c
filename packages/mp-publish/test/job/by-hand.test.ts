// What somebody does on mp.weixin.qq.com while a job stands still, and how the job is told of it.

import {
  listPublishedArticles,
  type OutcomeResolution,
  publishArticle,
  runPublishStep,
  submitNews,
  submitPublication,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  cutAfter,
  type JobKit,
  jobInProcess,
  jobOf,
  plainJob,
} from "../../../../test/support/publish-job.ts";

const job = plainJob("draft");
const LOOK = "/cgi-bin/freepublish/getarticle";

/** A job that has come to a draft which the account may not publish by API. */
async function refused(kit: JobKit = jobInProcess()) {
  const { mp, control } = kit;
  control.seed({ accounts: [{ appid: mp.appid, verified: false }] });
  const error = await failure(publishArticle(mp, job, kit.keep));
  expect(error).toMatchObject({ code: "ERR_MP_API", errcode: 48001 });
  expect(kit.last()).toMatchObject({ media_id: expect.any(String) });
  expect(kit.last().submitted).toBe(undefined);
  return kit;
}

/** Presses 发表, and returns the published article's id and address. */
async function press(kit: JobKit) {
  const { mp, control } = kit;
  control.seed({ accounts: [{ appid: mp.appid, verified: true }] });
  await submitPublication(mp, { media_id: kit.last().media_id ?? "" });
  const { item } = await listPublishedArticles(mp, { offset: 0, count: 1 });
  control.journal.clear();
  const [article] = item;
  return { article_id: article?.article_id ?? "", url: article?.content.news_item[0]?.url ?? "" };
}

describe("a draft that is published by hand after 48001", () => {
  for (const names of [["article_id", "url"], ["article_id"], ["url"]] as const) {
    it(`ends the job, which is told ${names.join(" and ")}`, async () => {
      const kit = await refused();
      const ids = await press(kit);
      const told = Object.fromEntries(names.map((name) => [name, ids[name]]));
      const options = { ...kit.keep, state: kit.last(), resolution: told as OutcomeResolution };
      const { state, media_id, ...result } = await publishArticle(kit.another(), job, options);
      expect(result).toEqual(told);
      expect(state).toMatchObject({ submitted: true, published: true, ...told });
      expect(kit.last()).toEqual(state);
      const looks = told["article_id"] === undefined ? [] : ["token", LOOK];
      expect(kit.calls()).toEqual(looks);
      // A later run knows it, and the publication was made once.
      const again = await publishArticle(kit.another(), job, { state });
      expect(again).toEqual({ state, media_id, ...told });
      expect(kit.control.publications.list().length).toBe(1);
    });
  }

  it("ends it step by step too", async () => {
    const kit = await refused();
    const resolution = await press(kit);
    const step = await runPublishStep(kit.another(), job, kit.last(), { ...kit.keep, resolution });
    expect(step).toEqual({ state: kit.last(), done: true, waiting: false });
    expect(kit.calls()).toEqual(["token", LOOK]);
  });

  it("is waited for where its publish_id is told", async () => {
    const kit = await refused(jobInProcess({}, { review: { publication: 4000 } }));
    await press(kit);
    const [publication] = kit.control.publications.list();
    const publish_id = publication?.publish_id ?? "";
    const options = { state: kit.last(), resolution: { publish_id } };
    const { state } = await publishArticle(kit.another(), job, options);
    expect(state).toMatchObject({ publish_id, published: true });
    // It is looked up at once, and its article when there is one.
    expect(kit.calls()).toEqual(["token", "article?", "article?", "article?", "article?", LOOK]);
    expect(kit.control.publications.list().length).toBe(1);
  });

  it("cannot be told what makes no sense, and the state stays", async () => {
    const kit = await refused();
    const kept = kit.states.length;
    const wrong: unknown[] = ["nothing", {}, { media_id: "m" }, { url: "" }, { url: 1 }, null, "u"];
    for (const resolution of wrong as OutcomeResolution[]) {
      const options = { ...kit.keep, state: kit.last(), resolution };
      await expect(publishArticle(kit.another(), job, options)).rejects.toThrow(TypeError);
    }
    expect(kit.states.length).toBe(kept);
  });
});

it("a draft that was refused, put right and published by hand ends the job too", async () => {
  const kit = jobInProcess({}, { review: { publication: 4000 } });
  await expect(publishArticle(kit.mp, job, { ...kit.keep, maxWait: 0 })).rejects.toMatchObject({
    code: "ERR_TIMEOUT",
  });
  kit.control.publications.setStatus(kit.last().publish_id ?? "", 4);
  const state = kit.last();
  await expect(publishArticle(kit.another(), job, { state })).rejects.toMatchObject({
    code: "ERR_REVIEW",
    status: 4,
  });
  const resolution = { url: "http://mp.weixin.qq.com/s?by-hand" };
  const { url } = await publishArticle(kit.another(), job, { ...kit.keep, state, resolution });
  expect(url).toBe(resolution.url);
  // It is published now: there is nothing more to tell.
  const more = publishArticle(kit.another(), job, { state: kit.last(), resolution });
  await expect(more).rejects.toThrow(TypeError);
});

it("an article of the publish library that is submitted by hand needs no telling: WeChat says so", async () => {
  const kit = jobInProcess();
  const library = plainJob("publish-library");
  const state = await cutAfter(kit, library, 5);
  await submitNews(kit.another(), { media_id: kit.control.news.list()[0]?.media_id ?? "" });
  const { url } = await publishArticle(kit.another(), library, { state });
  expect(url).toMatch(/^http:\/\/mp\.weixin\.qq\.com\//);
  expect(kit.made("publish-library")).toMatchObject({ articles: 1, submissions: 1 });
  for (const resolution of [{ url: "http://mp.weixin.qq.com/s" }, { article_id: "a" }]) {
    const told = publishArticle(kit.another(), library, { state, resolution });
    await expect(told).rejects.toThrow(TypeError);
  }
});

it("a job that has no draft yet cannot be told that it is published", async () => {
  for (const states of [1, 3, 6]) {
    const kit = jobInProcess();
    const state = await cutAfter(kit, jobOf("draft"), states);
    const resolution = { url: "http://mp.weixin.qq.com/s" };
    await expect(
      publishArticle(kit.another(), jobOf("draft"), { state, resolution }),
    ).rejects.toThrow(TypeError);
  }
});
