// What 媒体API文档 says of its calls: what goes out, and what is made of the answers.

import { createMpClient } from "@wechat-edge/core";
import { addMaterial, uploadArticleImage } from "@wechat-edge/mp-media";
import {
  addNews,
  deleteNews,
  type NewsArticle,
  queryNews,
  submitNews,
  updateNews,
  uploadVideoMaterial,
  videoFrame,
  waitForNews,
  waitForVideo,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { media } from "../../../../test/support/media.ts";
import { mpInProcess, mpScripted } from "../../../../test/support/mp.ts";
import { reviewedInProcess } from "../../../../test/support/review.ts";
import { details, videoBytes } from "../../../../test/support/video.ts";

const API = "https://api.weixin.qq.com/cgi-bin/";
const article: NewsArticle = {
  thumb_media_id: "COVER",
  title: "灯笼街 🏮",
  content: '<p title="a&b">天未亮。</p>',
};
const media_id = "M";

describe("a cover", () => {
  it("[publish.5] is of either type, and an article takes both", async () => {
    const { mp, emulator } = mpInProcess();
    for (const [type, name] of Object.entries({ image: "cover.jpg", thumb: "thumb.jpg" })) {
      const cover = await addMaterial(mp, { type: type as "image" }, await media(name));
      await addNews(mp, { articles: [{ ...article, thumb_media_id: cover.media_id }] });
    }
    expect(emulator.control.news.list().length).toBe(2);
  });

  it("[publish.9] answers media_id and url", async () => {
    const answer = { media_id: "COVER", url: "https://mmbiz.qpic.cn/a" };
    const { mp } = mpScripted([answer]);
    expect(await addMaterial(mp, { type: "image" }, await media("cover.jpg"))).toEqual(answer);
  });
});

describe("a picture of the content", () => {
  it("[publish.14] answers an address that the content may use", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    const { url } = await uploadArticleImage(mp, await media("picture-1.jpg"));
    const content = `<p>天未亮。</p><img src="${url}">`;
    await addNews(mp, { articles: [{ ...article, content }] });
    expect(emulator.control.news.list()).toMatchObject([{ article: { content }, warnings: [] }]);
  });
});

