import { describe, expect, it } from "vitest";
import {
  addDraft,
  countDrafts,
  deleteDraft,
  getDraft,
  listDrafts,
  updateDraft,
} from "../../src/calls/drafts.ts";
import { lost, recordedClient } from "./recorded.ts";

const article = { thumb_media_id: "cover", title: "灯笼街", content: "<p>天还没亮透。</p>" };
const media_id = "draft";
const ok = { errcode: 0, errmsg: "ok" };

describe("addDraft", () => {
  it("sends the articles as they are", async () => {
    const { mp, calls } = recordedClient({ media_id, item: [] });
    expect(await addDraft(mp, { articles: [article, article] })).toEqual({ media_id });
    expect(calls).toEqual([
      { method: "POST", path: "/cgi-bin/draft/add", body: { articles: [article, article] } },
    ]);
  });

  it.each([
    [[], RangeError],
    [undefined, TypeError],
    [article, TypeError],
    [[article, null], TypeError],
  ])("refuses %j", async (articles, error) => {
    const { mp, calls } = recordedClient({ media_id });
    await expect(addDraft(mp, { articles: articles as never })).rejects.toThrow(error);
    expect(calls).toEqual([]);
  });

  it("is not repeated after a lost reply, and says where to look", async () => {
    const { mp, calls } = recordedClient(lost, { media_id });
    await expect(addDraft(mp, { articles: [article] })).rejects.toMatchObject({
      code: "ERR_OUTCOME_UNKNOWN",
      lookAt: expect.stringMatching(/草稿箱.*listDrafts.*灯笼街/),
    });
    expect(calls.length).toBe(1);
  });

  it("is repeated where the caller allows it", async () => {
    const { mp } = recordedClient(lost, { media_id });
    const added = addDraft(mp, { articles: [article] }, { retryUnknown: true });
    expect(await added).toEqual({ media_id });
  });

  it("says of 40007 that a cover must be permanent", async () => {
    const { mp } = recordedClient({ errcode: 40007, errmsg: "invalid media_id" });
    await expect(addDraft(mp, { articles: [article] })).rejects.toThrow(/40007.*addMaterial/);
  });
});

describe("updateDraft", () => {
  it("sends one article, with the index that counts from 0", async () => {
    const { mp, calls } = recordedClient(lost, ok);
    await updateDraft(mp, { media_id, index: 0, articles: article });
    expect(calls[1]).toEqual({
      method: "POST",
      path: "/cgi-bin/draft/update",
      body: { media_id, index: 0, articles: article },
    });
  });

  it.each([-1, 0.5, "0", undefined])("refuses the index %j", async (index) => {
    const { mp } = recordedClient(ok);
    const update = updateDraft(mp, { media_id, index: index as 0, articles: article });
    await expect(update).rejects.toThrow(RangeError);
  });

  it("refuses a list", async () => {
    const { mp } = recordedClient(ok);
    const update = updateDraft(mp, { media_id, index: 0, articles: [article] as never });
    await expect(update).rejects.toThrow(
      /articles must be one article, not an array of 1: \w+\/update takes one at a time/,
    );
  });
});

describe("the box", () => {
  it("returns a draft", async () => {
    const { mp, calls } = recordedClient({ news_item: [article] });
    expect(await getDraft(mp, { media_id })).toEqual({ news_item: [article] });
    expect(calls[0]).toMatchObject({ path: "/cgi-bin/draft/get", body: { media_id } });
  });

  it("deletes a draft", async () => {
    const { mp, calls } = recordedClient(ok);
    await deleteDraft(mp, { media_id });
    expect(calls[0]).toMatchObject({ path: "/cgi-bin/draft/delete", body: { media_id } });
  });

  it("counts with a GET", async () => {
    const { mp, calls } = recordedClient({ total_count: 0 });
    expect(await countDrafts(mp)).toEqual({ total_count: 0 });
    expect(calls).toEqual([{ method: "GET", path: "/cgi-bin/draft/count", body: undefined }]);
  });

  it("lists a page", async () => {
    const item = [{ media_id, content: { news_item: [article] }, update_time: 1 }];
    const { mp, calls } = recordedClient({ total_count: 1, item_count: 1, item });
    const page = await listDrafts(mp, { offset: 0, count: 20, no_content: 1 });
    expect(page).toEqual({ total_count: 1, item_count: 1, item });
    expect(calls[0]).toMatchObject({
      path: "/cgi-bin/draft/batchget",
      body: { offset: 0, count: 20, no_content: 1 },
    });
  });

  it.each([
    { offset: -1, count: 1 },
    { offset: 0, count: 0 },
    { offset: 0, count: 21 },
    { offset: 0.5, count: 1 },
    { offset: 0, count: "5" },
  ])("refuses the page %j", async (page) => {
    const { mp, calls } = recordedClient({});
    await expect(listDrafts(mp, page as never)).rejects.toThrow(RangeError);
    expect(calls).toEqual([]);
  });

  it("refuses replies without their fields", async () => {
    const { mp } = recordedClient(ok);
    const broken = { code: "ERR_REPLY" };
    await expect(getDraft(mp, { media_id })).rejects.toMatchObject(broken);
    await expect(countDrafts(mp)).rejects.toMatchObject(broken);
    await expect(listDrafts(mp, { offset: 0, count: 1 })).rejects.toMatchObject(broken);
    const unknown = { code: "ERR_OUTCOME_UNKNOWN", cause: broken };
    await expect(addDraft(mp, { articles: [article] })).rejects.toMatchObject(unknown);
  });
});
