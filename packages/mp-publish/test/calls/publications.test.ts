import { describe, expect, it } from "vitest";
import {
  deletePublication,
  getPublication,
  getPublishedArticle,
  listPublishedArticles,
  submitPublication,
  waitForPublication,
} from "../../src/calls/publications.ts";
import { lost, recordedClient } from "./recorded.ts";

const media_id = "draft";
const article_id = "article";
const publish_id = "100000001";

describe("submitPublication", () => {
  it.each([
    ["text", "100000001", "2247483647"],
    ["number", 100000001, 2247483647],
  ])("returns ids as texts where WeChat sends a %s", async (_, publish_id, msg_data_id) => {
    const { mp, calls } = recordedClient({ errcode: 0, errmsg: "ok", publish_id, msg_data_id });
    const submitted = await submitPublication(mp, { media_id });
    expect(submitted).toEqual({ publish_id: "100000001", msg_data_id: "2247483647" });
    expect(calls).toEqual([
      { method: "POST", path: "/cgi-bin/freepublish/submit", body: { media_id } },
    ]);
  });

  it("leaves msg_data_id out where WeChat does", async () => {
    const { mp } = recordedClient({ publish_id });
    expect(await submitPublication(mp, { media_id })).toEqual({ publish_id });
  });

  it("is not repeated after a lost reply, and says where to look", async () => {
    const { mp, calls } = recordedClient(lost, { publish_id });
    await expect(submitPublication(mp, { media_id })).rejects.toMatchObject({
      code: "ERR_OUTCOME_UNKNOWN",
      step: "submitPublication",
      lookAt: expect.stringMatching(
        /发表记录.*listPublishedArticles.*still there may be under way/,
      ),
    });
    expect(calls.length).toBe(1);
  });

  it("says on 48001 that the draft stays, and where to press 发表", async () => {
    const { mp } = recordedClient({ errcode: 48001, errmsg: "api unauthorized" });
    await expect(submitPublication(mp, { media_id })).rejects.toThrow(
      /48001.*已认证.*draft stays: press 发表 .*草稿箱/,
    );
  });

  it.each([53503, 53504, 53505])("says on %i where the draft is", async (errcode) => {
    const { mp } = recordedClient({ errcode, errmsg: "该草稿未通过发布检查" });
    await expect(submitPublication(mp, { media_id })).rejects.toThrow(/draft stays.*草稿箱/);
  });
});

describe("getPublication", () => {
  it("returns a published one", async () => {
    const article_detail = {
      count: 1,
      item: [{ idx: 1, article_url: "https://mp.weixin.qq.com/s/a" }],
    };
    const { mp, calls } = recordedClient({
      publish_id: 100000001,
      publish_status: 0,
      article_id,
      article_detail,
      fail_idx: [],
    });
    const publication = await getPublication(mp, { publish_id: 100000001 });
    expect(publication).toEqual({
      publish_id,
      publish_status: 0,
      article_id,
      article_detail,
      fail_idx: [],
    });
    expect(calls[0]).toMatchObject({ path: "/cgi-bin/freepublish/get", body: { publish_id } });
  });

  it("returns one under way, with what little WeChat sends", async () => {
    const { mp } = recordedClient({ publish_status: 1 });
    const publication = await getPublication(mp, { publish_id });
    expect(publication).toEqual({ publish_id, publish_status: 1, fail_idx: [] });
  });

  it("reads a status that WeChat writes as a string", async () => {
    const { mp } = recordedClient({ publish_id, publish_status: "1" });
    expect((await getPublication(mp, { publish_id })).publish_status).toBe(1);
  });

  it.each([undefined, "", "soon", null])(
    "refuses the publish_status %j",
    async (publish_status) => {
      const { mp } = recordedClient({ publish_id, publish_status });
      await expect(getPublication(mp, { publish_id })).rejects.toMatchObject({ code: "ERR_REPLY" });
    },
  );

  it.each([undefined, ""])("refuses the publish_id %j", async (id) => {
    const { mp } = recordedClient({ publish_status: 1 });
    await expect(getPublication(mp, { publish_id: id as string })).rejects.toThrow(TypeError);
  });
});

