import { addMaterial } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { mpInProcess } from "../../../../test/support/mp.ts";
import { cover } from "../../../../test/support/publish-job.ts";
import {
  addNews,
  deleteNews,
  queryNews,
  submitNews,
  updateNews,
  waitForNews,
} from "../../src/calls/news.ts";
import { lost, recordedClient } from "./recorded.ts";

const article = { thumb_media_id: "cover", title: "灯笼街", content: "<p>天还没亮透。</p>" };
const media_id = "entry";
const uploaded = {
  type: "news",
  media_id,
  create_at: 1389793969,
  item: [{ index: 0, ad_count: 1 }],
};
const refused = (errmsg: string, errcode = 99999) => ({ errcode, errmsg });

describe("addNews", () => {
  it("sends the article as it is, in raw UTF-8", async () => {
    const { mp, calls } = recordedClient(uploaded);
    const news = await addNews(mp, { articles: [article] });
    expect(calls).toEqual([
      { method: "POST", path: "/cgi-bin/publish/uploadnews", body: { articles: [article] } },
    ]);
    expect(news).toEqual({ ...uploaded, createdAt: 1389793969 });
  });

  it("takes created_at where WeChat writes that", async () => {
    const { create_at: created_at, ...rest } = uploaded;
    const { mp } = recordedClient({ ...rest, created_at });
    const news = await addNews(mp, { articles: [article] });
    expect(news).toMatchObject({ create_at: created_at, createdAt: created_at });
  });

  it.each([
    [[], RangeError],
    [[article, article], RangeError],
    [[null], TypeError],
    [undefined, TypeError],
    [article, TypeError],
  ])("refuses %j: exactly one article", async (articles, error) => {
    const { mp, calls } = recordedClient(uploaded);
    await expect(addNews(mp, { articles: articles as never })).rejects.toThrow(error);
    expect(calls).toEqual([]);
  });

  it("is not repeated after a lost reply, and says where to look", async () => {
    const { mp, calls } = recordedClient(lost);
    const upload = addNews(mp, { articles: [article] });
    await expect(upload).rejects.toMatchObject({
      code: "ERR_OUTCOME_UNKNOWN",
      step: "addNews",
      lookAt: expect.stringMatching(/媒体API.*灯笼街/),
    });
    expect(calls.length).toBe(1);
  });

  it("is not repeated after -1, which proves nothing", async () => {
    const { mp, calls } = recordedClient(refused("system error", -1));
    const upload = addNews(mp, { articles: [article] });
    await expect(upload).rejects.toMatchObject({ code: "ERR_OUTCOME_UNKNOWN" });
    expect(calls.length).toBe(1);
  });

  it("is repeated where the caller allows it", async () => {
    const { mp, calls } = recordedClient(lost, uploaded);
    await addNews(mp, { articles: [article] }, { retryUnknown: true });
    expect(calls.length).toBe(2);
  });

  it("says on 48001 that accounts apply for the publish library", async () => {
    const { mp } = recordedClient(refused("api unauthorized", 48001));
    const upload = addNews(mp, { articles: [article] });
    await expect(upload).rejects.toMatchObject({
      errcode: 48001,
      message: expect.stringMatching(
        /媒体API.*only to accounts that have applied for it.*addDraft/,
      ),
    });
  });

  it("says of empty media data that the JSON could not be read (FAQ 5)", async () => {
    const { mp } = recordedClient(refused("empty media data hint: [a] rid: b", 44001));
    const upload = addNews(mp, { articles: [article] });
    await expect(upload).rejects.toThrow(/44001.*empty media data.*could not read the JSON/);
  });

  it("does not know what a reply without media_id means, unless that may be repeated", async () => {
    const { mp } = recordedClient({ ...uploaded, media_id: undefined });
    const broken = { code: "ERR_REPLY", message: expect.stringContaining("media_id") };
    const input = { articles: [article] };
    await expect(addNews(mp, input)).rejects.toMatchObject({
      code: "ERR_OUTCOME_UNKNOWN",
      cause: broken,
    });
    await expect(addNews(mp, input, { retryUnknown: true })).rejects.toMatchObject(broken);
  });

  it("leaves out what is not there, and never the media_id", async () => {
    const { mp } = recordedClient({ media_id });
    expect(await addNews(mp, { articles: [article] })).toEqual({ media_id, item: [] });
  });
});

describe("submitNews", () => {
  it("fills msgtype in, and does not look at errmsg", async () => {
    const { mp, calls } = recordedClient(refused("abnormal status", 0));
    expect(await submitNews(mp, { media_id })).toEqual({ submitted: "now" });
    expect(calls).toEqual([
      { method: "POST", path: "/cgi-bin/publish/submit", body: { media_id, msgtype: "mpnews" } },
    ]);
  });

  it("takes abnormal status for what it says: it had been submitted", async () => {
    const { mp } = recordedClient(refused("Abnormal status hint: [x] rid: 6584fd9e"));
    expect(await submitNews(mp, { media_id })).toEqual({ submitted: "before" });
  });

  it("settles a lost reply by asking again", async () => {
    const { mp, calls } = recordedClient(lost, refused("abnormal status"));
    expect(await submitNews(mp, { media_id })).toEqual({ submitted: "before" });
    expect(calls.length).toBe(2);
  });

  it("lets other refusals through", async () => {
    const { mp } = recordedClient(refused("invalid media_id", 40007));
    await expect(submitNews(mp, { media_id })).rejects.toMatchObject({ errcode: 40007 });
  });
});

