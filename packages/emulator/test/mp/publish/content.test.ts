import { describe, expect, it } from "vitest";
import type { EmulatorOptions } from "../../../src/index.ts";
import { APPID, file, material } from "../mp-client.ts";
import { type Opened, openArticles, ownVideo, png } from "./article-client.ts";

// What WeChat is known, or reported, to do with the content of an article.

const KINDS = ["upload", "draft"] as const;
type Kind = (typeof KINDS)[number];

const stored = ({ control }: Opened, kind: Kind) => {
  const news = control.news.list().at(-1);
  const draft = control.drafts.list().at(-1);
  return kind === "upload"
    ? { content: news?.article.content, warnings: news?.warnings }
    : { content: draft?.articles[0]?.content, warnings: draft?.warnings[0] };
};

async function take(opened: Opened, kind: Kind, content: string) {
  const { errcode } = await opened.mine[kind]({ content });
  return errcode === undefined ? stored(opened, kind).content : errcode;
}

const without = (options: EmulatorOptions = {}) =>
  openArticles({ accounts: [{ appid: APPID, pay: false }], ...options });

describe.each(KINDS)("links of an account without payments, %s:", (kind) => {
  it.each([
    "https://mp.weixin.qq.com/s/Ab-_0123456789abcdefGH",
    "http://mp.weixin.qq.com/s/Ab-_0123456789abcdefGH?scene=21#wechat_redirect",
    "//mp.weixin.qq.com/s/Ab-_0123456789abcdefGH",
    `http://mp.weixin.qq.com/s?__biz=MzAwMTE2MzA1Mg==&amp;mid=2650177668&amp;idx=1&amp;sn=${"0a".repeat(16)}&amp;chksm=b#rd`,
    "https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzAwMTE2MzA1Mg==&amp;action=getalbum",
    "https://mp.weixin.qq.com/s/Ab-_0123456789abcdefGH/",
    `http://mp.weixin.qq.com/s?__biz=MzAwMTE2MzA1Mg==&amp;amp;mid=1&amp;amp;idx=1&amp;amp;sn=${"0a".repeat(16)}`,
    "#top",
    " # ",
    "",
  ])("%j passes", async (href) => {
    const content = `<a href="${href}">x</a>`;
    expect(await take(without(), kind, content)).toBe(content);
  });

  it.each([
    "https://example.com/",
    "https://mp.weixin.qq.com/s/xxxx",
    "https://mp.weixin.qq.com/s/",
    "https://mp.weixin.qq.com/",
    `https://mp.weixin.qq.com/s/${"a".repeat(64)}`,
    `https://mp.weixin.qq.com/s/${"x".repeat(22)}`,
    "https://mp.weixin.qq.com/s?__biz=xxx&amp;mid=1&amp;idx=1&amp;sn=y",
    `https://mp.weixin.qq.com.example/s/Ab-_0123456789abcdefGH`,
    "mailto:a@example.com",
    "a.html",
  ])("%j is refused, or loses its address", async (href) => {
    const content = `<a class="b" href="${href}">x</a>`;
    expect(await take(without(), kind, content)).toBe(45166);
    const lenient = without({ foreignLinks: "strip" });
    expect(await take(lenient, kind, content)).toBe('<a class="b">x</a>');
    expect(stored(lenient, kind).warnings).toEqual([
      expect.stringMatching(/^removed the address of a link: /),
    ]);
    expect(await take(openArticles(), kind, content)).toBe(content);
  });

  it.each([
    '<map><area href="https://example.com/"></map>',
    '<svg><a xlink:href="https://example.com/"><text>x</text></a></svg>',
    "<A HREF=https://example.com/>x</A>",
  ])("%s is one too", async (content) => {
    expect(await take(without(), kind, content)).toBe(45166);
    expect(await take(without({ foreignLinks: "strip" }), kind, content)).not.toContain("example");
    expect(await take(openArticles(), kind, content)).toBe(content);
  });

  it("passes to an article that the emulator itself has published", async () => {
    const opened = without({ review: { publication: 0 } });
    const { media_id } = await opened.mine.draft();
    const { publish_id } = await opened.mine.post("freepublish/submit", { media_id });
    const { article_detail } = await opened.mine.post("freepublish/get", { publish_id });
    const url = article_detail.item[0]?.article_url ?? "";
    const content = `<a href="${url.replaceAll("&", "&amp;")}">x</a>`;
    expect(await take(opened, kind, content)).toBe(content);
  });

  it("is never to the preview of a draft, and not to a place where anchors says so", async () => {
    const preview = '<a href="https://mp.weixin.qq.com/s?__biz=MzA=&amp;tempkey=MTMyM18">x</a>';
    expect(await take(openArticles(), kind, preview)).toBe(45166);
    const strict = openArticles({ anchors: "refuse" });
    expect(await take(strict, kind, '<a href="#fn1">1</a>')).toBe(45166);
  });
});

