import { describe, expect, it } from "vitest";
import { APPID, OTHER } from "../mp-client.ts";
import { openArticles } from "./article-client.ts";

const START = 1_800_000_000_000;
const DAY = 86_400_000;
const HOLD = { review: { news: Infinity } };

/** With a token that a day does not end. */
async function laterDay({ control, mine }: ReturnType<typeof openArticles>, ms: number) {
  control.clock.advance(ms);
  mine.mp.use((await mine.mp.stable()).json.access_token);
}

describe("POST /cgi-bin/publish/uploadnews", () => {
  it("answers in WeChat's own shape, and keeps the article unsubmitted", async () => {
    const { mine, control } = openArticles();
    const answer = await mine.upload();
    expect(answer).toEqual({
      type: "news",
      media_id: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      create_at: START / 1000,
      item: [{ index: 0, ad_count: 1 }],
    });
    expect(answer.media_id.slice(0, 22)).toBe((await mine.cover()).slice(0, 22));
    expect(control.news.list()).toEqual([
      {
        appid: APPID,
        media_id: answer.media_id,
        status: "未提交",
        deleted: false,
        article: expect.objectContaining({ title: "河流" }),
        warnings: [],
        create_at: START / 1000,
      },
    ]);
    expect(control.journal.entries().at(-1)).toMatchObject({ media_id: answer.media_id });
  });

  it("takes exactly one article", async () => {
    const { mine } = openArticles();
    const article = await mine.article();
    const two = await mine.post("publish/uploadnews", { articles: [article, article] });
    expect(two.errcode).toBe(45008);
    expect((await mine.post("publish/uploadnews", { articles: [] })).errcode).toBe(44003);
  });

  it("takes the same article twice", async () => {
    const { mine, control } = openArticles();
    expect((await mine.upload()).media_id).not.toBe((await mine.upload()).media_id);
    expect(control.news.list()).toHaveLength(2);
  });
});

describe("publish/*", () => {
  const NAMES = ["uploadnews", "submit", "update", "delete", "query"];

  it.each(NAMES)("%s answers what it cannot read with 44001", async (name) => {
    const { mine } = openArticles();
    const gbk = Buffer.from([0x7b, 0x22, 0xd6, 0xd0, 0x22, 0x3a, 0x31, 0x7d]);
    for (const body of ["", "{", "[]", '"a"', '{"articles":[{}],}', gbk]) {
      const { errcode, errmsg } = await mine.raw(`publish/${name}`, body);
      expect([errcode, errmsg]).toEqual([44001, expect.stringMatching(/^empty media data( |$)/)]);
    }
  });

  it.each(NAMES)("%s needs the right to 媒体API", async (name) => {
    const { mine } = openArticles({ accounts: [{ appid: APPID, mediaApi: false }] });
    expect((await mine.post(`publish/${name}`, {})).errcode).toBe(48001);
  });

  it.each(NAMES.slice(1))("%s of a media_id that is not the account's", async (name) => {
    const { mine, other, control } = openArticles();
    const { media_id } = await other.upload();
    const rest = { index: 1, msgtype: "mpnews", articles: await mine.article() };
    const errcode = async (change: object) =>
      (await mine.post(`publish/${name}`, { ...rest, ...change })).errcode;
    expect(await errcode({ media_id })).toBe(40007);
    expect(await errcode({ media_id: "x" })).toBe(40007);
    expect(await errcode({ media_id: 7 })).toBe(40007);
    expect(control.journal.entries().at(-1)).not.toHaveProperty("media_id");
    expect(await errcode({ media_id: await mine.cover() })).toBe(40007);
    expect(await errcode({ media_id: "" })).toBe(41006);
    expect(await errcode({})).toBe(41006);
  });

  it.each(NAMES.slice(1))("%s leaves the journal the media_id", async (name) => {
    const { mine, control } = openArticles();
    const { media_id } = await mine.upload();
    await mine.post(`publish/${name}`, { media_id });
    const { path, media_id: noted } = control.journal.entries().at(-1) ?? {};
    expect([path, noted]).toEqual([`/cgi-bin/publish/${name}`, media_id]);
  });
});

