import { describe, expect, it } from "vitest";
import { JPEG, material } from "../mp-client.ts";
import { openArticles, ownVideo, png } from "./article-client.ts";

const NOW = { review: { news: 0, publication: 0 } };

/** The page of an article of the publish library, published. */
async function published(opened: ReturnType<typeof openArticles>, change: object) {
  const { mine, emulator } = opened;
  const { media_id } = await mine.upload(change);
  await mine.post("publish/submit", { media_id, msgtype: "mpnews" });
  const { url } = await mine.post("publish/query", { media_id });
  const response = await emulator.fetch(url);
  return { url, media_id, response, html: await response.text() };
}

describe("the page of an article", () => {
  it("has title, author, date, cover, content and source, and no script", async () => {
    const opened = openArticles(NOW);
    const { mine, emulator } = opened;
    const picture = await mine.picture();
    const { response, html } = await published(opened, {
      title: "<b>河流</b> & 海",
      author: '作"者',
      content: `<p>正文</p><script>bad()</script><img data-src="${picture}" src="" alt="x"><p style="background:url(${picture})">y</p>`,
      content_source_url: 'https://example.com/?a="b',
      show_cover_pic: 1,
    });
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "text/html; charset=UTF-8",
    ]);
    expect(html).toContain("<h1>&lt;b&gt;河流&lt;/b&gt; &amp; 海</h1>");
    expect(html).toContain("<title>&lt;b&gt;河流&lt;/b&gt; &amp; 海</title>");
    expect(html).toContain('<p class="meta">作&quot;者 · 2027-01-15</p>');
    expect(html).toContain('<a href="https://example.com/?a=&quot;b">阅读原文</a>');
    expect(html).toContain("<p>正文</p>");
    expect(html).not.toMatch(/<script|bad\(\)|mmbiz\.qpic/);
    const paths = [...html.matchAll(/\/mmbiz\/[\w-]+\/0/g)].map(([path]) => path);
    const cover = opened.control.mpMedia[0]?.url ?? "";
    const [, id] = /mmbiz\/([\w-]+)\//.exec(picture) ?? [];
    expect(paths).toEqual([new URL(cover).pathname, ...Array(3).fill(`/mmbiz/${id}/0`)]);
    expect(html).toContain(
      `<img src="/mmbiz/${id}/0" data-src="/mmbiz/${id}/0?wx_fmt=png" alt="x">`,
    );
    for (const [at, bytes] of [JPEG, png(2, 2)].entries()) {
      const image = await emulator.fetch(new URL(paths[at] ?? "", response.url || picture));
      expect(image.status).toBe(200);
      expect(image.headers.get("content-type")).toBe(at === 0 ? "image/jpeg" : "image/png");
      expect(Buffer.from(await image.arrayBuffer()).equals(bytes)).toBe(true);
    }
  });

  it("shows an <image> too, which browsers read as <img>", async () => {
    const opened = openArticles(NOW);
    const picture = await opened.mine.picture();
    const { html } = await published(opened, { content: `<image src="${picture}">` });
    expect(html).toMatch(/<div id="js_content"><image src="\/mmbiz\/[\w-]+\/0"><\/div>/);
  });

  it("may run nothing and load nothing from elsewhere", async () => {
    const { response } = await published(openArticles(NOW), {});
    expect(response.headers.get("content-security-policy")).toBe(
      "sandbox; default-src 'none'; img-src http://mp.weixin.qq.com; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    );
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("has no cover with show_cover_pic 0, nor author and source that are empty", async () => {
    const { html } = await published(openArticles(NOW), { author: "" });
    expect(html).not.toMatch(/class="cover"|阅读原文/);
    expect(html).toContain('<p class="meta">2027-01-15</p>');
  });

  it("shows a card's picture, and in the place of a video's frame what it is of", async () => {
    const opened = openArticles(NOW);
    const { mine } = opened;
    const { url } = (await material(mine.mp, "image", { filename: "a.png", bytes: png(1080, 864) }))
      .json;
    const vid = await ownVideo(opened, mine);
    const frame = `<iframe class="video_iframe" data-mpvid="${vid}"></iframe>`;
    const card = (name: string) =>
      `<mp-miniprogram data-miniprogram-appid="wx1" data-miniprogram-path="p" data-miniprogram-title="t" ${name}="${url}"></mp-miniprogram>`;
    for (const name of ["data-miniprogram-imageurl", "data-progarm-imageurl"]) {
      const { html } = await published(opened, { content: frame + card(name) });
      const video = `<span class="video"><b>河</b> <span>a.mp4 · ${vid}</span></span>`;
      expect(html).toContain(`${video}<mp-miniprogram`);
      expect(html).not.toContain("iframe");
      const { pathname } = new URL(url);
      const shown = `${name}="${pathname}?wx_fmt=png"><img alt="" src="${pathname}"></mp-miniprogram>`;
      expect(html).toContain(shown);
    }
    const other = `<img alt=""><p data-miniprogram-imageurl="x">y</p><x-miniprogram></x-miniprogram>`;
    expect((await published(opened, { content: other })).html).toContain(other);
  });

  it("is there as long as the article is published", async () => {
    const opened = openArticles(NOW);
    const { mine, emulator, control } = opened;
    const { url, media_id } = await published(opened, {});
    const status = async (address = url) => (await emulator.fetch(address)).status;
    expect(await status()).toBe(200);
    control.news.review(media_id, "refuse");
    expect(await status()).toBe(404);
    control.news.review(media_id, "pass");
    expect(await status()).toBe(200);
    for (const [from, to] of [
      [/__biz=[^&]*/, "__biz=x"],
      [/&mid=[0-9]*/, "&mid=1"],
      [/&idx=1/, "&idx=2"],
      [/&sn=[0-9a-f]*/, "&sn=0"],
      [/&sn=[0-9a-f]*/, ""],
    ] as const) {
      expect(await status(url.replace(from, to))).toBe(404);
    }
    await mine.post("publish/delete", { media_id, index: 1 });
    const gone = await emulator.fetch(url);
    expect([gone.status, await gone.text()]).toEqual([
      404,
      expect.stringContaining("该内容暂时无法查看"),
    ]);
  });

  it("of a draft is a preview, and of each published article its own", async () => {
    const opened = openArticles({ review: { publication: 1000 } });
    const { mine, emulator, control } = opened;
    const article = await mine.article();
    const articles = ["一", "二"].map((title) => ({ ...article, title }));
    const { media_id } = await mine.post("draft/add", { articles });
    const page = async (address: string) => {
      const response = await emulator.fetch(address);
      return [response.status, /<h1>(.*?)<\/h1>/.exec(await response.text())?.[1]];
    };
    const previews = (await mine.post("draft/get", { media_id })).news_item.map(({ url }) => url);
    expect(await Promise.all(previews.map(page))).toEqual([
      [200, "一"],
      [200, "二"],
    ]);
    const { publish_id } = await mine.post("freepublish/submit", { media_id });
    control.clock.advance(1000);
    expect(await page(previews[0] ?? "")).toEqual([404, undefined]);
    const { article_detail, article_id } = await mine.post("freepublish/get", { publish_id });
    const urls = article_detail.item.map(({ article_url }) => article_url);
    expect(await Promise.all(urls.map(page))).toEqual([
      [200, "一"],
      [200, "二"],
    ]);
    expect(new Set([...urls, ...previews])).toHaveLength(4);
    await mine.post("freepublish/delete", { article_id, index: 2 });
    expect(await Promise.all(urls.map(page))).toEqual([
      [200, "一"],
      [404, undefined],
    ]);
    const { html } = await published(openArticles(NOW), {});
    expect(html).toContain('id="js_content"');
  });

  it("shows the cover of a draft", async () => {
    const { mine, emulator } = openArticles();
    const { media_id } = await mine.draft();
    const [item] = (await mine.post("draft/get", { media_id })).news_item;
    const html = await (await emulator.fetch(item?.url ?? "")).text();
    const { pathname } = new URL(item?.thumb_url ?? "");
    expect(html).toContain(`<img class="cover" alt="" src="${pathname}">`);
  });

  it("is at mp.weixin.qq.com for hosts of WeChat, where one calls for others, or as articleOrigin says", async () => {
    const urlFor = async (host: string, articleOrigin?: string) => {
      const opened = openArticles({ ...NOW, ...(articleOrigin && { articleOrigin }) });
      const { url, media_id } = await published(opened, {});
      const token = (await opened.mine.mp.stable()).json.access_token;
      const response = await opened.emulator.fetch(
        `${host}/cgi-bin/publish/query?access_token=${token}`,
        { method: "POST", body: JSON.stringify({ media_id }) },
      );
      const answer = (await response.json()) as { url: string };
      expect(new URL(answer.url).search).toBe(new URL(url).search);
      return new URL(answer.url).origin;
    };
    expect(await urlFor("https://api.weixin.qq.com")).toBe("http://mp.weixin.qq.com");
    expect(await urlFor("https://weixin.qq.com")).toBe("http://mp.weixin.qq.com");
    expect(await urlFor("http://127.0.0.1:8790")).toBe("http://127.0.0.1:8790");
    expect(await urlFor("https://notweixin.qq.com.example")).toBe(
      "https://notweixin.qq.com.example",
    );
    expect(await urlFor("https://api.weixin.qq.com", "https://a.example")).toBe(
      "https://a.example",
    );
  });
});

describe("a picture", () => {
  it("is there at its address, of any size, until its file is deleted or had to make room", async () => {
    const { mine, emulator } = openArticles();
    const { media_id, url } = (await material(mine.mp, "image")).json;
    const picture = await mine.picture();
    const status = async (address: string) => (await emulator.fetch(address)).status;
    for (const address of [url, picture, picture.replace(/\/0$/, "/640?wx_fmt=png")]) {
      expect(await status(address)).toBe(200);
    }
    expect(await status(picture.replace(/mmbiz\/./, "mmbiz/"))).toBe(404);
    await mine.mp.api("/cgi-bin/material/del_material", { json: { media_id } });
    expect(await status(url)).toBe(404);
    const posted = await emulator.fetch(picture, { method: "POST", body: "x" });
    expect([posted.status, posted.headers.get("allow")]).toEqual([405, "GET"]);
  });

  it("is kept where files are not, and lasts as others do", async () => {
    const { mine, emulator } = openArticles({ storage: "digests" });
    const bytes = Buffer.concat([png(2, 2), Buffer.alloc(8 * 1024 * 1024 - 200)]);
    const urls: string[] = [];
    for (let count = 0; count < 17; count++) urls.push(await mine.picture(bytes));
    const statuses = await Promise.all(urls.map(async (url) => (await emulator.fetch(url)).status));
    expect(statuses).toEqual([404, ...Array(16).fill(200)]);
  }, 30_000);

  it("is struck by faults of its path", async () => {
    const { mine, emulator, control } = openArticles(NOW);
    const picture = await mine.picture();
    control.faults.add({ kind: "status", status: 503, match: { path: "/mmbiz/*" } });
    expect((await emulator.fetch(picture)).status).toBe(503);
    const response = await emulator.fetch(picture);
    expect([response.status, response.headers.get("request-id")]).toEqual([200, null]);
  });
});