describe.each(KINDS)("markup that is not kept, %s:", (kind) => {
  it.each([
    ["a<style>p{color:red}</style>b", "ab", "removed <style>"],
    ['a<link rel="stylesheet" href="a.css">b', "ab", "removed <link>"],
    ['a<video src="a.mp4"><source src="b">c</video>b', "ab", "removed <video>"],
    ["a<audio controls></audio>b", "ab", "removed <audio>"],
    ["a<object><embed src=x><p>c</p></object>b", "ab", "removed <object>"],
    ["<form action=x>a<input name=b><button>c</button></form>", "ac", "removed <form>"],
    ["a<textarea><b></textarea>b", "ab", "removed <textarea>"],
    ['<p id="a" class="b">c</p>', '<p class="b">c</p>', "removed id"],
    ['<h2 ID=a>b</h2><svg><g id="c"/></svg>', "<h2>b</h2><svg><g/></svg>", "removed id (2 times)"],
    [
      '<p style="color:red;position: FIXED !important;top:0">a</p>',
      '<p style="color:red;top:0">a</p>',
      "removed position: fixed",
    ],
    ['<p style="position:fixed">a</p>', "<p>a</p>", "removed position: fixed"],
    [
      'a<iframe src="https://example.com/"><p>x</p></iframe>b',
      "ab",
      "removed an iframe without a vid",
    ],
    ["a<iframe>b", "a", "removed an iframe without a vid"],
    ['<a href="JavaScript:x()">a</a>', "<a>a</a>", "removed a script: href"],
    ['<a href="java&#10;script:x()">a</a>', "<a>a</a>", "removed a script: href"],
    ['<a href="&#1;javascript:x()">a</a>', "<a>a</a>", "removed a script: href"],
    [
      '<p style="position:absolute;top:0">a</p>',
      '<p style="top:0">a</p>',
      "removed position: absolute",
    ],
    ['<p style="position:-webkit-sticky">a</p>', "<p>a</p>", "removed position: -webkit-sticky"],
    ["a<noscript><p>c</p></noscript>b", "ab", "removed <noscript>"],
    ["a<video><video>c</video>d</video>b", "ab", "removed <video>"],
    ["a<video>b", "ab", "removed <video>"],
    ["a<svg><style/><g/></svg>b", "a<svg><g/></svg>b", "removed <style>"],
    ["<form><form>a</form></form>", "a", "removed <form> (2 times)"],
    ["<b>a</b ><input>c", "<b>a</b >c", "removed <input>"],
    ["a<canvas></canvas>b", "ab", "removed <canvas>"],
    ["<fieldset><legend>a</legend><label>b</label></fieldset>", "ab", "removed <fieldset>"],
    [
      'a<iframe data-mpvid="x" src="https://example.com/"></iframe>b',
      "ab",
      "removed an iframe without a vid",
    ],
  ])("%s becomes %s", async (content, expected, warning) => {
    const opened = openArticles();
    expect(await take(opened, kind, content)).toBe(expected);
    expect(stored(opened, kind).warnings).toContain(warning);
    expect(opened.control.journal.entries().at(-1)?.notes).toContain(warning);
  });

  it.each([
    '<p style="position: relative">a</p>',
    "<p>&lt;style&gt;</p>",
    "<!-- <style>a</style> -->b",
    '<section data-id="a" class="id">b</section>',
    '<svg viewBox="0 0 1 1"><rect width="1"/></svg>',
    '<p title="JavaScript: a" alt="vbscript:" on="1">a</p>',
    '<iframe class="video_iframe" data-src="https://v.qq.com/iframe/preview.html?vid=a"></iframe>',
    '<iframe src="//v.qq.com/txp/iframe/player.html?vid=a"></iframe>',
  ])("%s stays", async (content) => {
    const opened = openArticles();
    expect(await take(opened, kind, content)).toBe(content);
    expect(stored(opened, kind).warnings).toEqual([]);
  });

  it("stays where unsupportedHtml says so, but for scripts", async () => {
    const opened = openArticles({ unsupportedHtml: "keep" });
    const content = '<style>a</style><p id="b" style="position:fixed">c</p><iframe></iframe>';
    expect(await take(opened, kind, `${content}<script>x</script>`)).toBe(content);
  });

  it("removes a foreign picture and a fixed position from one style", async () => {
    const content = '<p style="position:fixed;background:url(https://example.com/a.png)">b</p>';
    expect(await take(openArticles(), kind, content)).toBe('<p style="background:none">b</p>');
  });

  it.each([
    `url(${" ".repeat(900_000)}x'`,
    `${"url(".repeat(225_000)}'`,
    `${"url( ".repeat(180_000)}'`,
    `url('${"a".repeat(900_000)}`,
  ])("reads a long style", async (style) => {
    const opened = openArticles({ contentLength: "text" });
    expect(await opened.mine[kind]({ content: `<p style="${style}">a</p>` })).toBeDefined();
  });

  it("reads <![CDATA[ as HTML does: a comment up to the first >", async () => {
    const opened = openArticles();
    const content = '<![CDATA[<p>x</p><img src="a.png"><style>c</style>]]>';
    expect(await take(opened, kind, content)).toBe("<![CDATA[<p>x</p>]]>");
  });
});