describe("updateNews", () => {
  it("sends one article, with the index that counts from 1", async () => {
    const { mp, calls } = recordedClient(refused("update success", 0));
    await updateNews(mp, { media_id, index: 1, articles: article });
    expect(calls[0]).toMatchObject({
      path: "/cgi-bin/publish/update",
      body: { media_id, index: 1, articles: article },
    });
  });

  it.each([0, 2, -1, "1", undefined])("refuses the index %j", async (index) => {
    const { mp, calls } = recordedClient({});
    const update = updateNews(mp, { media_id, index: index as 1, articles: article });
    await expect(update).rejects.toThrow(RangeError);
    expect(calls).toEqual([]);
  });

  it("refuses a list", async () => {
    const { mp } = recordedClient({});
    const update = updateNews(mp, { media_id, index: 1, articles: [article] as never });
    await expect(update).rejects.toThrow(
      /articles must be one article, not an array of 1: \w+\/update takes one at a time/,
    );
  });

  it("explains invalid status", async () => {
    const { mp } = recordedClient(refused("invalid status"));
    const update = updateNews(mp, { media_id, index: 1, articles: article });
    await expect(update).rejects.toThrow(/99999.*invalid status.*has been submitted/);
  });

  it("is repeated after a lost reply", async () => {
    const { mp, calls } = recordedClient(lost, {});
    await updateNews(mp, { media_id, index: 1, articles: article });
    expect(calls.length).toBe(2);
  });
});

describe("deleteNews", () => {
  it("deletes the one article", async () => {
    const { mp, calls } = recordedClient(refused("delete success", 0));
    await deleteNews(mp, { media_id, index: 1 });
    expect(calls[0]).toMatchObject({
      path: "/cgi-bin/publish/delete",
      body: { media_id, index: 1 },
    });
  });

  it("deletes all only where that is said", async () => {
    const { mp, calls } = recordedClient({});
    await expect(deleteNews(mp, { media_id, index: 0 })).rejects.toThrow(
      /option deleteAll to true/,
    );
    await expect(deleteNews(mp, { media_id, index: 0 }, { deleteAll: false })).rejects.toThrow(
      RangeError,
    );
    expect(calls).toEqual([]);
    await deleteNews(mp, { media_id, index: 0 }, { deleteAll: true });
    expect(calls[0]).toMatchObject({ body: { media_id, index: 0 } });
  });

  it.each([2, undefined, "0", null])("refuses the index %j", async (index) => {
    const { mp, calls } = recordedClient({});
    const deletion = deleteNews(mp, { media_id, index: index as 1 }, { deleteAll: true });
    await expect(deletion).rejects.toThrow(RangeError);
    expect(calls).toEqual([]);
  });
});

describe("queryNews", () => {
  it.each([
    ["未提交", "unsubmitted"],
    ["审核中", "reviewing"],
    ["发布成功", "published"],
    ["审核未通过", "refused"],
    ["已删除", "unknown"],
    ["toString", "unknown"],
  ])("reads %s as %s, and keeps the text", async (statusText, status) => {
    // The errmsg of a query says "delete success".
    const { mp } = recordedClient({ ...refused("delete success", 0), status: statusText });
    expect(await queryNews(mp, { media_id })).toEqual({ status, statusText });
  });

  it("returns the address where there is one", async () => {
    const url = "http://mp.weixin.qq.com/s?__biz=MzA3&mid=1&idx=1&sn=2#rd";
    const { mp } = recordedClient({
      errcode: 0,
      errmsg: "delete success",
      status: "发布成功",
      url,
    });
    expect(await queryNews(mp, { media_id })).toMatchObject({ status: "published", url });
  });

  it("refuses a reply without status", async () => {
    const { mp } = recordedClient(refused("delete success", 0));
    await expect(queryNews(mp, { media_id })).rejects.toMatchObject({ code: "ERR_REPLY" });
  });

  it.each([undefined, "", 5])("refuses the media_id %j", async (id) => {
    const { mp, calls } = recordedClient({});
    await expect(queryNews(mp, { media_id: id as string })).rejects.toThrow(TypeError);
    expect(calls).toEqual([]);
  });
});

describe("waitForNews", () => {
  it("looks until the article is published", async () => {
    const { mp, calls } = recordedClient(
      { status: "审核中" },
      { status: "审核中" },
      { status: "发布成功", url: "http://mp.weixin.qq.com/s" },
    );
    const seen: string[] = [];
    const onStatus = ({ status }: { status: string }) => seen.push(status);
    const { url } = await waitForNews(mp, { media_id }, { onStatus });
    expect(url).toBe("http://mp.weixin.qq.com/s");
    expect(seen).toEqual(["reviewing", "reviewing", "published"]);
    expect(calls.length).toBe(3);
  });

  it.each([
    ["审核未通过", /did not pass the review/],
    ["未提交", /has not been submitted: call submitNews first/],
    ["草稿", /does not list/],
  ])("stops at %s", async (status, message) => {
    const { mp } = recordedClient({ status });
    const wait = waitForNews(mp, { media_id });
    await expect(wait).rejects.toMatchObject({ code: "ERR_REVIEW", status });
    await expect(waitForNews(mp, { media_id })).rejects.toThrow(message);
  });
});

it("[publish.73] is published 200 times a day: the next is refused until tomorrow", async () => {
  const now = Date.UTC(2026, 10, 22);
  const { mp, emulator } = mpInProcess({}, { now: () => now });
  const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, cover);
  const articles = [{ ...article, thumb_media_id }];
  for (let count = 0; count < 200; count++) {
    const { media_id } = await addNews(mp, { articles });
    await submitNews(mp, { media_id });
  }
  const { media_id } = await addNews(mp, { articles });
  await expect(submitNews(mp, { media_id })).rejects.toMatchObject({
    errcode: 45009,
    message: expect.stringContaining("200 articles"),
  });
  emulator.control.clock.advance(86_400_000);
  expect(await submitNews(mp, { media_id })).toEqual({ submitted: "now" });
});
