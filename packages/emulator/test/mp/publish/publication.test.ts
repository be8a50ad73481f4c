import { describe, expect, it } from "vitest";
import { publishEndpoints } from "../../../src/index.ts";
import { APPID, OTHER } from "../mp-client.ts";
import { openArticles } from "./article-client.ts";

const START = 1_800_000_000;
const HOLD = { review: { publication: Infinity } };

describe("draft/*", () => {
  it("adds, gets, updates, counts, lists and deletes", async () => {
    const { mine, control } = openArticles();
    const { media_id, ...nothing } = await mine.draft();
    expect([media_id, nothing]).toEqual([
      expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      { item: [] },
    ]);
    const url = expect.stringMatching(/^http:\/\/mp\.weixin\.qq\.com\/s\?__biz=.*&idx=1&sn=.*#rd$/);
    const item = {
      title: "河流",
      author: "作者",
      digest: "正文",
      content: "<p>正文</p>",
      content_source_url: "",
      thumb_media_id: await mine.cover(),
      show_cover_pic: 1,
      thumb_url: expect.stringMatching(/^http:\/\/mmbiz\.qpic\.cn\/mmbiz\//),
      need_open_comment: 0,
      only_fans_can_comment: 0,
      article_type: "news",
      url,
    };
    const got = await mine.post("draft/get", { media_id });
    expect(got).toEqual({ news_item: [item], create_time: START, update_time: START });
    expect(await mine.get("draft/count")).toEqual({ total_count: 1 });
    control.clock.advance(5000);
    const articles = await mine.article({ title: "新" });
    const updated = await mine.post("draft/update", { media_id, index: 0, articles });
    expect(updated).toEqual({ errcode: 0, errmsg: "ok" });
    const list = await mine.post("draft/batchget", { offset: 0, count: 20 });
    expect(list).toEqual({
      total_count: 1,
      item_count: 1,
      item: [
        {
          media_id,
          content: {
            news_item: [{ ...item, title: "新" }],
            create_time: START,
            update_time: START + 5,
          },
          update_time: START + 5,
        },
      ],
    });
    const short = await mine.post("draft/batchget", { offset: 0, count: 1, no_content: 1 });
    expect(short.item[0]?.content.news_item[0]).not.toHaveProperty("content");
    expect(await mine.post("draft/delete", { media_id })).toEqual({ errcode: 0, errmsg: "ok" });
    expect((await mine.post("draft/get", { media_id })).errcode).toBe(40007);
    expect(await mine.get("draft/count")).toEqual({ total_count: 0 });
  });

  it("is about the account's own drafts alone", async () => {
    const { mine, other } = openArticles();
    const { media_id } = await other.draft();
    const rest = { index: 0, articles: await mine.article() };
    for (const name of ["draft/get", "draft/update", "draft/delete", "freepublish/submit"]) {
      const errcode = async (id: unknown) =>
        (await mine.post(name, { ...rest, media_id: id })).errcode;
      for (const id of [media_id, "x", 7, await mine.cover()])
        expect(await errcode(id)).toBe(40007);
      for (const id of [undefined, ""]) expect(await errcode(id)).toBe(41006);
    }
    expect((await mine.post("draft/batchget", { offset: 0, count: 1 })).total_count).toBe(0);
  });

  it("takes 1 to 8 articles, and indexes them from 0", async () => {
    const { mine, control } = openArticles();
    const article = await mine.article();
    const many = (count: number) => Array.from({ length: count }, () => article);
    expect((await mine.post("draft/add", { articles: many(9) })).errcode).toBe(45008);
    const { media_id } = await mine.post("draft/add", { articles: many(8) });
    const update = async (index: unknown, articles: unknown = { ...article, title: "新" }) =>
      (await mine.post("draft/update", { media_id, index, articles })).errcode;
    expect(await update(7)).toBe(0);
    for (const index of [8, -1, 1.5, "0", undefined]) expect(await update(index)).toBe(40114);
    expect(await update(0, [article])).toBe(44003);
    expect(await update(0, { ...article, title: "字".repeat(65) })).toBe(45003);
    const json = JSON.stringify({ media_id, index: 0, articles: { ...article, title: "T" } });
    const escaped = await mine.raw("draft/update", json.replace('"T"', '"\\u6cb3"'));
    expect(escaped.errcode).toBe(0);
    const [draft] = control.drafts.list();
    expect(draft?.articles.map(({ title }) => title)).toEqual([
      "\\u6cb3",
      ...Array.from({ length: 6 }, () => "河流"),
      "新",
    ]);
    expect(draft?.pagePaths[7]).toMatch(/&idx=8&/);
  });

  it("lists the last changed first, in parts", async () => {
    const { mine, control } = openArticles();
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) {
      ids.push((await mine.draft()).media_id);
      control.clock.advance(1000);
    }
    const [first = "", second, third] = ids;
    const articles = await mine.article();
    await mine.post("draft/update", { media_id: first, index: 0, articles });
    const list = await mine.post("draft/batchget", { offset: 0, count: 2 });
    expect(list.item.map(({ media_id }) => media_id)).toEqual([first, third]);
    expect([list.total_count, list.item_count]).toEqual([3, 2]);
    const rest = await mine.post("draft/batchget", { offset: 2, count: 20 });
    expect(rest.item.map(({ media_id }) => media_id)).toEqual([second]);
  });

  it.each(["draft/batchget", "freepublish/batchget"])("%s takes 1 to 20", async (path) => {
    const { mine } = openArticles();
    const wrong = [
      { offset: -1, count: 1 },
      { offset: 0, count: 0 },
      { offset: 0, count: 21 },
      { offset: 0 },
      { count: 1 },
      { offset: "0", count: 1 },
      { offset: 0, count: 1, no_content: 2 },
      { offset: 0, count: 1, no_content: "1" },
    ];
    for (const range of wrong) expect((await mine.post(path, range)).errcode).toBe(40097);
    expect(await mine.post(path, { offset: 0, count: 20, no_content: 0 })).toEqual({
      total_count: 0,
      item_count: 0,
      item: [],
    });
  });

  it("has a switch that is on", async () => {
    const { mine } = openArticles();
    const sent = await mine.mp.api("/cgi-bin/draft/switch", {
      method: "POST",
      query: { checkonly: "1" },
    });
    expect(JSON.parse(sent.text)).toEqual({ errcode: 0, errmsg: "ok", is_open: 1 });
  });

  it("wants the method of the documents, and JSON", async () => {
    const { mine } = openArticles();
    expect((await mine.raw("draft/count", "{}")).errcode).toBe(43001);
    expect((await mine.get("draft/get")).errcode).toBe(43002);
    expect((await mine.raw("draft/add", "{")).errcode).toBe(47001);
    expect((await mine.raw("draft/add", "")).errcode).toBe(44002);
    expect((await mine.raw("freepublish/submit", "{")).errcode).toBe(47001);
  });

  it("needs no verified account, but freepublish does", async () => {
    const { mine } = openArticles({
      accounts: [{ appid: APPID, verified: false, mediaApi: false }],
    });
    const { media_id } = await mine.draft();
    expect((await mine.post("draft/get", { media_id })).errcode).toBeUndefined();
    for (const name of ["submit", "get", "delete", "getarticle", "batchget"]) {
      expect((await mine.post(`freepublish/${name}`, { media_id })).errcode).toBe(48001);
    }
    expect((await mine.post("draft/get", { media_id })).errcode).toBeUndefined();
  });
});

/** A draft of so many articles, submitted. */
async function submitted(options: Parameters<typeof openArticles>[0], count = 1) {
  const opened = openArticles(options);
  const { mine } = opened;
  const article = await mine.article();
  const articles = Array.from({ length: count }, (_, at) => ({
    ...article,
    title: `第${at + 1}篇`,
  }));
  const { media_id } = await mine.post("draft/add", { articles });
  const answer = await mine.post("freepublish/submit", { media_id });
  const get = () => mine.post("freepublish/get", { publish_id: answer.publish_id });
  return { ...opened, media_id, answer, get };
}

describe("freepublish/submit and get", () => {
  it("publish a draft, by the clock, and take it out of the box", async () => {
    const { mine, control, media_id, answer, get } = await submitted(
      { review: { publication: 60_000 } },
      2,
    );
    expect(answer).toEqual({
      errcode: 0,
      errmsg: "ok",
      publish_id: expect.any(Number),
      msg_data_id: answer.publish_id,
    });
    const { publish_id } = answer;
    expect(await get()).toEqual({ publish_id, publish_status: 1, fail_idx: [] });
    control.clock.advance(59_999);
    expect(await get()).toMatchObject({ publish_status: 1 });
    expect(control.drafts.list()).toHaveLength(1);
    expect(await mine.get("draft/count")).toEqual({ total_count: 1 });
    control.clock.advance(1);
    const [first, second] = [1, 2].map((idx) => ({
      idx,
      article_url: expect.stringMatching(
        new RegExp(`^http://mp\\.weixin\\.qq\\.com/s\\?__biz=.*&idx=${idx}&sn=.*#rd$`),
      ),
    }));
    expect(await get()).toEqual({
      publish_id,
      publish_status: 0,
      article_id: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      article_detail: { count: 2, item: [first, second] },
      fail_idx: [],
    });
    expect(control.drafts.list()).toEqual([]);
    expect((await mine.post("draft/get", { media_id })).errcode).toBe(40007);
    expect((await mine.post("freepublish/submit", { media_id })).errcode).toBe(40007);
    expect(await mine.get("draft/count")).toEqual({ total_count: 0 });
  });

  it("take a second by default", async () => {
    const { control } = await submitted({});
    control.clock.advance(999);
    expect(control.publications.list()[0]?.status).toBe(1);
    control.clock.advance(1);
    expect(control.publications.list()[0]?.status).toBe(0);
  });

  it("refuse a draft that is on its way, and take it again when it failed", async () => {
    const { mine, control, media_id, answer } = await submitted(HOLD);
    const submit = () => mine.post("freepublish/submit", { media_id });
    expect((await submit()).errcode).toBe(53503);
    for (const status of [2, 3, 4]) {
      const [last] = control.publications.list().slice(-1);
      control.publications.setStatus(last?.publish_id ?? "", status);
      const again = await submit();
      expect(again.errcode).toBe(0);
      expect(again.publish_id).not.toBe(answer.publish_id);
    }
    expect(control.publications.list()).toHaveLength(4);
  });

  it.each([
    [0, []],
    [1, []],
    [2, [1, 2]],
    [3, []],
    [4, [1, 2]],
    [5, []],
    [6, []],
    [9, []],
  ])("answer publish_status %i on command, with fail_idx %j", async (status, fail_idx) => {
    const { control, answer, get } = await submitted(HOLD, 2);
    control.publications.setStatus(answer.publish_id, status);
    const found = await get();
    expect(found).toMatchObject({ publish_status: status, fail_idx });
    expect("article_id" in found).toBe(status === 0);
    expect("article_detail" in found).toBe(status === 0);
    expect(control.drafts.list()).toHaveLength([0, 5, 6].includes(status) ? 0 : 1);
    control.publications.setStatus(Number(answer.publish_id), status, [2]);
    expect((await get()).fail_idx).toEqual([2]);
    expect(control.publications.list()[0]).toMatchObject({ status, fail_idx: [2] });
  });

  it("have ids as numbers where publishIdType says so; either form can be asked for", async () => {
    for (const publishIdType of ["string", "number"] as const) {
      const { mine, answer, get } = await submitted({ publishIdType });
      expect(typeof answer.publish_id).toBe(publishIdType);
      expect(typeof answer.msg_data_id).toBe(publishIdType);
      expect(typeof (await get()).publish_id).toBe(publishIdType);
      for (const form of [String, Number]) {
        const publish_id = form(answer.publish_id);
        expect((await mine.post("freepublish/get", { publish_id })).publish_status).toBe(1);
      }
    }
  });

  it("know their own account's publish_id alone", async () => {
    const { other, mine, answer } = await submitted({});
    const wrong = [other.post("freepublish/get", { publish_id: answer.publish_id })];
    for (const publish_id of ["1", undefined, null, {}]) {
      wrong.push(mine.post("freepublish/get", { publish_id }));
    }
    for (const { errcode, errmsg } of await Promise.all(wrong)) {
      expect([errcode, errmsg]).toEqual([40002, expect.stringMatching(/^invalid argument /)]);
    }
  });

  it("publish the draft as it was when it was submitted", async () => {
    const { mine, control, media_id } = await submitted({ review: { publication: 1000 } });
    const articles = await mine.article({ title: "太晚" });
    await mine.post("draft/update", { media_id, index: 0, articles });
    control.clock.advance(1000);
    expect(control.publications.list()[0]?.articles[0]?.title).toBe("第1篇");
  });

  it("answer 53503 to 53505 by a fault", async () => {
    const { mine, control } = openArticles();
    const { media_id } = await mine.draft();
    for (const errcode of [53503, 53504, 53505]) {
      control.faults.add({ kind: "mp-error", errcode, match: { path: "/cgi-bin/freepublish/*" } });
      const answer = await mine.post("freepublish/submit", { media_id });
      expect(answer.errcode).toBe(errcode);
      expect(answer.errmsg).toMatch(/^[\u4e00-\u9fff]/);
    }
    expect(control.publications.list()).toEqual([]);
  });
});

describe("freepublish/delete, getarticle and batchget", () => {
  it("tell of what is published, and take it away article by article", async () => {
    const { mine, control, get } = await submitted({ review: { publication: 0 } }, 3);
    const { article_id } = await get();
    const items = async () =>
      (await mine.post("freepublish/getarticle", { article_id })).news_item.map(
        ({ title, is_deleted }) => [title, is_deleted],
      );
    const remove = (change: object) => mine.post("freepublish/delete", { article_id, ...change });
    expect(await items()).toEqual([1, 2, 3].map((at) => [`第${at}篇`, false]));
    for (const index of [4, -1, "1"]) expect((await remove({ index })).errcode).toBe(40060);
    expect(await remove({ index: 2 })).toEqual({ errcode: 0, errmsg: "ok" });
    expect((await items()).map(([, deleted]) => deleted)).toEqual([false, true, false]);
    const listed = control.publications.list()[0];
    expect(listed?.articles.map(({ pagePath }) => pagePath !== undefined)).toEqual([
      true,
      false,
      true,
    ]);
    expect(await remove({})).toEqual({ errcode: 0, errmsg: "ok" });
    expect(await get()).toMatchObject({ publish_status: 5 });
    expect((await remove({})).errcode).toBe(53600);
    const gone = await mine.post("freepublish/getarticle", { article_id });
    expect(gone.errcode).toBe(53600);
    expect(gone.errmsg).toMatch(/^Article ID 无效 /);
    expect(control.drafts.list()).toEqual([]);
  });

  it("take all with index 0, too", async () => {
    const { mine, get } = await submitted({ review: { publication: 0 } }, 2);
    const { article_id } = await get();
    await mine.post("freepublish/delete", { article_id, index: 0 });
    expect((await get()).publish_status).toBe(5);
  });

  it("know nothing of what is not published, nor of another account's", async () => {
    const { mine, other, control, get, answer } = await submitted({ review: { publication: 0 } });
    const { article_id } = await get();
    for (const name of ["delete", "getarticle"]) {
      const errcode = async (client: typeof mine, id: unknown) =>
        (await client.post(`freepublish/${name}`, { article_id: id })).errcode;
      expect(await errcode(other, article_id)).toBe(53600);
      for (const id of ["x", undefined, 5]) expect(await errcode(mine, id)).toBe(53600);
      control.publications.setStatus(answer.publish_id, 1);
      expect(await errcode(mine, article_id)).toBe(53600);
      control.publications.setStatus(answer.publish_id, 0);
    }
    expect((await mine.post("freepublish/getarticle", { article_id })).news_item).toHaveLength(1);
  });

  it("list what is published, newest first", async () => {
    const { mine, control } = openArticles({ review: { publication: 1000 } });
    for (const title of ["一", "二", "三"]) {
      const { media_id } = await mine.draft({ title });
      await mine.post("freepublish/submit", { media_id });
      control.clock.advance(600);
    }
    const list = await mine.post("freepublish/batchget", { offset: 0, count: 20, no_content: 1 });
    expect(list).toMatchObject({ total_count: 2, item_count: 2 });
    expect(list.item.map(({ content }) => content.news_item[0]?.title)).toEqual(["二", "一"]);
    expect(list.item[1]).toEqual({
      article_id: control.publications.list()[0]?.article_id,
      content: {
        news_item: [expect.objectContaining({ title: "一", is_deleted: false })],
        create_time: START,
        update_time: START,
      },
      update_time: START,
    });
    expect(list.item[0]?.content.news_item[0]).not.toHaveProperty("content");
    control.clock.advance(1000);
    const part = await mine.post("freepublish/batchget", { offset: 1, count: 1 });
    expect(part).toMatchObject({ total_count: 3, item_count: 1 });
    expect(part.item[0]?.content.news_item[0]).toMatchObject({
      title: "二",
      content: "<p>正文</p>",
    });
  });
});

describe("control", () => {
  it("lists the drafts and publications of all accounts, and forgets them with a reset", async () => {
    const { mine, other, control } = openArticles(HOLD);
    const { media_id } = await mine.draft({ content: "a<script>b</script>" });
    await other.draft();
    const { publish_id } = await mine.post("freepublish/submit", { media_id });
    const drafts = control.drafts.list();
    expect(drafts.map(({ appid }) => appid)).toEqual([APPID, OTHER]);
    expect(drafts[0]).toEqual({
      appid: APPID,
      media_id,
      articles: [expect.objectContaining({ content: "a" })],
      warnings: [["removed a script"]],
      update_time: START,
      pagePaths: [expect.stringMatching(/^\/s\?__biz=/)],
    });
    expect(control.publications.list()).toEqual([
      {
        appid: APPID,
        msg_data_id: String(publish_id),
        publish_id: String(publish_id),
        media_id,
        status: 1,
        fail_idx: [],
        articles: [expect.objectContaining({ title: "河流", is_deleted: false })],
        submittedAt: START,
      },
    ]);
    control.publications.setStatus(publish_id, 0);
    const [published] = control.publications.list();
    expect(published?.article_id).toMatch(/^[\w-]{43}$/);
    expect(published?.articles[0]?.pagePath).toMatch(/^\/s\?__biz=/);
    control.reset();
    expect([control.drafts.list(), control.publications.list()]).toEqual([[], []]);
  });

  it("says what a wrong command is", async () => {
    const { control, answer } = await submitted({});
    const set = control.publications.setStatus;
    expect(() => set("1", 0)).toThrow('There is no publication "1".');
    expect(() => set(answer.publish_id, 0.5)).toThrow("it must be a whole number");
    expect(() => set(answer.publish_id, 2, ["1"] as never)).toThrow('fail_idx[0] is "1"');
    expect(() => set(answer.publish_id, 2, 1 as never)).toThrow("list of whole numbers");
  });

  it("has every call in the table of evidence", () => {
    const paths = publishEndpoints.map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith("/cgi-bin/publish/"))).toHaveLength(5);
    expect(paths.filter((path) => path.startsWith("/cgi-bin/draft/"))).toHaveLength(7);
    expect(paths.filter((path) => path.startsWith("/cgi-bin/freepublish/"))).toHaveLength(5);
    expect(paths.slice(17)).toEqual(["/s", "/mmbiz/:id/:size"]);
    for (const { source, evidence } of publishEndpoints) {
      expect(source).not.toBe("");
      expect(evidence.errors).toBe("assumed");
    }
  });
});