describe("videos", () => {
  const clip = { filename: "a.mp4", bytes: file("mp4.mp4") };
  const description = JSON.stringify({ title: "河", introduction: "水" });

  async function added({ mp }: Opened["mine"]) {
    const { media_id } = (await material(mp, "video", { ...clip, fields: { description } })).json;
    const got = await mp.api("/cgi-bin/material/get_material", { json: { media_id } });
    return (JSON.parse(got.text) as { vid: string }).vid;
  }
  const frame = (vid: string) =>
    `<iframe class="video_iframe" data-mpvid="${vid}" src="https://v.qq.com/iframe/preview.html?vid=${vid}"></iframe>`;

  it.each(KINDS)("of add_material have an apiv_ id, %s", async (kind) => {
    const opened = openArticles();
    const vid = await added(opened.mine);
    expect(vid).toMatch(/^apiv_\d{19}$/);
    expect(await take(opened, kind, frame(vid))).toBe(frame(vid));
    expect(await take(opened, kind, frame(await added(opened.other)))).toBe(45166);
    expect(await take(opened, kind, frame("apiv_1"))).toBe(45166);
  });

  it("of a draft may be dropped whole", async () => {
    const opened = openArticles({ draftVideos: "drop" });
    const vids = [await added(opened.mine), await ownVideo(opened, opened.mine)];
    for (const vid of vids) {
      expect(await take(opened, "draft", `a${frame(vid)}b`)).toBe("ab");
      expect(stored(opened, "draft").warnings).toEqual([
        `removed a video: drafts do not keep ${vid}`,
      ]);
      expect(await take(opened, "upload", `a${frame(vid)}b`)).toBe(`a${frame(vid)}b`);
    }
  });

  it("of add_material are shown in the page", async () => {
    const opened = openArticles();
    const vid = await added(opened.mine);
    const { media_id } = await opened.mine.draft({ content: frame(vid) });
    const [item] = (await opened.mine.post("draft/get", { media_id })).news_item;
    const html = await (await opened.emulator.fetch(item?.url ?? "")).text();
    expect(html).toContain(`<b>河</b> <span>a.mp4 · ${vid}</span>`);
    expect(html).not.toContain("iframe");
  });
});

describe("a card's picture", () => {
  const card = (url: string) =>
    `<mp-miniprogram data-miniprogram-appid="wx1" data-miniprogram-path="p" data-miniprogram-title="t" data-miniprogram-imageurl="${url}"></mp-miniprogram>`;

  it("is of the library in a draft, with its query", async () => {
    const opened = openArticles();
    const { mine } = opened;
    const bytes = png(1080, 864);
    const article = await mine.picture(bytes);
    const { url } = (await material(mine.mp, "image", { filename: "a.png", bytes })).json;
    expect(await take(opened, "draft", card(url))).toBe(card(url));
    for (const wrong of [article, url.replace(/\?.*/, "")]) {
      expect(await take(opened, "draft", card(wrong))).toBe(45166);
      expect(await take(opened, "upload", card(wrong))).toBe(card(wrong));
    }
    const lenient = openArticles({ cardPictures: "any" });
    const other = card(await lenient.mine.picture(bytes));
    expect(await take(lenient, "draft", other)).toBe(other);
  });
});

describe("the length of a content", () => {
  const tags = `<p title="${"x".repeat(20_000)}">字</p>`;

  it.each(KINDS)("counts its tags, unless contentLength says so: %s", async (kind) => {
    expect(await take(openArticles(), kind, tags)).toBe(45002);
    const lenient = openArticles({ contentLength: "text" });
    expect(await take(lenient, kind, tags)).toBe(tags);
    expect(await take(lenient, kind, "字".repeat(20_000))).toBe(45002);
    expect(await take(lenient, kind, `<p title="${"x".repeat(1024 * 1024)}">字</p>`)).toBe(45002);
  });
});
