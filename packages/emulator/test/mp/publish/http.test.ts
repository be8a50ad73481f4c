import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { publishEndpoints, videoEndpoints } from "../../../src/index.ts";
import { type RunningEmulator, startEmulator } from "../../../src/node.ts";
import { APPID, mpClient } from "../mp-client.ts";
import { blockOf, MIB, PATH, sha1, videoBytes, videoClient } from "../video/video-client.ts";
import { type ArticleClient, articleClient } from "./article-client.ts";

let emulator: RunningEmulator;
let articles: ArticleClient;
beforeAll(async () => {
  emulator = await startEmulator({ port: 0, storage: "digests", cors: true });
});
afterAll(() => emulator.close());
beforeEach(() => {
  emulator.control.reset();
  articles = articleClient(mpClient(fetch, { origin: emulator.baseUrl }));
});

const control = async (path: string, body?: unknown) => {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(`${emulator.baseUrl}/_emulator/${path}`, init);
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
};

describe("videos over HTTP", () => {
  it("go through in blocks, hashed as they come", async () => {
    const video = videoClient(articles.mp);
    const bytes = videoBytes(5 * MIB + 3);
    const { vid } = await video.init(bytes);
    await Promise.all(
      [6, 2, 3, 1, 5, 4].map((number) => video.block(vid, number, blockOf(bytes, number))),
    );
    expect((await video.finish(vid)).ret).toBe(0);
    const { media_id } = await video.save(vid);
    expect(emulator.control.videos.list()[0]).toMatchObject({ receivedSha1: sha1(bytes) });
    const set = { media_id, status: 2, wording: "违规", ori_status: 2 };
    const { status, json } = await control("videos", set);
    expect([status, json]).toEqual([200, { videos: emulator.control.videos.list() }]);
    expect(await video.status(media_id)).toEqual({
      vid,
      status: 2,
      mp_video_fail_detail_wording: "违规",
      ori_status: 2,
    });
    expect((await control("videos")).json).toEqual({ videos: emulator.control.videos.list() });
    expect((await control("videos", { media_id, statuss: 2 })).status).toBe(400);
    expect((await control("videos", { media_id: "x", status: 2 })).status).toBe(400);
  });

  it("may be finished again after a digest that was wrong, with Node's own SHA-1", async () => {
    const video = videoClient(articles.mp);
    const bytes = videoBytes(10);
    const { vid } = await video.init(bytes, { filesha: sha1(videoBytes(11)) });
    await video.block(vid, 1, bytes);
    expect((await video.finish(vid)).ret).toBe(100203);
    expect((await video.finish(vid)).ret).toBe(100203);
  });

  it("are refused in chunks: 412", async () => {
    const { access_token } = (await articles.mp.stable()).json;
    const query = new URLSearchParams({ action: "upload_block", access_token });
    const response = await fetch(`${emulator.baseUrl}${PATH}?${query}`, {
      method: "POST",
      body: new Blob(["a"]).stream(),
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(412);
  });
});

describe("articles over HTTP", () => {
  it("have their page and pictures at the emulator's own origin", async () => {
    const picture = await articles.picture();
    const content = `<p>正文</p><img src="${picture}">`;
    const { media_id } = await articles.upload({ content });
    await articles.post("publish/submit", { media_id, msgtype: "mpnews" });
    const listed = (await control("news")).json["news"];
    expect(listed).toEqual(JSON.parse(JSON.stringify(emulator.control.news.list())));
    await control("news", { media_id, result: "refuse", reason: "不行" });
    expect(emulator.control.news.list()[0]).toMatchObject({ status: "审核未通过", reason: "不行" });
    await control("news", { media_id, result: "pass" });
    const { url } = await articles.post("publish/query", { media_id });
    expect(new URL(url).origin).toBe(emulator.baseUrl);
    const html = await (await fetch(url)).text();
    const [, path = ""] = /<img src="([^"]*)"/.exec(html) ?? [];
    expect((await fetch(new URL(path, url))).headers.get("content-type")).toBe("image/png");
    expect((await control("news", { media_id, result: "no" })).status).toBe(400);
    expect((await control("news", { media_id, review: "pass" })).status).toBe(400);
  });

  it("are steered as drafts and publications", async () => {
    const { media_id } = await articles.draft();
    expect((await control("drafts")).json["drafts"]).toMatchObject([{ media_id, appid: APPID }]);
    const submitted = await articles.post("freepublish/submit", { media_id });
    const publish_id = String(submitted.publish_id);
    expect((await control("publications")).json["publications"]).toMatchObject([
      { publish_id, status: 1 },
    ]);
    const { json } = await control("publications", { publish_id, status: 2, fail_idx: [1] });
    expect(json["publications"]).toMatchObject([{ publish_id, status: 2, fail_idx: [1] }]);
    expect((await control("publications", { publish_id, state: 2 })).status).toBe(400);
    expect((await control("publications", { publish_id: "0", status: 2 })).status).toBe(400);
    expect((await control("drafts", {})).status).toBe(405);
  });

  it("have their calls in the list of routes", async () => {
    const response = await fetch(`${emulator.baseUrl}/_emulator`);
    const { api } = (await response.json()) as { api: unknown[] };
    for (const call of [...videoEndpoints, ...publishEndpoints]) expect(api).toContainEqual(call);
  });

  it("are struck by faults, as all calls are", async () => {
    const { media_id } = await articles.draft();
    const faults = [
      { kind: "cut", at: "before", match: { path: "/cgi-bin/freepublish/submit" } },
      { kind: "delay", ms: 1, match: { path: "/cgi-bin/draft/*" } },
      { kind: "cut", at: "request", match: { path: "/cgi-bin/draft/delete" } },
      { kind: "truncated", match: { path: "/cgi-bin/publish/uploadnews" } },
    ];
    expect((await control("faults", { faults })).status).toBe(200);
    await expect(articles.post("freepublish/submit", { media_id })).rejects.toThrow();
    expect(emulator.control.publications.list()).toHaveLength(1);
    await expect(articles.post("draft/delete", { media_id })).rejects.toThrow();
    expect(emulator.control.drafts.list()).toHaveLength(1);
    await expect(articles.upload()).rejects.toThrow();
    expect(emulator.control.news.list()).toHaveLength(1);
    const struck = emulator.control.journal.entries().flatMap(({ fault }) => fault ?? []);
    expect(struck).toEqual(["cut", "delay+cut", "truncated"]);
  });
});
