// The publish library: an article's way from the upload to 发布成功.

import { createMpClient } from "@wechat-edge/core";
import {
  addNews,
  deleteNews,
  queryNews,
  submitNews,
  updateNews,
  waitForNews,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { reviewedInProcess } from "../../../../test/support/review.ts";

describe("waitForNews", () => {
  it("stops where nothing was submitted, as it would wait for ever", async () => {
    const { mp, article } = await reviewedInProcess();
    const { media_id } = await addNews(mp, { articles: [article] });
    await expect(waitForNews(mp, { media_id })).rejects.toMatchObject({ status: "未提交" });
  });

  it("ends with maxWait", async () => {
    const { mp, article } = await reviewedInProcess({}, { review: { news: Infinity } });
    const { media_id } = await addNews(mp, { articles: [article] });
    await submitNews(mp, { media_id });
    const wait = waitForNews(mp, { media_id }, { maxWait: 3_600_000 });
    await expect(wait).rejects.toMatchObject({ code: "ERR_TIMEOUT" });
  });
});

describe("the order of the calls", () => {
  it("[publish.76] an article that is submitted cannot be changed", async () => {
    const { mp, article } = await reviewedInProcess();
    const { media_id } = await addNews(mp, { articles: [article] });
    await submitNews(mp, { media_id });
    const update = updateNews(mp, { media_id, index: 1, articles: article });
    await expect(update).rejects.toThrow(/invalid status.*has been submitted/);
  });

  it("[publish.75] a published article is submitted no more", async () => {
    const { mp, article } = await reviewedInProcess();
    const { media_id } = await addNews(mp, { articles: [article] });
    await submitNews(mp, { media_id });
    await waitForNews(mp, { media_id });
    expect(await submitNews(mp, { media_id })).toEqual({ submitted: "before" });
  });

  it("[publish.81] a deleted article is there no more, by index 1 or by 0 and deleteAll", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    for (const [input, options] of [
      [{ index: 1 }, {}],
      [{ index: 0 }, { deleteAll: true }],
    ] as const) {
      const { media_id } = await addNews(mp, { articles: [article] });
      await deleteNews(mp, { media_id, ...input }, options);
      expect(emulator.control.news.list().at(-1)?.deleted).toBe(true);
      await expect(queryNews(mp, { media_id })).rejects.toMatchObject({ errcode: 40007 });
      await expect(submitNews(mp, { media_id })).rejects.toMatchObject({ errcode: 40007 });
    }
  });

  it("[publish.73] one article too many a day is refused, and deleting does not restore the quota", async () => {
    const { mp, emulator, article } = await reviewedInProcess({}, { newsPerDay: 2 });
    const ids: string[] = [];
    for (let index = 0; index < 3; index++) {
      ids.push((await addNews(mp, { articles: [article] })).media_id);
    }
    const [first = "", second = "", third = ""] = ids;
    await submitNews(mp, { media_id: first });
    await submitNews(mp, { media_id: second });
    await deleteNews(mp, { media_id: first, index: 1 });
    await expect(submitNews(mp, { media_id: third })).rejects.toMatchObject({
      errcode: 45009,
      message: expect.stringMatching(/200 articles.*deleting articles does not restore them/),
    });
    emulator.control.clock.advance(86_400_000);
    expect(await submitNews(mp, { media_id: third })).toEqual({ submitted: "now" });
  });

  it("another account's article is unknown", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    const { media_id } = await addNews(mp, { articles: [article] });
    const appid = "wx00000000000000aa";
    emulator.control.seed({ accounts: [{ appid }] });
    const { secret } = emulator.control.credentials.mp;
    const other = createMpClient({ appid, secret, fetch: emulator.fetch });
    await expect(queryNews(other, { media_id })).rejects.toMatchObject({ errcode: 40007 });
  });
});

describe("a media_id beside something odd", () => {
  for (const field of ["type", "create_at", "item"]) {
    it.each([null, "", "soon", {}, true])(`addNews returns it: ${field} %j`, async (odd) => {
      const { mp, emulator, article } = await reviewedInProcess();
      emulator.control.faults.add({ kind: "reply-json", body: { [field]: odd }, merge: true });
      const { media_id, item } = await addNews(mp, { articles: [article] });
      expect(media_id).toBe(emulator.control.news.list()[0]?.media_id);
      expect(item).toEqual(field === "item" ? [] : [{ index: 0, ad_count: expect.any(Number) }]);
      expect(await queryNews(mp, { media_id })).toMatchObject({ status: "unsubmitted" });
    });
  }
});

describe("a reply that is lost after the work was done", () => {
  const lose = (path: string) =>
    ({ kind: "cut", at: "headers", match: { path: `/cgi-bin/publish/${path}` } }) as const;

  it("of addNews with retryUnknown: there may be two", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    emulator.control.faults.add(lose("uploadnews"));
    await addNews(mp, { articles: [article] }, { retryUnknown: true });
    expect(emulator.control.news.list().length).toBe(2);
  });

  it("[publish.75] of submitNews: it is asked again, and had been submitted", async () => {
    const { mp, emulator, article, timesOf } = await reviewedInProcess();
    const { media_id } = await addNews(mp, { articles: [article] });
    emulator.control.faults.add(lose("submit"));
    expect(await submitNews(mp, { media_id })).toEqual({ submitted: "before" });
    expect(timesOf("/cgi-bin/publish/submit")).toBe(2);
  });

  it("of updateNews: it is done again", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    const { media_id } = await addNews(mp, { articles: [article] });
    emulator.control.faults.add(lose("update"));
    await updateNews(mp, { media_id, index: 1, articles: { ...article, title: "新标题" } });
    expect(emulator.control.news.list()[0]?.article.title).toBe("新标题");
  });

  it("of queryNews: it is asked again", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    const { media_id } = await addNews(mp, { articles: [article] });
    emulator.control.faults.add(lose("query"));
    expect(await queryNews(mp, { media_id })).toMatchObject({ status: "unsubmitted" });
  });
});