describe("waitForPublication", () => {
  it("looks until it is published", async () => {
    // The sample of a publication under way has fail_idx: [1], which means nothing.
    const { mp, calls } = recordedClient(
      { publish_id, publish_status: 1, fail_idx: [1] },
      { publish_id, publish_status: 0, article_id },
    );
    const seen: number[] = [];
    const publication = await waitForPublication(
      mp,
      { publish_id },
      { onStatus: ({ publish_status }) => seen.push(publish_status) },
    );
    expect(publication).toMatchObject({ publish_status: 0, article_id });
    expect(seen).toEqual([1, 0]);
    expect(calls.length).toBe(2);
  });

  it.each([
    [
      2,
      /was refused as an original \(原创\) \(status 2\)\. Articles refused, counted from 1: 1, 2\./,
    ],
    [3, /failed \(status 3\)\. Articles that fail_idx names, counted from 1: 1, 2\.$/],
    [4, /did not pass the review \(status 4\)\. Articles refused/],
    [5, /account has deleted its articles .* names, counted from 1: 1, 2\.$/],
    [6, /banned .* 1, 2\.$/],
    [7, /does not list .* 1, 2\.$/],
  ])("stops at %i", async (publish_status, message) => {
    const { mp } = recordedClient({ publish_id, publish_status, fail_idx: [1, 2] });
    const error = await waitForPublication(mp, { publish_id }).catch((thrown: unknown) => thrown);
    const told = { code: "ERR_REVIEW", status: publish_status, fail_idx: [1, 2] };
    expect(error).toMatchObject(told);
    expect((error as Error).message).toMatch(message);
  });
});

describe("what has been published", () => {
  it("is deleted by an index that counts from 1", async () => {
    const { mp, calls } = recordedClient({ errcode: 0 });
    await deletePublication(mp, { article_id, index: 2 });
    expect(calls[0]).toMatchObject({
      path: "/cgi-bin/freepublish/delete",
      body: { article_id, index: 2 },
    });
  });

  it("is deleted as a whole only where that is said", async () => {
    const { mp, calls } = recordedClient({ errcode: 0 });
    await expect(deletePublication(mp, { article_id })).rejects.toThrow(/option deleteAll to true/);
    await expect(deletePublication(mp, { article_id, index: 0 })).rejects.toThrow(RangeError);
    expect(calls).toEqual([]);
    await deletePublication(mp, { article_id }, { deleteAll: true });
    expect(calls[0]).toMatchObject({ body: { article_id, index: 0 } });
  });

  it.each([-1, 1.5, "1", null])("is not deleted by the index %j", async (index) => {
    const { mp, calls } = recordedClient({ errcode: 0 });
    const deletion = deletePublication(
      mp,
      { article_id, index: index as number },
      { deleteAll: true },
    );
    await expect(deletion).rejects.toThrow(RangeError);
    expect(calls).toEqual([]);
  });

  it("is given by its article_id", async () => {
    const { mp, calls } = recordedClient({ news_item: [{ title: "灯笼街", is_deleted: false }] });
    const { news_item } = await getPublishedArticle(mp, { article_id });
    expect(news_item[0]?.title).toBe("灯笼街");
    expect(calls[0]).toMatchObject({
      path: "/cgi-bin/freepublish/getarticle",
      body: { article_id },
    });
  });

  it("is listed", async () => {
    const { mp, calls } = recordedClient({ total_count: 0, item_count: 0, item: [] });
    await listPublishedArticles(mp, { offset: 0, count: 1 });
    expect(calls[0]).toMatchObject({
      path: "/cgi-bin/freepublish/batchget",
      body: { offset: 0, count: 1, no_content: 0 },
    });
  });
});
