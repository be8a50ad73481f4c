import { inspect } from "@wechat-edge/core";
import { addMaterial, uploadArticleImage } from "@wechat-edge/mp-media";
import {
  addNews,
  autoDigest,
  checkArticle,
  isWechatImage,
  miniProgramCard,
} from "@wechat-edge/mp-publish";
import { readHtml, rewriteImages } from "@wechat-edge/mp-publish/html";
import { describe, expect, it } from "vitest";
import { good } from "../../support/article-cases.ts";
import { media } from "../../support/media.ts";
import { mpInProcess } from "../../support/mp.ts";

describe("checkArticle finds", () => {
  it("which article of a draft it is", () => {
    const articles = [good, { ...good, title: "字".repeat(33) }];
    const findings = checkArticle(articles, { target: "draft", readHtml });
    expect(findings.map(({ path }) => path)).toEqual(["articles[1].title"]);
  });
});

describe("the article of examples/media", () => {
  it("[publish.14] [publish.65] [publish.71] is whole at WeChat, once its pictures are uploaded and its embeds are put in", async () => {
    const { mp, emulator } = mpInProcess({}, { mediaProfile: "media-api" });
    const html = await (await media("article.html")).text();
    const asked: string[] = [];
    const upload = async (url: string) => {
      asked.push(url);
      return (await uploadArticleImage(mp, await media(url), { limits: "media-api" })).url;
    };
    const cover = await addMaterial(mp, { type: "image" }, await media("cover.jpg"));
    const { url: imageurl } = await uploadArticleImage(mp, await media("card.png"));
    const inspected = await inspect(await media("card.png"));
    const { width = 0, height = 0 } = inspected;
    const rewritten = await rewriteImages(html, upload);
    expect(asked).toEqual(["picture-1.jpg", "picture-2.png", "picture-3.gif"]);
    const card = miniProgramCard({
      appid: "wx123123123",
      path: "pages/a",
      title: "茶馆",
      imageurl,
    });
    const article = {
      thumb_media_id: cover.media_id,
      title: "灯笼街",
      content: rewritten.replace("<!-- mini-program card -->", card),
    };
    const facts = { readHtml, images: [{ url: imageurl, width, height }] };
    const findings = checkArticle(article, { target: "publish-library", ...facts });
    expect(findings).toMatchObject([{ rule: "digest-empty", severity: "info" }]);
    await addNews(mp, { articles: [article] });
    const [kept] = emulator.control.news.list();
    expect(kept?.warnings).toEqual([]);
    expect(kept?.article.content).toBe(article.content);
  });
});

describe("without readHtml", () => {
  it("a hidden script is told, and one in a comment or an attribute is not", () => {
    const scripts = (html: string) =>
      checkArticle({ ...good, content: html }, { target: "draft" }).filter(
        ({ rule }) => rule === "script",
      ).length;
    expect(scripts(`<p title=">"><SCRIPT/x>1</SCRIPT >`)).toBe(1);
    expect(scripts("<svg a=b/><title/></svg><script>1</script>")).toBe(1);
    expect(scripts("<svg a=b/><title><script></script></title></svg>")).toBe(1);
    expect(scripts("<p ===a><script>1</script>")).toBe(1);
    expect(scripts(`<!-- <script> --><p title="<script>"><!--> a`)).toBe(0);
    expect(scripts(`<textarea><script></textarea><title><script></title>`)).toBe(0);
  });
});

describe("options", () => {
  it("count may count otherwise", () => {
    const utf16 = (text: string) => text.length;
    const bytes = (text: string) => new TextEncoder().encode(text).length;
    const article = { ...good, title: "🏮".repeat(17) };
    const of = (count?: (text: string) => number) =>
      checkArticle(article, { target: "draft", readHtml, count }).map(({ message }) => message);
    expect(of()).toEqual([]);
    expect(of(utf16)).toEqual(["title has 34 characters; at most 32 are allowed."]);
    expect(of(bytes)).toEqual(["title has 68 characters; at most 32 are allowed."]);
  });

  it("target must be one of the two", () => {
    for (const target of [undefined, "mass", "toString"]) {
      expect(() => checkArticle(good, { target: target as never })).toThrow(
        /target must be "publish-library" or "draft"/,
      );
    }
  });
});

describe("autoDigest", () => {
  it("[publish.55] takes 64 characters in the publish library and 54 in a draft, white space once", () => {
    const text = `\n  ${"灯 \u00a0笼🏮".repeat(40)}`;
    expect(autoDigest(text, "publish-library")).toBe("灯 笼🏮".repeat(16));
    expect(Array.from(autoDigest(text, "draft")).length).toBe(54);
    expect(autoDigest(" 灯 笼\n", "draft")).toBe("灯 笼");
    expect(autoDigest(" \n", "draft")).toBe("");
  });
});

describe("isWechatImage", () => {
  it.each([
    ["http://mmbiz.qpic.cn/mmbiz/a/0", true],
    ["https://mmecoa.qpic.cn/sz_mmecoa_png/a/0?wx_fmt=png", true],
    ["//mmbiz.qpic.cn/a", true],
    ["HTTPS://MMBIZ.QLOGO.CN/mmbiz/a/0", true],
    ["https://example.com/mmbiz.qpic.cn/a", false],
    ["https://mmbiz.qpic.cn.example.com/a", false],
    ["https://evilqpic.cn/a", false],
    ["http://mmbizqbic.cn/demo.jpg", false],
    ["data:image/png;base64,AA==", false],
    ["mmbiz.qpic.cn/a", false],
  ])("of %s is %s", (url, expected) => {
    expect(isWechatImage(url)).toBe(expected);
  });
});