describe("the calls about an article", () => {
  it("[publish.44] [publish.72] [publish.77] [publish.78] [publish.80] [publish.81] [publish.83] [publish.97] [publish.96] [publish.99] send what 媒体API文档 shows, as raw UTF-8", async () => {
    const uploaded = { type: "news", media_id, create_at: 1, item: [{ index: 0, ad_count: 1 }] };
    const { mp, calls } = mpScripted([uploaded, { errcode: 0, status: "未提交" }]);
    await addNews(mp, { articles: [article] });
    await submitNews(mp, { media_id });
    await updateNews(mp, { media_id, index: 1, articles: article });
    await deleteNews(mp, { media_id, index: 1 });
    await deleteNews(mp, { media_id, index: 0 }, { deleteAll: true });
    await queryNews(mp, { media_id });
    const token = "?access_token=TOKEN";
    const json =
      '{"thumb_media_id":"COVER","title":"灯笼街 🏮","content":"<p title=\\"a&b\\">天未亮。</p>"}';
    expect(calls.map(({ method, url, body }) => [method, url, body])).toEqual([
      ["POST", `${API}publish/uploadnews${token}`, `{"articles":[${json}]}`],
      ["POST", `${API}publish/submit${token}`, '{"media_id":"M","msgtype":"mpnews"}'],
      ["POST", `${API}publish/update${token}`, `{"media_id":"M","index":1,"articles":${json}}`],
      ["POST", `${API}publish/delete${token}`, '{"media_id":"M","index":1}'],
      ["POST", `${API}publish/delete${token}`, '{"media_id":"M","index":0}'],
      ["POST", `${API}publish/query${token}`, '{"media_id":"M"}'],
    ]);
    expect(new Set(calls.map(({ headers }) => headers.get("content-type")))).toEqual(
      new Set(["application/json"]),
    );
  });

  it("[publish.45] [publish.77] [publish.78] [publish.81] [publish.99] are refused before they are sent: two articles, a list to update, an index that is not 1, all of them without deleteAll", async () => {
    const { mp, calls } = mpScripted([{ errcode: 0 }]);
    for (const articles of [[], [article, article]]) {
      await expect(addNews(mp, { articles })).rejects.toThrow(/exactly one article/);
    }
    const list = [article] as never;
    await expect(updateNews(mp, { media_id, index: 1, articles: list })).rejects.toThrow(
      /articles must be one article, not an array of 1/,
    );
    for (const index of [0, 2, -1, "1", undefined] as never[]) {
      const update = updateNews(mp, { media_id, index, articles: article });
      await expect(update).rejects.toThrow(/index must be 1/);
    }
    for (const index of [0, 2, -1, "0"] as never[]) {
      await expect(deleteNews(mp, { media_id, index })).rejects.toThrow(RangeError);
    }
    expect(calls).toEqual([]);
  });

  it("[publish.59] [publish.60] [publish.74] [publish.79] [publish.82] [publish.85] [publish.86] are answered as 媒体API文档 shows", async () => {
    const url = "http://mp.weixin.qq.com/s?__biz=MzA3NTE5MzIzMg==&mid=506776134&idx=1&sn=1c#rd";
    const item = [{ index: 0, ad_count: 1 }];
    const { mp } = mpScripted([
      { type: "news", media_id, create_at: 1_389_793_969, item },
      { errcode: 0, errmsg: "submit success" },
      { errcode: 0, errmsg: "abnormal status" },
      { errcode: 0, errmsg: "update success" },
      { errcode: 0, errmsg: "delete success" },
      { errcode: 0, errmsg: "delete success", status: "发布成功", url },
    ]);
    const created = { create_at: 1_389_793_969, createdAt: 1_389_793_969 };
    const news = { type: "news", media_id, item, ...created };
    expect(await addNews(mp, { articles: [article] })).toEqual(news);
    expect(await submitNews(mp, { media_id })).toEqual({ submitted: "now" });
    expect(await submitNews(mp, { media_id })).toEqual({ submitted: "now" });
    expect(await updateNews(mp, { media_id, index: 1, articles: article })).toBeUndefined();
    expect(await deleteNews(mp, { media_id, index: 1 })).toBeUndefined();
    const found = { status: "published", statusText: "发布成功", url };
    expect(await queryNews(mp, { media_id })).toEqual(found);
  });

  it("[publish.74] [publish.79] [publish.82] fail by any other errcode", async () => {
    const { mp } = mpScripted([{ errcode: 61_451, errmsg: "submit success" }]);
    for (const call of [
      submitNews(mp, { media_id }),
      updateNews(mp, { media_id, index: 1, articles: article }),
      deleteNews(mp, { media_id, index: 1 }),
    ]) {
      await expect(call).rejects.toMatchObject({ code: "ERR_MP_API", errcode: 61_451 });
    }
  });

  for (const [text, status] of Object.entries({
    未提交: "unsubmitted",
    审核中: "reviewing",
    发布成功: "published",
    审核未通过: "refused",
    已删除: "unknown",
  })) {
    it(`[publish.84] [publish.86] tell of the status ${text}: ${status}`, async () => {
      const { mp } = mpScripted([{ errcode: 0, errmsg: "delete success", status: text }]);
      expect(await queryNews(mp, { media_id })).toEqual({ status, statusText: text });
    });
  }

  it("[publish.98] tell of a body that was changed or cut on its way", async () => {
    const changes: ((body: Uint8Array) => Uint8Array<ArrayBuffer>)[] = [
      (body) => body.slice(0, -1),
      (body) => body.map((byte) => (byte > 127 ? 0xd6 : byte)), // no UTF-8
    ];
    for (const change of changes) {
      const { emulator } = mpInProcess();
      const { mp } = mpInProcess({
        fetch: async (input, init) => {
          if (!input.includes("/publish/")) return emulator.fetch(input, init);
          const body = await new Response(init?.body ?? null).arrayBuffer();
          return emulator.fetch(input, { ...init, body: change(new Uint8Array(body)) });
        },
      });
      await expect(addNews(mp, { articles: [article] })).rejects.toMatchObject({
        code: "ERR_MP_API",
        errmsg: "empty media data",
        message: expect.stringMatching(
          /could not read the JSON\. A proxy .* may have changed it or its encoding/,
        ),
      });
    }
  });
});