describe("POST /cgi-bin/publish/submit", () => {
  it("starts the review, which the clock ends well", async () => {
    const { mine, control } = openArticles({ review: { news: 60_000 } });
    const { media_id } = await mine.upload();
    const query = () => mine.post("publish/query", { media_id });
    const told = { errcode: 0, errmsg: "delete success" };
    expect(await query()).toEqual({ ...told, status: "未提交" });
    const answer = await mine.post("publish/submit", { media_id, msgtype: "mpnews" });
    expect(answer).toEqual({ errcode: 0, errmsg: "submit success" });
    expect(await query()).toEqual({ ...told, status: "审核中" });
    control.clock.advance(59_999);
    expect(await query()).toEqual({ ...told, status: "审核中" });
    control.clock.advance(1);
    const url = expect.stringMatching(
      /^http:\/\/mp\.weixin\.qq\.com\/s\?__biz=[A-Za-z0-9]+==&mid=[0-9]{9}&idx=1&sn=[0-9a-f]{32}&chksm=[0-9a-f]{72}#rd$/,
    );
    expect(await query()).toEqual({ ...told, status: "发布成功", url });
    expect(control.news.list()[0]).toMatchObject({
      status: "发布成功",
      submittedAt: START / 1000,
      pagePath: expect.stringMatching(/^\/s\?__biz=/),
    });
  });

  it("takes a second for the review by default", async () => {
    const { mine, control } = openArticles();
    const { media_id } = await mine.upload();
    await mine.post("publish/submit", { media_id, msgtype: "mpnews" });
    control.clock.advance(999);
    expect(control.news.list()[0]?.status).toBe("审核中");
    control.clock.advance(1);
    expect(control.news.list()[0]?.status).toBe("发布成功");
  });

  it("is abnormal status in every other state", async () => {
    const { mine, control } = openArticles(HOLD);
    const { media_id } = await mine.upload();
    const submit = () => mine.post("publish/submit", { media_id, msgtype: "mpnews" });
    expect((await submit()).errcode).toBe(0);
    for (const result of [undefined, "pass", "refuse"] as const) {
      if (result) control.news.review(media_id, result);
      const { errcode, errmsg } = await submit();
      expect([errcode, errmsg]).toEqual([100501, expect.stringMatching(/^abnormal status /)]);
    }
  });

  it("needs msgtype mpnews", async () => {
    const { mine, control } = openArticles();
    const { media_id } = await mine.upload();
    for (const msgtype of [undefined, "news", 1]) {
      expect((await mine.post("publish/submit", { media_id, msgtype })).errcode).toBe(40008);
    }
    expect(control.news.list()[0]?.status).toBe("未提交");
  });

  it("takes 200 a day of Asia/Shanghai, deleted ones included", async () => {
    const opened = openArticles({ now: () => Date.parse("2030-01-01T15:59:00Z"), ...HOLD });
    const { mine, other } = opened;
    const submitted = async (client = mine) => {
      const { media_id } = await client.upload();
      const submit = { media_id, msgtype: "mpnews" };
      const { errcode, errmsg } = await client.post("publish/submit", submit);
      return { media_id, errcode, errmsg };
    };
    for (let count = 1; count <= 200; count++) {
      const { media_id, errcode } = await submitted();
      expect(errcode).toBe(0);
      if (count % 2 === 0) await mine.post("publish/delete", { media_id, index: 0 });
    }
    expect(await submitted()).toMatchObject({ errcode: 45009 });
    expect(opened.control.news.list().at(-1)?.status).toBe("未提交");
    expect((await submitted(other)).errcode).toBe(0);
    await laterDay(opened, 59_999);
    expect((await submitted()).errcode).toBe(45009);
    await laterDay(opened, 1);
    expect((await submitted()).errcode).toBe(0);
    await laterDay(opened, DAY);
    expect((await submitted()).errcode).toBe(0);
  });

  it("counts no submission that is refused, and as many as newsPerDay says", async () => {
    const { mine } = openArticles({ newsPerDay: 1, ...HOLD });
    const first = (await mine.upload()).media_id;
    const second = (await mine.upload()).media_id;
    const submit = async (media_id: string, msgtype: string) =>
      (await mine.post("publish/submit", { media_id, msgtype })).errcode;
    expect(await submit(second, "news")).toBe(40008);
    expect(await submit(first, "mpnews")).toBe(0);
    expect(await submit(first, "mpnews")).toBe(100501);
    expect(await submit(second, "mpnews")).toBe(45009);
  });
});

describe("POST /cgi-bin/publish/update", () => {
  const CHANGE = { title: "新标题", content: "<script>x</script><p>新</p>", digest: "" };

  it("changes an article that is not submitted, and no other", async () => {
    const { mine, control } = openArticles(HOLD);
    const { media_id } = await mine.upload();
    const update = async () =>
      mine.post("publish/update", { media_id, index: 1, articles: await mine.article(CHANGE) });
    expect(await update()).toEqual({ errcode: 0, errmsg: "update success" });
    expect(control.news.list()[0]).toMatchObject({
      article: { title: "新标题", content: "<p>新</p>", digest: "新" },
      warnings: ["removed a script"],
    });
    await mine.post("publish/submit", { media_id, msgtype: "mpnews" });
    for (const result of [undefined, "pass", "refuse"] as const) {
      if (result) control.news.review(media_id, result);
      const { errcode, errmsg } = await update();
      expect([errcode, errmsg]).toEqual([100502, expect.stringMatching(/^invalid status /)]);
    }
  });

  it("takes one article, whose rules are those of uploadnews, and the index 1", async () => {
    const { mine, control } = openArticles();
    const { media_id } = await mine.upload();
    const article = await mine.article(CHANGE);
    const errcode = async (change: object) =>
      (await mine.post("publish/update", { media_id, index: 1, articles: article, ...change }))
        .errcode;
    for (const index of [0, 2, undefined, "1", -1]) expect(await errcode({ index })).toBe(40060);
    expect(await errcode({ articles: [article] })).toBe(44003);
    expect(await errcode({ articles: undefined })).toBe(44003);
    expect(await errcode({ articles: { ...article, title: "字".repeat(65) } })).toBe(45003);
    const json = JSON.stringify({ media_id, index: 1, articles: { ...article, title: "T" } });
    const escaped = await mine.raw("publish/update", json.replace('"T"', '"\\u6cb3"'));
    expect(escaped.errcode).toBe(0);
    expect(control.news.list()[0]?.article.title).toBe("\\u6cb3");
  });
});

