import { describe, expect, it } from "vitest";
import { material } from "../mp-client.ts";
import { openArticles } from "./article-client.ts";

// The shapes of answers as they were recorded, and the switches for those that differ.

const START = 1_800_000_000;
const PUBLISHED = { review: { publication: 0 } };

async function published(options: Parameters<typeof openArticles>[0] = PUBLISHED) {
  const opened = openArticles(options);
  const { mine } = opened;
  const { media_id } = await mine.draft();
  const submitted = await mine.post("freepublish/submit", { media_id });
  const got = await mine.post("freepublish/get", { publish_id: submitted.publish_id });
  return { ...opened, submitted, got };
}

describe("publish_id", () => {
  it("is a whole number, and the mid of the article", async () => {
    const { submitted, got } = await published();
    const { publish_id } = submitted;
    expect(Number.isSafeInteger(publish_id)).toBe(true);
    expect(publish_id).toBeGreaterThan(2_247_483_647);
    expect(got.publish_id).toBe(publish_id);
    expect(got.article_detail.item[0]?.article_url).toContain(`&mid=${publish_id}&`);
  });

  it("is taken as a text or a number, and others are unknown", async () => {
    const { mine, submitted } = await published();
    const id = submitted.publish_id;
    const ask = (body: string) => mine.raw("freepublish/get", body);
    for (const written of [`${id}`, `"${id}"`, `" ${id} "`, `${id}.0`]) {
      expect((await ask(`{"publish_id":${written}}`)).publish_status).toBe(0);
    }
    for (const written of ["6100000000000000001", '"6100000000000000001"', '"\\"1\\""', "true"]) {
      expect((await ask(`{"publish_id":${written}}`)).errcode).toBe(40002);
    }
  });
});

describe("the attribute of pictures", () => {
  it.each([
    ['<img src="URL" alt="a">', '<img data-src="URL" alt="a">'],
    ["<IMG alt=a SRC='URL'>", "<IMG alt=a data-src='URL'>"],
    ['<img data-src="URL" src="URL">', '<img data-src="URL">'],
    ['<img data-src="URL">', '<img data-src="URL">'],
    ["<img alt=src>", "<img alt=src>"],
  ])("%s is answered as %s", async (written, expected) => {
    for (const [imageAttribute, answered] of [
      ["data-src", expected],
      ["src", written],
    ] as const) {
      const { mine, control } = openArticles({ ...PUBLISHED, imageAttribute });
      const url = await mine.picture();
      const named = (text: string) => text.replaceAll("URL", url);
      const { media_id } = await mine.draft({ content: named(written) });
      expect(control.drafts.list()[0]?.articles[0]?.content).toBe(named(written));
      const draft = await mine.post("draft/get", { media_id });
      expect(draft.news_item[0]?.content).toBe(named(answered));
      const list = await mine.post("draft/batchget", { offset: 0, count: 1 });
      expect(list.item[0]?.content.news_item[0]?.content).toBe(named(answered));
      const { publish_id } = await mine.post("freepublish/submit", { media_id });
      const { article_id } = await mine.post("freepublish/get", { publish_id });
      const article = await mine.post("freepublish/getarticle", { article_id });
      expect(article.news_item[0]?.content).toBe(named(answered));
    }
  });
});

describe("times", () => {
  const time = START;
  const both = { create_time: time, update_time: time };
  it.each([
    ["both", both, { update_time: time }],
    ["content", both, {}],
    ["entry", {}, { update_time: time }],
  ] as const)("are where listTimes %s says", async (listTimes, inContent, inEntry) => {
    const { mine, got } = await published({ ...PUBLISHED, listTimes });
    const { media_id } = await mine.draft();
    const { news_item: _, ...draft } = await mine.post("draft/get", { media_id });
    expect(draft).toEqual(inContent);
    const { article_id } = got;
    const { news_item: __, ...article } = await mine.post("freepublish/getarticle", { article_id });
    expect(article).toEqual(inContent);
    for (const [path, id] of [
      ["draft", { media_id }],
      ["freepublish", { article_id }],
    ] as const) {
      const list = await mine.post(`${path}/batchget`, { offset: 0, count: 1 });
      const news_item = [expect.objectContaining({ title: "河流" })];
      expect(list.item).toEqual([{ ...id, content: { news_item, ...inContent }, ...inEntry }]);
    }
  });
});

