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
import { reviewedInProcess } from "../../support/review.ts";

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
  for (const publishIdType of ["string", "number"] as const) {
    it(`waits until the draft is published, whose ids are of type ${publishIdType}`, async () => {
      const { mp, emulator, publish_id } = await submitted({}, { publishIdType });
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
    [2, "was refused as an original (原创) (status 2). Articles refused, counted from 1: 1, 2."],
    [3, "failed (status 3)."],
    [4, "did not pass the review (status 4). Articles refused, counted from 1: 1, 2."],
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

describe("odd details of a publication", () => {
  const page = "http://mp.weixin.qq.com/s?x#rd";
  const good = { idx: 1, article_url: page };
  const odd: Readonly<Record<string, [article_detail: unknown, expected: unknown]>> = {
    "no list": [{ count: 1, item: null }, undefined],
    "a string for a list": [{ count: 1, item: page }, undefined],
    "an object for a list": [{ count: 1, item: { 0: good } }, undefined],
    "no details at all": [null, undefined],
    "a list in place of details": [[good], undefined],
    "items that are none": [
      { count: 3, item: [null, page, good, { idx: 2, article_url: null }] },
      { count: 3, item: [good] },
    ],
    "numbers in text": [
      { count: "1", item: [{ idx: "1", article_url: page }] },
      { count: 1, item: [good] },
    ],
    "no count": [{ item: [good] }, { count: 1, item: [good] }],
  };
  for (const [what, [article_detail, expected]] of Object.entries(odd)) {
    it(`${what}: it is published all the same`, async () => {
      const { mp, emulator, publish_id } = await submitted({}, { review: { publication: 0 } });
      const body = { article_detail };
      emulator.control.faults.add({ kind: "reply-json", body, merge: true });
      const publication = await waitForPublication(mp, { publish_id });
      expect(publication.publish_status).toBe(0);
      expect(publication.article_detail).toEqual(expected);
    });
  }

  it("a fail_idx that holds no numbers says nothing of which", async () => {
    const { mp, emulator, publish_id } = await submitted();
    const body = { publish_status: 4, fail_idx: [null, "2", {}, 1, "x"] };
    emulator.control.faults.add({ kind: "reply-json", body, merge: true, times: 2 });
    expect(await getPublication(mp, { publish_id })).toMatchObject({ fail_idx: [2, 1] });
    await expect(waitForPublication(mp, { publish_id })).rejects.toThrow(/counted from 1: 2, 1\.$/);
  });

  it.each([" ", "\n", "0x0", "1.5", true])("a status of %j is none", async (publish_status) => {
    const { mp, emulator, publish_id } = await submitted();
    emulator.control.faults.add({ kind: "reply-json", body: { publish_status }, merge: true });
    await expect(waitForPublication(mp, { publish_id })).rejects.toMatchObject({
      code: "ERR_REPLY",
    });
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

describe("an id beside something odd", () => {
  it.each([null, "", {}, true])("submitPublication returns it: msg_data_id %j", async (odd) => {
    const { mp, emulator, article } = await reviewedInProcess();
    const { media_id } = await addDraft(mp, { articles: [article] });
    emulator.control.faults.add({ kind: "reply-json", body: { msg_data_id: odd }, merge: true });
    const submitted = await submitPublication(mp, { media_id });
    const { publish_id } = emulator.control.publications.list()[0] ?? {};
    expect(submitted).toEqual({ publish_id });
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

  it("of submitPublication: a draft that is still in 草稿箱 is under way, and the error says so", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    const { media_id } = await addDraft(mp, { articles: [article] });
    emulator.control.faults.add(lose("submit"));
    const { lookAt } = await failure(submitPublication(mp, { media_id }));
    expect(lookAt).toMatch(
      /发表记录.*listPublishedArticles.*minutes.*still there may be under way/,
    );
    const look = async () => ({
      inBox: (await countDrafts(mp)).total_count,
      published: (await listPublishedArticles(mp, { offset: 0, count: 1 })).total_count,
    });
    expect(await look()).toEqual({ inBox: 1, published: 0 });
    expect(emulator.control.publications.list()[0]?.status).toBe(1);
    emulator.control.clock.advance(60_000);
    expect(await look()).toEqual({ inBox: 0, published: 1 });
  });

  it.each([{}, { publish_id: "" }, { publish_id: null }, { publish_id: {} }])(
    "of submitPublication, or is %j: the outcome is unknown",
    async (body) => {
      const { mp, emulator, article } = await reviewedInProcess();
      const { media_id } = await addDraft(mp, { articles: [article] });
      const match = { path: "/cgi-bin/freepublish/submit" };
      emulator.control.faults.add({ kind: "reply-json", body: { errcode: 0, ...body }, match });
      await expect(submitPublication(mp, { media_id })).rejects.toMatchObject({
        code: "ERR_OUTCOME_UNKNOWN",
        cause: { code: "ERR_REPLY" },
      });
    },
  );

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
