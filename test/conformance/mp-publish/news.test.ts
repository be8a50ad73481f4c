// The publish library: an article's way from the upload to 发布成功.

import { addMaterial } from "@wechat-edge/mp-media";
import {
  addNews,
  deleteNews,
  type NewsReview,
  queryNews,
  submitNews,
  updateNews,
  waitForNews,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { media } from "../../support/media.ts";
import { mpOverHttp } from "../../support/mp.ts";
import { reviewedInProcess } from "../../support/review.ts";

describe("an article over HTTP", () => {
  it("[publish.61] [publish.75] is uploaded, changed, submitted once, and deleted", async () => {
    const mp = mpOverHttp();
    const cover = await addMaterial(mp, { type: "image" }, await media("cover.jpg"));
    const article = { thumb_media_id: cover.media_id, title: "灯笼街", content: "<p>天未亮。</p>" };
    const news = await addNews(mp, { articles: [article] });
    expect(news).toMatchObject({ type: "news", item: [{ index: 0 }] });
    expect(news.createdAt).toBe(news.create_at);
    const { media_id } = news;
    expect(await queryNews(mp, { media_id })).toEqual({
      status: "unsubmitted",
      statusText: "未提交",
    });
    await updateNews(mp, { media_id, index: 1, articles: { ...article, title: "灯笼街 🏮" } });
    expect(await submitNews(mp, { media_id })).toEqual({ submitted: "now" });
    expect(await submitNews(mp, { media_id })).toEqual({ submitted: "before" });
    expect(["reviewing", "published"]).toContain((await queryNews(mp, { media_id })).status);
    await deleteNews(mp, { media_id, index: 1 });
    await expect(queryNews(mp, { media_id })).rejects.toMatchObject({ code: "ERR_MP_API" });
  });
});

describe("waitForNews", () => {
  it("[publish.3] [publish.85] [publish.100] waits until the article is published, and returns an address that opens", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    const { media_id } = await addNews(mp, { articles: [{ ...article, show_cover_pic: 1 }] });
    await submitNews(mp, { media_id });
    const seen: string[] = [];
    const onStatus = ({ statusText }: NewsReview) => seen.push(statusText);
    const { status, url } = await waitForNews(mp, { media_id }, { onStatus });
    expect(status).toBe("published");
    expect(seen).toEqual(["审核中", "发布成功"]);
    const page = await emulator.fetch(url ?? "");
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("天还没亮透。");
  });

  it("[publish.3] stops where the review refuses", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    const { media_id } = await addNews(mp, { articles: [article] });
    await submitNews(mp, { media_id });
    emulator.control.news.review(media_id, "refuse", "标题夸张");
    await expect(waitForNews(mp, { media_id })).rejects.toMatchObject({
      code: "ERR_REVIEW",
      status: "审核未通过",
    });
  });

  it("ends with the signal, whose reason comes out", async () => {
    const { mp, article } = await reviewedInProcess({}, { review: { news: Infinity } });
    const { media_id } = await addNews(mp, { articles: [article] });
    await submitNews(mp, { media_id });
    const controller = new AbortController();
    const wait = waitForNews(
      mp,
      { media_id },
      {
        signal: controller.signal,
        onStatus: () => controller.abort(new Error("closing time")),
      },
    );
    await expect(wait).rejects.toThrow("closing time");
  });
});

describe("an account without 媒体API", () => {
  it("is told that accounts apply for it", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    emulator.control.seed({ accounts: [{ appid: mp.appid, mediaApi: false }] });
    const calls = [
      addNews(mp, { articles: [article] }),
      submitNews(mp, { media_id: "a" }),
      updateNews(mp, { media_id: "a", index: 1, articles: article }),
      deleteNews(mp, { media_id: "a", index: 1 }),
      queryNews(mp, { media_id: "a" }),
    ];
    const refused = {
      errcode: 48001,
      message: expect.stringMatching(/accounts that have applied for it.*addDraft/),
    };
    await Promise.all(calls.map((call) => expect(call).rejects.toMatchObject(refused)));
  });
});

describe("a reply that is lost after the work was done", () => {
  const lose = (path: string) =>
    ({ kind: "cut", at: "headers", match: { path: `/cgi-bin/publish/${path}` } }) as const;

  it("of addNews: the outcome is unknown, and there is one article", async () => {
    const { mp, emulator, article, timesOf } = await reviewedInProcess();
    emulator.control.faults.add(lose("uploadnews"));
    await expect(addNews(mp, { articles: [article] })).rejects.toMatchObject({
      code: "ERR_OUTCOME_UNKNOWN",
      step: "addNews",
    });
    expect(emulator.control.news.list().length).toBe(1);
    expect(timesOf("/cgi-bin/publish/uploadnews")).toBe(1);
  });
});
