// The draft box of today's accounts.

import { addMaterial, uploadMedia } from "@wechat-edge/mp-media";
import {
  addDraft,
  countDrafts,
  deleteDraft,
  getDraft,
  listDrafts,
  updateDraft,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { media } from "../../support/media.ts";
import { mpOverHttp } from "../../support/mp.ts";
import { reviewedInProcess } from "../../support/review.ts";

describe("a draft over HTTP", () => {
  it("is added, changed, looked at and deleted", async () => {
    const mp = mpOverHttp();
    const cover = await addMaterial(mp, { type: "image" }, await media("cover.jpg"));
    const article = { thumb_media_id: cover.media_id, title: "灯笼街", content: "<p>天未亮。</p>" };
    const { media_id } = await addDraft(mp, { articles: [article] });
    await updateDraft(mp, { media_id, index: 0, articles: { ...article, title: "灯笼街 🏮" } });
    const { news_item } = await getDraft(mp, { media_id });
    expect(news_item).toMatchObject([{ ...article, title: "灯笼街 🏮", digest: "天未亮。" }]);
    expect((await countDrafts(mp)).total_count).toBeGreaterThan(0);
    await deleteDraft(mp, { media_id });
    await expect(getDraft(mp, { media_id })).rejects.toMatchObject({ errcode: 40007 });
  });
});

describe("a draft", () => {
  it("may hold several articles, whose index counts from 0", async () => {
    const { mp, article } = await reviewedInProcess();
    const second = { ...article, title: "第二篇" };
    const { media_id } = await addDraft(mp, { articles: [article, second] });
    await updateDraft(mp, { media_id, index: 1, articles: { ...second, title: "新的第二篇" } });
    const { news_item } = await getDraft(mp, { media_id });
    expect(news_item.map(({ title }) => title)).toEqual(["灯笼街", "新的第二篇"]);
    const missing = updateDraft(mp, { media_id, index: 2, articles: second });
    await expect(missing).rejects.toMatchObject({ errcode: 40114 });
  });

  it("may be a picture message", async () => {
    const { mp, article } = await reviewedInProcess();
    const { thumb_media_id: image_media_id } = article;
    const image_info = { image_list: [{ image_media_id }] };
    const { media_id } = await addDraft(mp, {
      articles: [{ article_type: "newspic", title: "图片", content: "正文", image_info }],
    });
    const { news_item } = await getDraft(mp, { media_id });
    expect(news_item).toMatchObject([{ article_type: "newspic", image_info }]);
  });

  it("needs a permanent cover, and says so", async () => {
    const { mp, article } = await reviewedInProcess();
    const upload = await uploadMedia(mp, { type: "image" }, await media("cover.jpg"));
    const articles = [{ ...article, thumb_media_id: upload.media_id }];
    await expect(addDraft(mp, { articles })).rejects.toMatchObject({
      errcode: 40007,
      message: expect.stringMatching(/thumb_media_id must come from addMaterial/),
    });
  });

  it("is listed a page at a time, with its content or without", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    for (const title of ["一", "二", "三"]) {
      await addDraft(mp, { articles: [{ ...article, title }] });
      emulator.control.clock.advance(1000);
    }
    expect(await countDrafts(mp)).toEqual({ total_count: 3 });
    const first = await listDrafts(mp, { offset: 0, count: 2 });
    expect(first).toMatchObject({ total_count: 3, item_count: 2 });
    expect(first.item[0]?.content.news_item[0]).toMatchObject({ title: "三" });
    expect(first.item[0]?.content.news_item[0]?.content).toBe(article.content);
    const last = await listDrafts(mp, { offset: 2, count: 20, no_content: 1 });
    expect(last.item_count).toBe(1);
    expect(last.item[0]?.content.news_item[0]?.content ?? "").toBe("");
    expect(last.item[0]?.update_time).toBeGreaterThan(0);
  });
});

describe("a reply that is lost after the work was done", () => {
  const lose = (path: string) =>
    ({ kind: "cut", at: "headers", match: { path: `/cgi-bin/draft/${path}` } }) as const;

  it("of addDraft: the outcome is unknown, and there is one draft", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    emulator.control.faults.add(lose("add"));
    await expect(addDraft(mp, { articles: [article] })).rejects.toMatchObject({
      code: "ERR_OUTCOME_UNKNOWN",
      step: "addDraft",
    });
    expect(await countDrafts(mp)).toEqual({ total_count: 1 });
  });
});
