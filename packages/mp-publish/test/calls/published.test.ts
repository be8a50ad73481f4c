// Publishing drafts, and what has been published.

import {
  addDraft,
  countDrafts,
  deletePublication,
  getPublication,
  getPublishedArticle,
  listPublishedArticles,
  submitPublication,
  waitForPublication,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import { reviewedInProcess, submittedInProcess } from "../../../../test/support/review.ts";

describe("waitForPublication", () => {
  it.each([
    [2, "was refused as an original (原创) (status 2). Articles refused, counted from 1: 1, 2."],
    [3, "failed (status 3)."],
    [4, "did not pass the review (status 4). Articles refused, counted from 1: 1, 2."],
    [5, "was published, and the account has deleted its articles (status 5)."],
    [6, "was published, and WeChat has banned its articles (status 6)."],
    [7, "has a status that 发布状态查询 does not list (status 7)."],
  ])("stops at status %i", async (status, words) => {
    const { mp, emulator, publish_id } = await submittedInProcess();
    emulator.control.publications.setStatus(publish_id, status);
    await expect(waitForPublication(mp, { publish_id })).rejects.toMatchObject({
      code: "ERR_REVIEW",
      status,
      message: `The publication ${publish_id} ${words}`,
    });
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
      const { mp, emulator, publish_id } = await submittedInProcess(
        {},
        { review: { publication: 0 } },
      );
      const body = { article_detail };
      emulator.control.faults.add({ kind: "reply-json", body, merge: true });
      const publication = await waitForPublication(mp, { publish_id });
      expect(publication.publish_status).toBe(0);
      expect(publication.article_detail).toEqual(expected);
    });
  }

  it("a fail_idx that holds no numbers says nothing of which", async () => {
    const { mp, emulator, publish_id } = await submittedInProcess();
    const body = { publish_status: 4, fail_idx: [null, "2", {}, 1, "x"] };
    emulator.control.faults.add({ kind: "reply-json", body, merge: true, times: 2 });
    expect(await getPublication(mp, { publish_id })).toMatchObject({ fail_idx: [2, 1] });
    await expect(waitForPublication(mp, { publish_id })).rejects.toThrow(/counted from 1: 2, 1\.$/);
  });

  it.each([" ", "\n", "0x0", "1.5", true])("a status of %j is none", async (publish_status) => {
    const { mp, emulator, publish_id } = await submittedInProcess();
    emulator.control.faults.add({ kind: "reply-json", body: { publish_status }, merge: true });
    await expect(waitForPublication(mp, { publish_id })).rejects.toMatchObject({
      code: "ERR_REPLY",
    });
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
    const { mp, emulator, publish_id } = await submittedInProcess();
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