describe("no_content", () => {
  it.each(["draft/batchget", "freepublish/batchget"])("may be a boolean: %s", async (path) => {
    const { mine } = await published();
    await mine.draft();
    for (const [no_content, has] of [
      [true, false],
      [1, false],
      [false, true],
      [0, true],
      [undefined, true],
    ] as const) {
      const list = await mine.post(path, { offset: 0, count: 1, no_content });
      expect("content" in (list.item[0]?.content.news_item[0] ?? {})).toBe(has);
    }
    for (const no_content of ["true", 2, null, "1"]) {
      expect((await mine.post(path, { offset: 0, count: 1, no_content })).errcode).toBe(40097);
    }
  });
});

describe("show_cover_pic", () => {
  it.each([
    [undefined, 1],
    [1, 1],
    [0, 0],
    ["0", 1],
  ])("of a draft sent with %j is %i", async (show_cover_pic, expected) => {
    const { mine } = openArticles();
    const { media_id } = await mine.draft({ show_cover_pic });
    expect((await mine.post("draft/get", { media_id })).news_item[0]).toMatchObject({
      show_cover_pic: expected,
    });
  });
});

describe("a title of a draft", () => {
  it.each([
    [33, undefined, undefined],
    [64, undefined, undefined],
    [65, undefined, 45003],
    [32, 32, undefined],
    [33, 32, 45003],
  ] as const)("of %i characters, draftTitle %s: %s", async (count, draftTitle, expected) => {
    const { mine, control } = openArticles(draftTitle === undefined ? {} : { draftTitle });
    expect((await mine.draft({ title: "字".repeat(count) })).errcode).toBe(expected);
    const notes = control.journal.entries().at(-1)?.notes;
    const noted = expected === undefined && count > 32;
    expect(notes).toEqual(
      noted ? [`the title has ${count} characters: 新增草稿 allows 32`] : undefined,
    );
  });
});

describe("ids and addresses", () => {
  it("permanent ids have 43 characters or 64, and one beginning; temporary ones 64", async () => {
    for (const mediaIdLength of [43, 64] as const) {
      const { mine, other } = openArticles({ mediaIdLength });
      const ids = [
        await mine.cover(),
        (await mine.draft()).media_id,
        (await mine.upload()).media_id,
      ];
      for (const id of ids) expect(id).toHaveLength(mediaIdLength);
      expect(new Set(ids.map((id) => id.slice(0, 22))).size).toBe(1);
      expect((await other.cover()).slice(0, 22)).not.toBe(ids[0]?.slice(0, 22));
      const sent = await mine.mp.upload("/cgi-bin/media/upload", {}, { type: "image" });
      expect(sent.json.media_id).toHaveLength(64);
    }
  });

  it.each([
    ["http", "http:", "?wx_fmt=png", "?wx_fmt=jpeg"],
    ["https", "https:", "?wx_fmt=png", "?wx_fmt=jpeg"],
    ["plain", "http:", "", ""],
  ] as const)("pictures are at %s addresses", async (pictureAddress, protocol, png, jpeg) => {
    const { mine } = openArticles({ pictureAddress });
    const article = new URL(await mine.picture());
    expect([article.protocol, article.search]).toEqual([protocol, png]);
    const library = new URL((await material(mine.mp, "image")).json.url);
    expect([library.protocol, library.search]).toEqual([protocol, jpeg]);
  });

  it("pictures are known in the folders of real addresses", async () => {
    const { mine, control } = openArticles();
    const url = await mine.picture();
    for (const folder of ["mmbiz_png", "sz_mmbiz_jpg", "mmbiz_gif"]) {
      const content = `<img src="${url.replace("/mmbiz/", `/${folder}/`)}">`;
      await mine.draft({ content });
      expect(control.drafts.list().at(-1)?.articles[0]?.content).toBe(content);
    }
  });
});

describe("JSON", () => {
  it("has \\/ for /, and an empty item beside a new media_id", async () => {
    const { mine } = openArticles();
    const body = { articles: [await mine.article()] };
    const added = await mine.mp.api("/cgi-bin/draft/add", { json: body });
    expect(added.text).toMatch(/^\{"media_id":"[\w-]{43}","item":\[\]\}$/);
    const { media_id } = added.json;
    const got = await mine.mp.api("/cgi-bin/draft/get", { json: { media_id } });
    expect(got.text).toContain('"url":"http:\\/\\/mp.weixin.qq.com\\/s?__biz=');
    expect(got.text).not.toMatch(/[^\\]\//);
  });

  it("has neither where the options say so", async () => {
    const { mine } = openArticles({ escapedSlashes: false, emptyItem: false });
    const { media_id, ...rest } = await mine.draft();
    expect(rest).toEqual({});
    const got = await mine.mp.api("/cgi-bin/draft/get", { json: { media_id } });
    expect(got.text).not.toContain("\\/");
  });
});
