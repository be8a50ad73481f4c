import { describe, expect, it } from "vitest";
import { material } from "../mp-client.ts";
import { type Opened, openArticles, png, temporaryCover } from "./article-client.ts";

// Picture messages (图片消息, newspic), and crops.

const list = (ids: readonly unknown[]) => ({
  image_list: ids.map((image_media_id) => ({ image_media_id })),
});
const message = (ids: readonly unknown[], change: object = {}) => ({
  article_type: "newspic",
  thumb_media_id: undefined,
  content: "街是湿的。",
  image_info: list(ids),
  ...change,
});
const stored = ({ control }: Opened) => control.drafts.list().at(-1)?.articles[0];
const many = (id: string, count: number) => Array.from({ length: count }, () => id);

async function pictures({ mine }: Opened, count = 2): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at++) {
    const form = { filename: "a.png", bytes: png(235, 100 + at) };
    ids.push((await material(mine.mp, "image", form)).json.media_id);
  }
  return ids;
}

describe("a picture message", () => {
  it("is answered as it was recorded, with its first picture as cover", async () => {
    const opened = openArticles({ review: { publication: 0 } });
    const { mine } = opened;
    const [first = "", second = ""] = await pictures(opened);
    const { media_id } = await mine.draft(message([first, second]));
    const draft = await mine.post("draft/get", { media_id });
    const item = {
      article_type: "newspic",
      title: "河流",
      content: "街是湿的。",
      thumb_media_id: first,
      url: expect.stringContaining("/s?__biz="),
      thumb_url: expect.stringMatching(/^http:\/\/mmbiz\.qpic\.cn\/.*\?wx_fmt=png$/),
      need_open_comment: 0,
      only_fans_can_comment: 0,
      image_info: list([first, second]),
    };
    expect(draft.news_item).toEqual([item]);
    const listed = await mine.post("draft/batchget", { offset: 0, count: 1, no_content: true });
    const { content, ...rest } = item;
    expect(listed.item[0]?.content.news_item).toEqual([rest]);
    const articles = await mine.article(message([second], { content }));
    expect((await mine.post("draft/update", { media_id, index: 0, articles })).errcode).toBe(0);
    const { publish_id } = await mine.post("freepublish/submit", { media_id });
    const { article_id } = await mine.post("freepublish/get", { publish_id });
    expect((await mine.post("freepublish/getarticle", { article_id })).news_item).toEqual([
      { ...item, thumb_media_id: second, image_info: list([second]), is_deleted: false },
    ]);
  });

  it("has 1 to 20 permanent pictures of the account", async () => {
    const opened = openArticles();
    const { mine, other } = opened;
    const [id = ""] = await pictures(opened, 1);
    const errcode = async (change: object) => (await mine.draft(change)).errcode;
    expect(await errcode(message(many(id, 20)))).toBeUndefined();
    for (const info of [list(many(id, 21)), list([]), undefined, {}, { image_list: "x" }]) {
      expect(await errcode(message([], { image_info: info }))).toBe(40097);
    }
    const foreign = [await temporaryCover(mine.mp), await other.cover(), "x", undefined, 5];
    for (const each of foreign) expect(await errcode(message([id, each]))).toBe(40007);
    expect(await errcode(message([], { image_info: { image_list: [null] } }))).toBe(40007);
    expect(await errcode(message([id], { article_type: "film" }))).toBe(40097);
    expect(await errcode(message([id], { article_type: 1 }))).toBe(40097);
    expect(await errcode(message([id], { thumb_media_id: "x" }))).toBe(40007);
  });

  it("has up to 1000 characters, tags included", async () => {
    const opened = openArticles();
    const [id = ""] = await pictures(opened, 1);
    const errcode = async (content: string) =>
      (await opened.mine.draft(message([id], { content }))).errcode;
    expect(await errcode("🎉".repeat(1000))).toBeUndefined();
    expect(await errcode("字".repeat(1001))).toBe(45166);
    expect(await errcode(`<p style="${"x".repeat(1000)}">字</p>`)).toBe(45166);
    expect(await errcode("")).toBe(44004);
    expect(await errcode("<p></p>")).toBe(44004);
  });

  it.each([
    ["<p>一</p><p>二<br>三</p>", "一\n二\n三"],
    ['<b onclick="x">一</b><img src="a.png">', "一"],
    ["一\n二 < 三 & 四", "一\n二 < 三 & 四"],
    ['一<mp-common-product data-pid="1"></mp-common-product>', undefined],
  ])("has plain text: %j", async (content, expected = content) => {
    const opened = openArticles();
    const [id = ""] = await pictures(opened, 1);
    await opened.mine.draft(message([id], { content }));
    expect(stored(opened)?.content).toBe(expected);
    const notes = opened.control.journal.entries().at(-1)?.notes ?? [];
    expect(notes).toEqual(
      content === expected ? [] : ["removed the HTML of a picture message, whose text is plain"],
    );
    const strict = openArticles({ newspicHtml: "refuse" });
    const [own = ""] = await pictures(strict, 1);
    const { errcode } = await strict.mine.draft(message([own], { content }));
    expect(errcode).toBe(content === expected ? undefined : 45166);
  });

  it("has a page with its pictures and its text, escaped", async () => {
    const opened = openArticles();
    const { mine, emulator } = opened;
    const ids = await pictures(opened);
    const { media_id } = await mine.draft(message(ids, { content: "一 < 二\n& 三" }));
    const [item] = (await mine.post("draft/get", { media_id })).news_item;
    const html = await (await emulator.fetch(item?.url ?? "")).text();
    const uploaded = opened.control.mpMedia.filter((each) => ids.includes(each.media_id ?? ""));
    const paths = uploaded.map(({ url }) => new URL(url ?? "").pathname);
    expect([...html.matchAll(/<img alt="" src="([^"]+)">/g)].map(([, src]) => src)).toEqual(paths);
    expect(html).toContain('<p class="text">一 &lt; 二\n&amp; 三</p>');
    expect(html).not.toContain('class="cover"');
    await mine.mp.api("/cgi-bin/material/del_material", { json: { media_id: ids[1] } });
    expect(await (await emulator.fetch(item?.url ?? "")).text()).toContain("图片已删除");
  });
});

describe("crops", () => {
  const crop = { x1: "0", y1: "0", x2: "1", y2: "1" };
  const cover_info = (change: object) => ({ crop_percent_list: [{ ...crop, ...change }] });

  it.each([
    { pic_crop_1_1: "0_0_383_383" },
    { pic_crop_235_1: "1_1_0_0" },
    { pic_crop_235_1: "0_0.5_1_0.5" },
    { pic_crop_235_1: "0_0_1" },
    { pic_crop_235_1: "0,0,1,1" },
    { pic_crop_235_1: "-0.1_0_1_1" },
    { pic_crop_235_1: "a_b_c_d" },
    { cover_info: cover_info({ ratio: "3_4" }) },
    { cover_info: cover_info({ ratio: "1_1", x2: "1.2" }) },
    { cover_info: cover_info({ ratio: "1_1", x1: "1", x2: "0" }) },
    { cover_info: { crop_percent_list: [null] } },
  ])("%j is 53402", async (change) => {
    const { errcode, errmsg } = await openArticles().mine.draft(change);
    expect([errcode, errmsg]).toEqual([53402, expect.stringMatching(/^封面裁剪失败/)]);
  });

  it("of another type is 47001, an empty one is none", async () => {
    const { mine } = openArticles();
    expect((await mine.draft({ pic_crop_1_1: 1 })).errcode).toBe(47001);
    expect((await mine.draft({ cover_info: { crop_percent_list: "x" } })).errcode).toBe(47001);
    for (const change of [{ pic_crop_1_1: "" }, { cover_info: {} }, { cover_info: null }]) {
      expect((await mine.draft(change)).errcode).toBeUndefined();
    }
  });

  it("are answered in cover_info, however they were sent", async () => {
    const opened = openArticles();
    const [thumb_media_id] = await pictures(opened, 1);
    const { media_id } = await opened.mine.draft({
      thumb_media_id,
      pic_crop_235_1: "0_0_1_1",
      pic_crop_1_1: "0.287234_0_0.712766_1",
      cover_info: cover_info({ ratio: "16_9", x1: "0", x2: "0.756501", y2: 1 }),
    });
    const [item] = (await opened.mine.post("draft/get", { media_id })).news_item;
    expect(item).toMatchObject({
      cover_info: {
        crop_percent_list: [
          { ratio: "2.35_1", ...crop },
          { ratio: "1_1", x1: "0.287234", y1: "0", x2: "0.712766", y2: "1" },
          { ratio: "16_9", ...crop, x2: "0.756501" },
        ],
      },
    });
    expect(item).not.toHaveProperty("pic_crop_235_1");
    expect(opened.control.drafts.list()[0]?.warnings).toEqual([[]]);
  });

  it("are one for each ratio: that of cover_info, and of two in it the last", async () => {
    const opened = openArticles();
    const [thumb_media_id] = await pictures(opened, 1);
    const square = { ratio: "1_1", x1: "0.1", y1: "0", x2: "0.525532", y2: "1" };
    const wide = { ratio: "2.35_1", ...crop };
    const { media_id } = await opened.mine.draft({
      thumb_media_id,
      pic_crop_235_1: "0_0_1_1",
      pic_crop_1_1: "0_0_1_1",
      cover_info: { crop_percent_list: [{ ...square, x2: "1" }, square] },
    });
    const [item] = (await opened.mine.post("draft/get", { media_id })).news_item;
    expect(item).toMatchObject({ cover_info: { crop_percent_list: [wide, square] } });
    expect(opened.control.drafts.list()[0]?.warnings).toEqual([[]]);
  });

  it("of another ratio are noted, or refused where cropRatio says so", async () => {
    const opened = openArticles();
    const [thumb_media_id] = await pictures(opened, 1);
    const change = { thumb_media_id, pic_crop_1_1: "0_0_1_1" };
    expect((await opened.mine.draft(change)).errcode).toBeUndefined();
    expect(opened.control.drafts.list()[0]?.warnings).toEqual([
      ["a crop does not have its ratio, 1_1"],
    ]);
    const strict = openArticles({ cropRatio: "refuse" });
    const [own] = await pictures(strict, 1);
    expect((await strict.mine.draft({ ...change, thumb_media_id: own })).errcode).toBe(53402);
    const right = { thumb_media_id: own, pic_crop_235_1: "0_0_1_1" };
    expect((await strict.mine.draft(right)).errcode).toBeUndefined();
  });
});

it("only_fans_can_comment without need_open_comment is noted", async () => {
  const { mine, control } = openArticles();
  await mine.draft({ only_fans_can_comment: 1 });
  expect(control.journal.entries().at(-1)?.notes).toEqual([
    "only_fans_can_comment does nothing without need_open_comment",
  ]);
});