describe("an article", () => {
  it("[publish.49] [publish.53] needs a cover, a title and a content, and nothing else", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    expect(Object.keys(article)).toEqual(["thumb_media_id", "title", "content"]);
    await addNews(mp, { articles: [article] });
    expect(emulator.control.news.list()).toMatchObject([{ article, warnings: [] }]);
  });

  it("[publish.2] that is uploaded is not published, however long it lies there", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    const { media_id } = await addNews(mp, { articles: [article] });
    emulator.control.clock.advance(365 * 86_400_000);
    expect(await queryNews(mp, { media_id })).toEqual({
      status: "unsubmitted",
      statusText: "未提交",
    });
    await deleteNews(mp, { media_id, index: 1 });
    expect(emulator.control.news.list()).toMatchObject([{ deleted: true }]);
  });

  it("[publish.51] [publish.56] [publish.100] has a page: with its source, and its cover where that is asked for", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    const content_source_url = "https://example.com/?a=1";
    for (const show_cover_pic of [0, 1] as const) {
      const articles = [{ ...article, content_source_url, show_cover_pic }];
      const { media_id } = await addNews(mp, { articles });
      await submitNews(mp, { media_id });
      const { url = "" } = await waitForNews(mp, { media_id });
      const page = await (await emulator.fetch(url)).text();
      expect(page).toContain(`<a href="${content_source_url}">阅读原文</a>`);
      expect(page.includes('<img class="cover"')).toBe(show_cover_pic === 1);
    }
  });

  it("[publish.54] has links where the account has WeChat Pay, and is refused where not", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    const content = '<p><a href="https://example.com/">灯笼街</a></p>';
    const articles = [{ ...article, content }];
    await addNews(mp, { articles });
    expect(emulator.control.news.list()).toMatchObject([{ article: { content }, warnings: [] }]);
    emulator.control.seed({ accounts: [{ appid: mp.appid, pay: false }] });
    await expect(addNews(mp, { articles })).rejects.toMatchObject({ code: "ERR_MP_API" });
  });

  it("[publish.63] has videos that are approved and of its own account, and is refused with others", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    const result = await uploadVideoMaterial(mp, details, new File([videoBytes(99)], "film.mp4"));
    if (!result.done) throw new Error("It is not done.");
    const { vid, media_id } = result;
    const articles = [{ ...article, content: `<p>天未亮。</p>${videoFrame(vid)}` }];
    await expect(addNews(mp, { articles })).rejects.toMatchObject({ code: "ERR_MP_API" });
    await waitForVideo(mp, { media_id });
    await addNews(mp, { articles });
    expect(emulator.control.news.list()).toMatchObject([{ article: articles[0], warnings: [] }]);

    const appid = "wx00000000000000aa";
    emulator.control.seed({ accounts: [{ appid }] });
    const { secret } = emulator.control.credentials.mp;
    const other = createMpClient({ appid, secret, fetch: emulator.fetch });
    const cover = await addMaterial(other, { type: "image" }, await media("cover.jpg"));
    const { media_id: thumb_media_id } = cover;
    const theirs = articles.map((one) => ({ ...one, thumb_media_id }));
    await expect(addNews(other, { articles: theirs })).rejects.toMatchObject({
      code: "ERR_MP_API",
      message: expect.stringContaining("video"),
    });
  });

  it("[publish.57] [publish.58] reaches WeChat with its flags as they are", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    const flags = [
      { need_open_comment: 1, only_fans_can_comment: 0 },
      { need_open_comment: 0, only_fans_can_comment: 1 },
    ] as const;
    for (const given of flags) await addNews(mp, { articles: [{ ...article, ...given }] });
    const kept = emulator.control.news.list().map((news) => news.article);
    expect(kept).toMatchObject(flags);
  });
});
