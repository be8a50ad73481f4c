// Publishing drafts, and what has been published.

import { addMaterial } from "@wechat-edge/mp-media";
import {
  addDraft,
  countDrafts,
  deletePublication,
  getDraft,
  getPublication,
  getPublishedArticle,
  listPublishedArticles,
  submitPublication,
  waitForPublication,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { media } from "../support/media.ts";
import { mpOverHttp } from "../support/mp.ts";
import { reviewedInProcess } from "../support/review.ts";

type Options = Parameters<typeof reviewedInProcess>;

/** A draft of two articles, submitted. */
async function submitted(...options: Options) {
  const made = await reviewedInProcess(...options);
  const { mp, article } = made;
  const articles = [article, { ...article, title: "第二篇" }];
  const { media_id } = await addDraft(mp, { articles });
  const { publish_id } = await submitPublication(mp, { media_id });
  return { ...made, media_id, publish_id };
}

describe("a draft over HTTP", () => {
  it("is submitted, and has a status", async () => {
    const mp = mpOverHttp();
    const cover = await addMaterial(mp, { type: "image" }, await media("cover.jpg"));
    const article = { thumb_media_id: cover.media_id, title: "灯笼街", content: "<p>天未亮。</p>" };
    const { media_id } = await addDraft(mp, { articles: [article] });
    const { publish_id, msg_data_id } = await submitPublication(mp, { media_id });
    expect([typeof publish_id, typeof msg_data_id]).toEqual(["string", "string"]);
    const { publish_status } = await getPublication(mp, { publish_id });
    expect([0, 1]).toContain(publish_status);
  });
});

describe("waitForPublication", () => {
  for (const publishIds of ["string", "number"] as const) {
    it(`waits until the draft is published, whose ids are of type ${publishIds}`, async () => {
      const { mp, emulator, publish_id } = await submitted({}, { publishIds });
      expect(publish_id).toMatch(/^\d+$/);
      const seen: number[] = [];
      const publication = await waitForPublication(
        mp,
        { publish_id },
        { onStatus: ({ publish_status }) => seen.push(publish_status) },
      );
      expect(seen).toEqual([1, 0]);
      expect(publication).toMatchObject({ publish_id, publish_status: 0, fail_idx: [] });
      const { count, item } = publication.article_detail ?? { count: 0, item: [] };
      expect([count, item.map(({ idx }) => idx)]).toEqual([2, [1, 2]]);
      const page = await emulator.fetch(item[1]?.article_url ?? "");
      expect(await page.text()).toContain("第二篇");
    });
  }

  it.each([
    [2, "did not pass as original (status 2). Refused, counted from 1: 1, 2."],
    [3, "failed (status 3)."],
    [4, "did not pass the review (status 4). Refused, counted from 1: 1, 2."],
    [5, "was published, and the account has deleted its articles (status 5)."],
    [6, "was published, and WeChat has banned its articles (status 6)."],
    [7, "has a status that 发布状态查询 does not list (status 7)."],
  ])("stops at status %i", async (status, words) => {
    const { mp, emulator, publish_id } = await submitted();
    emulator.control.publications.setStatus(publish_id, status);
    await expect(waitForPublication(mp, { publish_id })).rejects.toMatchObject({
      code: "ERR_REVIEW",
      status,
      message: `The publication ${publish_id} ${words}`,
    });
  });

  it("ends with maxWait", async () => {
    const { mp, publish_id } = await submitted({}, { review: { publication: Infinity } });
    const wait = waitForPublication(mp, { publish_id }, { maxWait: 60_000 });
    await expect(wait).rejects.toMatchObject({ code: "ERR_TIMEOUT" });
  });
});

describe("what has been published", () => {
  it("has left the box, and can be looked at", async () => {
    const { mp, media_id, publish_id } = await submitted();
    const { article_id = "" } = await waitForPublication(mp, { publish_id });
    await expect(getDraft(mp, { media_id })).rejects.toMatchObject({ errcode: 40007 });
    expect(await countDrafts(mp)).toEqual({ total_count: 0 });
    const { news_item } = await getPublishedArticle(mp, { article_id });
    expect(news_item.map(({ title, is_deleted }) => [title, is_deleted])).toEqual([
      ["灯笼街", false],
      ["第二篇", false],
    ]);
    const page = await listPublishedArticles(mp, { offset: 0, count: 20, no_content: 1 });
    expect(page).toMatchObject({ total_count: 1, item_count: 1, item: [{ article_id }] });
  });

  it("is deleted by an index from 1", async () => {
    const { mp, publish_id } = await submitted();
    const { article_id = "" } = await waitForPublication(mp, { publish_id });
    await deletePublication(mp, { article_id, index: 2 });
    const { news_item } = await getPublishedArticle(mp, { article_id });
    expect(news_item.map(({ is_deleted }) => is_deleted)).toEqual([false, true]);
    await expect(deletePublication(mp, { article_id, index: 3 })).rejects.toMatchObject({
      code: "ERR_MP_API",
    });
  });

  it("is deleted as a whole only where that is said", async () => {
    const { mp, publish_id, timesOf } = await submitted();
    const { article_id = "" } = await waitForPublication(mp, { publish_id });
    await expect(deletePublication(mp, { article_id })).rejects.toThrow(RangeError);
    expect(timesOf("/cgi-bin/freepublish/delete")).toBe(0);
    await deletePublication(mp, { article_id }, { all: true });
    await expect(getPublishedArticle(mp, { article_id })).rejects.toMatchObject({ errcode: 53600 });
    expect(await getPublication(mp, { publish_id })).toMatchObject({ publish_status: 5 });
  });
});

describe("an account that may not publish by API", () => {
  it("keeps the draft, and is told where to press 发表", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    const { media_id } = await addDraft(mp, { articles: [article] });
    emulator.control.seed({ accounts: [{ appid: mp.appid, verified: false }] });
    await expect(submitPublication(mp, { media_id })).rejects.toMatchObject({
      errcode: 48001,
      message: expect.stringMatching(/draft stays: press 发表 .*公众平台 → 草稿箱/),
    });
    expect((await getDraft(mp, { media_id })).news_item[0]?.title).toBe(article.title);
  });
});

describe("a reply that is lost after the work was done", () => {
  const lose = (path: string) =>
    ({ kind: "cut", at: "headers", match: { path: `/cgi-bin/freepublish/${path}` } }) as const;

  it("of submitPublication: the outcome is unknown, and there is one publication", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    const { media_id } = await addDraft(mp, { articles: [article] });
    emulator.control.faults.add(lose("submit"));
    await expect(submitPublication(mp, { media_id })).rejects.toMatchObject({
      code: "ERR_OUTCOME_UNKNOWN",
      step: "submitPublication",
    });
    expect(emulator.control.publications.list().length).toBe(1);
  });

  it("of everything else: it is done again", async () => {
    const { mp, emulator, publish_id } = await submitted();
    for (const path of ["get", "getarticle", "batchget", "delete"]) {
      emulator.control.faults.add(lose(path));
    }
    const { article_id = "" } = await waitForPublication(mp, { publish_id });
    expect((await getPublishedArticle(mp, { article_id })).news_item.length).toBe(2);
    expect((await listPublishedArticles(mp, { offset: 0, count: 1 })).item_count).toBe(1);
    await deletePublication(mp, { article_id, index: 1 });
    expect((await getPublishedArticle(mp, { article_id })).news_item[0]?.is_deleted).toBe(true);
  });
});
