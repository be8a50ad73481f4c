// Publishing drafts, and what has been published.

import { createMpClient } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { addMaterial } from "@wechat-edge/mp-media";
import {
  addDraft,
  closeComments,
  countDrafts,
  deletePublication,
  getDraft,
  getPublication,
  getPublishedArticle,
  listPublishedArticles,
  openComments,
  submitPublication,
  waitForPublication,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { media } from "../../support/media.ts";
import { failure, mpOverHttp } from "../../support/mp.ts";
import { reviewedInProcess, submittedInProcess } from "../../support/review.ts";

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
  for (const publishIdType of ["string", "number"] as const) {
    it(`waits until the draft is published, whose ids are of type ${publishIdType}`, async () => {
      const { mp, emulator, publish_id } = await submittedInProcess({}, { publishIdType });
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

  it("ends with maxWait", async () => {
    const { mp, publish_id } = await submittedInProcess({}, { review: { publication: Infinity } });
    const wait = waitForPublication(mp, { publish_id }, { maxWait: 60_000 });
    await expect(wait).rejects.toMatchObject({ code: "ERR_TIMEOUT" });
  });
});

describe("what has been published", () => {
  it("has left the box, and can be looked at", async () => {
    const { mp, media_id, publish_id } = await submittedInProcess();
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
    const { mp, publish_id } = await submittedInProcess();
    const { article_id = "" } = await waitForPublication(mp, { publish_id });
    await deletePublication(mp, { article_id, index: 2 });
    const { news_item } = await getPublishedArticle(mp, { article_id });
    expect(news_item.map(({ is_deleted }) => is_deleted)).toEqual([false, true]);
    await expect(deletePublication(mp, { article_id, index: 3 })).rejects.toMatchObject({
      code: "ERR_MP_API",
    });
  });

  it("is deleted as a whole only where that is said", async () => {
    const { mp, publish_id, timesOf } = await submittedInProcess();
    const { article_id = "" } = await waitForPublication(mp, { publish_id });
    await expect(deletePublication(mp, { article_id })).rejects.toThrow(RangeError);
    expect(timesOf("/cgi-bin/freepublish/delete")).toBe(0);
    await deletePublication(mp, { article_id }, { deleteAll: true });
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
      message: expect.stringMatching(/draft stays: press 发表 on mp\.weixin\.qq\.com \(草稿箱\)/),
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
});

describe("comments of a published article", () => {
  const published = async (publishIdType: "string" | "number" = "string", comments = true) => {
    const made = await reviewedInProcess(
      {},
      {
        publishIdType,
        review: { publication: 0 },
        accounts: [{ appid: credentials.mp.appid, comments }],
      },
    );
    const { mp, emulator, article } = made;
    const articles = [article, { ...article, title: "第二篇" }];
    const { media_id } = await addDraft(mp, { articles });
    const { msg_data_id = "" } = await submitPublication(mp, { media_id });
    const opened = () =>
      emulator.control.publications.list()[0]?.articles.map((each) => each.need_open_comment);
    return { mp, emulator, msg_data_id, opened };
  };

  it("are opened and closed, by number and by string", async () => {
    const { mp, msg_data_id, opened } = await published("number");
    expect(opened()).toEqual([0, 0]);
    await openComments(mp, { msg_data_id });
    await openComments(mp, { msg_data_id: Number(msg_data_id), index: 1 });
    await openComments(mp, { msg_data_id, index: 1 });
    expect(opened()).toEqual([1, 1]);
    await closeComments(mp, { msg_data_id, index: 1 });
    expect(opened()).toEqual([1, 0]);
  });

  it("are refused with advice: no such article, and an account without comments", async () => {
    const { mp, msg_data_id } = await published();
    for (const input of [{ msg_data_id, index: 2 }, { msg_data_id: "9007199254740993" }]) {
      expect(await failure(openComments(mp, input))).toMatchObject({
        errcode: 88001,
        message: expect.stringContaining("No article has this msg_data_id and index"),
      });
    }
    const without = await published("string", false);
    expect(await failure(openComments(without.mp, { msg_data_id }))).toMatchObject({
      errcode: 88000,
      message: expect.stringContaining("has no comments"),
    });
  });

  it("keep the digits of an id of 64 bits", async () => {
    const { mp, emulator } = await published();
    const match = { path: "/cgi-bin/freepublish/submit" };
    const body = '{"errcode":0,"publish_id":9007199254740993,"msg_data_id":9223372036854775807}';
    emulator.control.faults.add({ kind: "reply-json", body, match });
    const ids = await submitPublication(mp, { media_id: "M" });
    expect(ids).toEqual({ publish_id: "9007199254740993", msg_data_id: "9223372036854775807" });
    const bodies: string[] = [];
    const { fetch } = emulator;
    const told = createMpClient({
      ...credentials.mp,
      fetch: async (url, init) => {
        if (url.includes("/comment/")) bodies.push(await new Response(init?.body as never).text());
        return fetch(url, init);
      },
    });
    await failure(openComments(told, { msg_data_id: "9223372036854775807" }));
    await failure(openComments(told, { msg_data_id: "2247483647" }));
    expect(bodies).toEqual([
      '{"msg_data_id":"9223372036854775807","index":0}',
      '{"msg_data_id":2247483647,"index":0}',
    ]);
  });
});