describe("POST /cgi-bin/publish/delete", () => {
  it.each([0, 1])("with index %i takes the article away, in any state", async (index) => {
    const { mine, control } = openArticles(HOLD);
    for (const state of ["未提交", "审核中", "发布成功", "审核未通过"]) {
      const { media_id } = await mine.upload();
      if (state !== "未提交") await mine.post("publish/submit", { media_id, msgtype: "mpnews" });
      if (state === "发布成功") control.news.review(media_id, "pass");
      if (state === "审核未通过") control.news.review(media_id, "refuse");
      const deleted = () => mine.post("publish/delete", { media_id, index });
      expect(await deleted()).toEqual({ errcode: 0, errmsg: "delete success" });
      const [last] = control.news.list().slice(-1);
      expect([last?.status, last?.deleted, last?.pagePath]).toEqual([state, true, undefined]);
      expect((await deleted()).errcode).toBe(40007);
      expect((await mine.post("publish/query", { media_id })).errcode).toBe(40007);
      const submit = { media_id, msgtype: "mpnews" };
      expect((await mine.post("publish/submit", submit)).errcode).toBe(40007);
    }
  });

  it("with another index is 40060", async () => {
    const { mine, control } = openArticles();
    const { media_id } = await mine.upload();
    for (const index of [2, -1, undefined, "0"]) {
      expect((await mine.post("publish/delete", { media_id, index })).errcode).toBe(40060);
    }
    expect(control.news.list()[0]?.deleted).toBe(false);
  });
});

describe("control.news", () => {
  it("ends a review, in place of the clock", async () => {
    const { mine, control } = openArticles(HOLD);
    const { media_id } = await mine.upload();
    await mine.post("publish/submit", { media_id, msgtype: "mpnews" });
    control.news.review(media_id, "refuse", "标题党");
    expect(control.news.list()[0]).toMatchObject({ status: "审核未通过", reason: "标题党" });
    const refused = await mine.post("publish/query", { media_id });
    expect(refused).toEqual({ errcode: 0, errmsg: "delete success", status: "审核未通过" });
    control.news.review(media_id, "pass");
    expect(control.news.list()[0]).toMatchObject({ status: "发布成功" });
    expect(control.news.list()[0]).not.toHaveProperty("reason");
    expect((await mine.post("publish/query", { media_id })).url).toContain("/s?__biz=");
  });

  it("says what a wrong command is", async () => {
    const { mine, control } = openArticles();
    const { media_id } = await mine.upload();
    const { review } = control.news;
    expect(() => review("x", "pass")).toThrow('The publish library has no article "x".');
    expect(() => review(media_id, "pass")).toThrow("is not submitted");
    expect(() => review(media_id, "maybe" as never)).toThrow(
      'result is "maybe"; it must be one of "pass", "refuse".',
    );
    expect(() => review(media_id, "pass", 1 as never)).toThrow("reason is 1; it must be a string.");
    await mine.post("publish/delete", { media_id, index: 0 });
    expect(() => review(media_id, "pass")).toThrow("has no article");
  });

  it("lists those of all accounts, and forgets them and the day's count with a reset", async () => {
    const { mine, other, control } = openArticles({ newsPerDay: 1 });
    await mine.upload();
    const { media_id } = await other.upload();
    expect(control.news.list().map(({ appid }) => appid)).toEqual([APPID, OTHER]);
    await other.post("publish/submit", { media_id, msgtype: "mpnews" });
    control.reset();
    expect(control.news.list()).toEqual([]);
    const again = openArticles({ newsPerDay: 1 });
    again.control.reset();
    const id = (await again.mine.upload()).media_id;
    await again.mine.post("publish/submit", { media_id: id, msgtype: "mpnews" });
    again.control.reset();
    const fresh = openArticles().mine;
    expect((await fresh.upload()).errcode).toBeUndefined();
  });
});
