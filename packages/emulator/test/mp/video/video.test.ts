import { describe, expect, it } from "vitest";
import { createEmulator, videoEndpoints } from "../../../src/index.ts";
import { APPID, OTHER } from "../mp-client.ts";
import { blockOf, DETAILS, json, MIB, openVideo, PATH, sha1, videoBytes } from "./video-client.ts";

const SMALL = videoBytes(1000);
const THREE = videoBytes(2 * MIB + 5);

describe("a video in blocks", () => {
  it("goes from init to query_status in the shapes of 媒体API文档", async () => {
    const { video, control } = openVideo({ now: () => 1_800_000_000_000 });
    const started = await video.init(THREE);
    expect(started).toEqual({ ret: 0, vid: expect.stringMatching(/^wxv_[1-9][0-9]{17}$/) });
    const { vid } = started;
    for (const number of [1, 2, 3]) {
      expect(await video.block(vid, number, blockOf(THREE, number))).toEqual({ ret: 0 });
    }
    expect(await video.finish(vid)).toEqual({ ret: 0 });
    const saved = await video.save(vid);
    expect(saved).toEqual({ ret: 0, media_id: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) });
    expect(await video.status(saved.media_id)).toEqual({
      status: 4,
      ori_status: 0,
      mp_video_fail_detail_wording: "transing",
      vid,
    });
    expect(control.videos.list()).toEqual([
      {
        appid: APPID,
        vid,
        media_id: saved.media_id,
        mediaIds: [saved.media_id],
        filename: "a.mp4",
        size: THREE.length,
        sha1: sha1(THREE),
        receivedSha1: sha1(THREE),
        finished: true,
        blocks: [1, 2, 3].map((part_num) => ({
          part_num,
          size: blockOf(THREE, part_num).length,
          sha1: sha1(blockOf(THREE, part_num)),
          timesReceived: 1,
        })),
        details: DETAILS,
        status: 4,
        wording: "transing",
      },
    ]);
    expect(saved.media_id.slice(0, 22)).toBe((await video.save(vid)).media_id.slice(0, 22));
  });

  it("leaves the journal action, vid, part_num, media_id and repetitions", async () => {
    const { video, control } = openVideo();
    const { vid } = await video.init(SMALL);
    await video.block(vid, 1, SMALL);
    await video.block(vid, 1, SMALL);
    await video.block(vid, "x", SMALL);
    await video.finish(vid);
    const { media_id } = await video.save(vid);
    await video.status(media_id);
    const entries = control.journal.entries().filter(({ path }) => path === PATH);
    const told = entries.map(({ action, vid, part_num, media_id, repeated, fileBytes, code }) => ({
      ...{ action, vid, part_num, media_id, repeated, fileBytes, code },
    }));
    expect(JSON.parse(JSON.stringify(told))).toEqual([
      { action: "init_upload", vid },
      { action: "upload_block", vid, part_num: 1, fileBytes: 1000 },
      { action: "upload_block", vid, part_num: 1, fileBytes: 1000, repeated: true },
      { action: "upload_block", vid, fileBytes: 1000, code: "100103" },
      { action: "upload_finish", vid },
      { action: "save_video", vid, media_id },
      { action: "query_status", vid, media_id },
    ]);
    expect(entries[0]?.filename).toBe("a.mp4");
  });

  it("has every call in the table of evidence, and each needs the right to 媒体API", async () => {
    const { video, control } = openVideo({ accounts: [{ appid: APPID, mediaApi: false }] });
    for (const { action = "", requires, evidence } of videoEndpoints) {
      const sent = await video.mp.api(PATH, { method: "POST", query: { action }, body: "{}" });
      expect([action, json(sent).errcode]).toEqual([action, 48001]);
      expect([requires, evidence.errors]).toEqual(["mediaApi", "assumed"]);
    }
    expect(videoEndpoints).toHaveLength(5);
    control.seed({ accounts: [{ appid: APPID, mediaApi: true }] });
    expect((await video.init(SMALL)).ret).toBe(0);
  });

  it("answers token problems in the envelope of errcode, and an unknown action with ret", async () => {
    const { video, control } = openVideo();
    const { vid } = await video.init(SMALL);
    const unknown = await video.mp.api(PATH, { method: "POST", query: { action: "upload" } });
    expect(json(unknown)).toMatchObject({ ret: 100001 });
    expect(json(unknown).errmsg).toMatch(/^invalid action hint: \[\w+\] rid: [0-9a-f-]+$/);
    expect(control.journal.entries().at(-1)?.rid).toBe(json(unknown).errmsg.split("rid: ")[1]);
    control.tokens.kill(APPID);
    expect((await video.block(vid, 1, SMALL)).errcode).toBe(40001);
    const got = await video.mp.api(PATH, { query: { action: "init_upload" } });
    expect(got.errcode).toBe(43002);
  });
});

describe("init_upload", () => {
  it.each([
    [{ filename: "" }, 100002],
    [{ filename: 1 }, 100002],
    [{ filesha: "abc" }, 100003],
    [{ filesha: undefined }, 100003],
    [{ filesize: 0 }, 100004],
    [{ filesize: -1 }, 100004],
    [{ filesize: 1.5 }, 100004],
    [{ filesize: "1000" }, 100004],
    [{ filesize: null }, 100004],
    [{ filesize: 2 ** 31 + 1 }, 100005],
  ])("with %j is %i", async (change, ret) => {
    expect((await openVideo().video.init(SMALL, change)).ret).toBe(ret);
  });

  it("takes 2 GiB, a digest of any case, and JSON as any Content-Type", async () => {
    const { video, control } = openVideo();
    const filesha = sha1(SMALL).toUpperCase();
    expect((await video.init(SMALL, { filesize: 2 ** 31, filesha })).ret).toBe(0);
    expect(control.videos.list()[0]).toMatchObject({ size: 2 ** 31, sha1: sha1(SMALL) });
    const sent = await video.mp.api(PATH, {
      method: "POST",
      query: { action: "init_upload" },
      body: JSON.stringify({ filename: "a.mp4", filesha, filesize: 1 }),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(json(sent).ret).toBe(0);
  });

  it.each(["", "{", "[]", "filename=a", "\xff"])("answers the body %j with 44001", async (body) => {
    const { video } = openVideo();
    for (const action of ["init_upload", "save_video"]) {
      const bytes = Buffer.from(body, "latin1");
      const sent = await video.mp.api(PATH, { method: "POST", query: { action }, body: bytes });
      expect(json(sent)).toMatchObject({ errcode: 44001 });
      expect(json(sent).errmsg).toContain("empty media data");
    }
  });
});

describe("upload_block", () => {
  it("takes a digest of any case, and blocks in any order", async () => {
    const { video } = openVideo();
    const { vid } = await video.init(THREE, { filesha: sha1(THREE).toUpperCase() });
    for (const number of [3, 1, 2]) {
      const block = blockOf(THREE, number);
      expect((await video.block(vid, number, block, sha1(block).toUpperCase())).ret).toBe(0);
    }
    expect((await video.finish(vid)).ret).toBe(0);
  });

  it("takes all blocks at once", async () => {
    const { video } = openVideo({ storage: "digests" });
    const { vid } = await video.init(THREE);
    await Promise.all([2, 3, 1].map((number) => video.block(vid, number, blockOf(THREE, number))));
    expect((await video.finish(vid)).ret).toBe(0);
  });

  it.each(["0", "4", "-1", "1.5", "01", "", "a", "99999999999999999999"])(
    "with part_num %j is 100103",
    async (number) => {
      const { video } = openVideo();
      const { vid } = await video.init(THREE);
      const answer = await video.block(vid, number, blockOf(THREE, 1));
      expect(answer.ret).toBe(100103);
      expect(answer.errmsg).toMatch(/^invalid part_num: it must be from 1 to 3 /);
    },
  );

  it.each([
    [1, 0, 100106],
    [1, 1, 100108],
    [1, MIB - 1, 100108],
    [1, MIB + 1, 100107],
    [2, 5, 100108],
    [3, 4, 100108],
    [3, 6, 100108],
    [3, MIB, 100108],
  ])("number %i of %i bytes is %i", async (number, size, ret) => {
    const { video, control } = openVideo();
    const { vid } = await video.init(THREE);
    expect((await video.block(vid, number, videoBytes(size))).ret).toBe(ret);
    expect(control.videos.list()[0]?.blocks).toEqual([]);
  });

  it("is the whole file where that is exactly 1 MiB", async () => {
    const { video } = openVideo();
    const bytes = videoBytes(MIB);
    expect(await video.finish(await video.upload(bytes))).toMatchObject({ ret: 100204 });
    const { vid } = await video.init(bytes);
    expect((await video.block(vid, 2, videoBytes(1))).ret).toBe(100103);
  });

  it("with another digest than its bytes is 100109, with none 100105", async () => {
    const { video, control } = openVideo();
    const { vid } = await video.init(SMALL);
    expect((await video.block(vid, 1, SMALL, sha1(THREE))).ret).toBe(100109);
    expect((await video.block(vid, 1, SMALL, "")).ret).toBe(100105);
    expect((await video.block(vid, 1, SMALL, `${sha1(SMALL)}0`)).ret).toBe(100105);
    expect(control.videos.list()[0]?.blocks).toEqual([]);
  });

  it("of another account's vid, or of none, is 100101", async () => {
    const { video, other } = openVideo();
    const { vid } = await video.init(SMALL);
    for (const unknown of ["", "wxv_1", "wxv_123456789012345678"]) {
      expect((await video.block(unknown, 1, SMALL)).ret).toBe(100101);
    }
    expect((await other.block(vid, 1, SMALL)).ret).toBe(100101);
    expect((await other.finish(vid)).ret).toBe(100101);
    expect((await other.save(vid)).ret).toBe(100101);
    expect((await video.block(vid, 1, SMALL)).ret).toBe(0);
  });

  it("that comes again takes the place of the first", async () => {
    for (const storage of ["memory", "digests"] as const) {
      const { video, control } = openVideo({ storage });
      const { vid } = await video.init(THREE);
      await video.block(vid, 1, blockOf(videoBytes(THREE.length, 7), 1));
      for (const number of [1, 2, 3]) await video.block(vid, number, blockOf(THREE, number));
      const [first] = control.videos.list()[0]?.blocks ?? [];
      expect(first).toMatchObject({ timesReceived: 2, sha1: sha1(blockOf(THREE, 1)) });
      expect((await video.finish(vid)).ret).toBe(0);
      const { receivedSha1 } = control.videos.list()[0] ?? {};
      expect(receivedSha1).toBe(storage === "memory" ? sha1(THREE) : undefined);
    }
  });

  it("is refused out of order where outOfOrderBlocks says so", async () => {
    const { video } = openVideo({ outOfOrderBlocks: "refuse" });
    const { vid } = await video.init(THREE);
    const early = await video.block(vid, 2, blockOf(THREE, 2));
    expect(early).toMatchObject({ ret: 100104 });
    expect(early.errmsg).toContain("part_num 1 comes first");
    for (const number of [1, 1, 2, 3]) {
      expect((await video.block(vid, number, blockOf(THREE, number))).ret).toBe(0);
    }
  });

  it("may be smaller where smallBlocks is set", async () => {
    const { video } = openVideo({ smallBlocks: "accept" });
    const bytes = videoBytes(MIB + 10);
    const { vid } = await video.init(bytes);
    const cuts = [0, 10, 500_000, MIB, MIB + 10];
    for (const number of [1, 2, 3, 4]) {
      const block = bytes.subarray(cuts[number - 1], cuts[number]);
      expect((await video.block(vid, number, block)).ret).toBe(0);
    }
    expect((await video.block(vid, 1, videoBytes(MIB + 1))).ret).toBe(100107);
    expect((await video.block(vid, 5, videoBytes(0))).ret).toBe(100106);
    expect((await video.finish(vid)).ret).toBe(0);
    const { vid: longer } = await video.init(SMALL);
    for (const number of [1, 2]) await video.block(longer, number, videoBytes(600));
    expect((await video.block(longer, 3, videoBytes(1001))).ret).toBe(100108);
    const answer = await video.finish(longer);
    expect(answer.ret).toBe(100202);
    expect(answer.errmsg).toContain("1200 of 1000 bytes");
  });
});

describe("upload_finish", () => {
  it("names the first block that is missing", async () => {
    const { video } = openVideo();
    const { vid } = await video.init(THREE);
    expect((await video.finish(vid)).errmsg).toMatch(/^block missing: 1 /);
    await video.block(vid, 1, blockOf(THREE, 1));
    await video.block(vid, 3, blockOf(THREE, 3));
    const answer = await video.finish(vid);
    expect(answer.ret).toBe(100201);
    expect(answer.errmsg).toMatch(/^block missing: 2 /);
    await video.block(vid, 2, blockOf(THREE, 2));
    expect((await video.finish(vid)).ret).toBe(0);
  });

  it("names a gap between smaller blocks", async () => {
    const { video } = openVideo({ smallBlocks: "accept" });
    const { vid } = await video.init(SMALL);
    for (const number of [1, 3]) await video.block(vid, number, videoBytes(500));
    expect((await video.finish(vid)).errmsg).toMatch(/^block missing: 2 /);
  });

  it("compares the whole with filesha, and may come again when it is put right", async () => {
    for (const storage of ["memory", "digests"] as const) {
      const { video, control } = openVideo({ storage });
      const { vid } = await video.init(THREE, { filesha: sha1(SMALL) });
      for (const number of [1, 2, 3]) await video.block(vid, number, blockOf(THREE, number));
      expect((await video.finish(vid)).ret).toBe(100203);
      expect((await video.finish(vid)).ret).toBe(100203);
      expect(control.videos.list()[0]).toMatchObject({ finished: false });
      expect((await video.save(vid)).ret).toBe(100301);
    }
    const { video } = openVideo();
    const { vid } = await video.init(SMALL);
    await video.block(vid, 1, videoBytes(1000, 9));
    expect((await video.finish(vid)).ret).toBe(100203);
    await video.block(vid, 1, SMALL);
    expect((await video.finish(vid)).ret).toBe(0);
  });

  it("is refused a second time, unless finishTwice says otherwise; blocks are refused after it", async () => {
    const { video } = openVideo();
    const vid = await video.upload(SMALL);
    expect((await video.finish(vid)).ret).toBe(100204);
    expect((await video.block(vid, 1, SMALL)).ret).toBe(100102);
    expect((await video.block(vid, 9, SMALL)).ret).toBe(100102);
    const lenient = openVideo({ finishTwice: "accept" }).video;
    expect(await lenient.finish(await lenient.upload(SMALL))).toEqual({ ret: 0 });
  });
});

describe("a block that is hashed while upload_finish comes", () => {
  it("comes too late", async () => {
    const { video } = openVideo();
    const bytes = videoBytes(MIB);
    const { vid } = await video.init(bytes);
    await video.block(vid, 1, bytes);
    const [late, finished] = await Promise.all([video.block(vid, 1, bytes), video.finish(vid)]);
    expect([late.ret, finished.ret]).toEqual([100102, 0]);
  });
});

describe("save_video", () => {
  it.each([
    [{ title: "" }, 100302],
    [{ title: " " }, 100302],
    [{ title: undefined }, 100302],
    [{ title: 5 }, 100302],
    [{ declare_ori: 2 }, 100303],
    [{ declare_ori: "1" }, 100303],
    [{ declare_ori: undefined }, 100303],
    [{ newcat: "" }, 100304],
    [{ newsbcat: undefined }, 100304],
    [{ newsbcat: " " }, 100304],
    [{ tags: ["1", "2", "3", "4", "5", "6"] }, 100305],
    [{ tags: "1,2,3,4,5，6" }, 100305],
    [{ tags: [1] }, 100306],
    [{ tags: {} }, 100306],
    [{ video_desc: 1 }, 100307],
    [{ cover_url: null }, 100307],
    [{ content: "wxv_1" }, 100101],
    [{ content: undefined }, 100101],
    [{ content: 7 }, 100101],
  ])("with %j is %i", async (change, ret) => {
    const { video, control } = openVideo();
    const vid = await video.upload(SMALL);
    expect((await video.save(vid, change)).ret).toBe(ret);
    expect(control.videos.list()[0]?.mediaIds).toEqual([]);
  });

  it.each([
    { tags: ["1", "2", "3", "4", "5"] },
    { tags: "1,2,3,4,5" },
    { tags: undefined },
    { declare_ori: 1, newcat: 3, newsbcat: 4 },
    { video_desc: undefined, cover_url: undefined },
  ])("takes %j", async (change) => {
    const { video } = openVideo();
    expect((await video.save(await video.upload(SMALL), change)).ret).toBe(0);
  });

  it("before upload_finish is 100301", async () => {
    const { video } = openVideo();
    const { vid } = await video.init(SMALL);
    await video.block(vid, 1, SMALL);
    expect((await video.save(vid)).ret).toBe(100301);
  });

  it("twice answers another media_id, the same, or a refusal, as saveTwice says", async () => {
    const saves = async (saveTwice?: "new" | "same" | "refuse") => {
      const { video, control } = openVideo(saveTwice && { saveTwice });
      const vid = await video.upload(SMALL);
      const first = await video.save(vid);
      const second = await video.save(vid);
      return { first, second, stored: control.videos.list()[0]?.mediaIds };
    };
    const fresh = await saves();
    expect(fresh.second.media_id).not.toBe(fresh.first.media_id);
    expect(fresh.stored).toEqual([fresh.first.media_id, fresh.second.media_id]);
    const same = await saves("same");
    expect(same.second).toEqual(same.first);
    const refused = await saves("refuse");
    expect(refused.second.ret).toBe(100308);
    expect(refused.stored).toEqual([refused.first.media_id]);
  });
});

describe("query_status", () => {
  it("goes from transcoding through review to a pass, by the clock", async () => {
    const { video, control } = openVideo({ review: { transcoding: 60_000, video: 120_000 } });
    const { media_id } = await video.save(await video.upload(SMALL), { declare_ori: 1 });
    const now = async () => {
      const {
        status,
        mp_video_fail_detail_wording: wording,
        ori_status,
      } = await video.status(media_id);
      return [status, wording, ori_status];
    };
    expect(await now()).toEqual([4, "transing", 1]);
    control.clock.advance(59_999);
    expect(await now()).toEqual([4, "transing", 1]);
    control.clock.advance(1);
    expect(await now()).toEqual([0, "checking", 1]);
    control.clock.advance(120_000);
    expect(await now()).toEqual([3, "check pass", 1]);
  });

  it("takes a second for each by default", async () => {
    const { video, control } = openVideo();
    const { media_id } = await video.save(await video.upload(SMALL));
    control.clock.advance(1999);
    expect((await video.status(media_id)).status).toBe(0);
    control.clock.advance(1);
    expect((await video.status(media_id)).status).toBe(3);
  });

  it("waits for a command where the time is Infinity, and goes through no state of 0 ms", async () => {
    const { video, control } = openVideo({ review: { transcoding: 0, video: Infinity } });
    const { media_id } = await video.save(await video.upload(SMALL));
    control.clock.advance(7e6);
    expect((await video.status(media_id)).status).toBe(0);
  });

  it.each([
    [0, "checking"],
    [2, "check fail"],
    [3, "check pass"],
    [4, "transing"],
    [5, "trans fail"],
    [9, "forbid"],
    [10, "delete"],
    [7, ""],
    [-3, ""],
  ])("answers status %i on command, whose text is %j", async (status, wording) => {
    const { video, control } = openVideo();
    const vid = await video.upload(SMALL);
    const { media_id } = await video.save(vid);
    control.videos.setStatus(media_id, status);
    const answer = { status, ori_status: 0, mp_video_fail_detail_wording: wording, vid };
    control.clock.advance(7e6);
    expect(await video.status(media_id)).toEqual(answer);
    expect(control.videos.list()[0]).toMatchObject({ status, wording });
    control.videos.setStatus(media_id, status, "内容违规", 2);
    expect(await video.status(media_id)).toEqual({
      ...answer,
      ori_status: 2,
      mp_video_fail_detail_wording: "内容违规",
    });
  });

  it("of a vid, of another account's or of no media_id is 100401", async () => {
    const { video, other } = openVideo();
    const vid = await video.upload(SMALL);
    const { media_id } = await video.save(vid);
    for (const unknown of [vid, "", "x"]) expect((await video.status(unknown)).ret).toBe(100401);
    expect((await other.status(media_id)).ret).toBe(100401);
  });
});

describe("control.videos", () => {
  it("lists unfinished uploads of all accounts, and forgets them with a reset", async () => {
    const { video, other, control } = openVideo();
    const { vid } = await video.init(SMALL);
    const { vid: second } = await other.init(THREE);
    const listed = control.videos.list();
    expect(listed.map(({ appid, vid, finished }) => [appid, vid, finished])).toEqual([
      [APPID, vid, false],
      [OTHER, second, false],
    ]);
    expect(listed[0]).not.toHaveProperty("media_id");
    expect(listed[0]).not.toHaveProperty("receivedSha1");
    control.reset();
    expect(control.videos.list()).toEqual([]);
    expect((await video.block(vid, 1, SMALL)).errcode).toBe(40001);
  });

  it("says what a wrong command is", async () => {
    const { video, control } = openVideo();
    const { media_id } = await video.save(await video.upload(SMALL));
    const set = control.videos.setStatus;
    expect(() => set("x", 3)).toThrow('No video was saved as "x"; save_video answers a media_id.');
    expect(() => set(media_id, 1.5)).toThrow("it must be a whole number");
    expect(() => set(media_id, "3" as never)).toThrow(TypeError);
    expect(() => set(media_id, 3, 4 as never)).toThrow("wording is 4; it must be a string.");
    expect(() => set(media_id, 3, "", 0.5)).toThrow("ori_status is 0.5");
  });

  it.each([
    [{ finishTwice: "maybe" }, "finishTwice"],
    [{ saveTwice: "no" }, "saveTwice"],
    [{ smallBlocks: true }, "smallBlocks"],
    [{ review: { video: -1 } }, "review.video is -1"],
    [{ review: { news: "1" } }, 'review.news is "1"; it must be'],
    [{ review: { film: 1 } }, 'review has no "film"'],
  ])("%j is no option", (options, text) => {
    expect(() => createEmulator(options as never)).toThrow(text);
  });
});

describe("faults", () => {
  it("strike calls about videos by their action", async () => {
    const { video, control } = openVideo();
    const { vid } = await video.init(SMALL);
    const match = { action: "upload_block" };
    control.faults.add({ kind: "mp-error", errcode: -1, match });
    control.faults.add({ kind: "status", status: 502, match });
    control.faults.add({ kind: "reply-json", body: { ret: 5 }, match });
    expect((await video.finish(vid)).ret).toBe(100201);
    expect((await video.block(vid, 1, SMALL)).errcode).toBe(-1);
    const block = { method: "POST", query: { action: "upload_block", vid }, body: SMALL };
    expect((await video.mp.api(PATH, block)).status).toBe(502);
    expect(await video.block(vid, 1, SMALL)).toEqual({ ret: 5 });
    expect(control.videos.list()[0]?.blocks).toEqual([]);
  });

  it("cut a call before or behind its work", async () => {
    const { video, control } = openVideo();
    const { vid } = await video.init(SMALL);
    const times = () => control.videos.list()[0]?.blocks.map(({ timesReceived }) => timesReceived);
    control.faults.add({ kind: "cut", at: "request", match: { action: "upload_block" } });
    await expect(video.block(vid, 1, SMALL)).rejects.toThrow("closed");
    expect(times()).toEqual([]);
    control.faults.add({ kind: "cut", at: "before", match: { action: "upload_block" }, skip: 1 });
    await video.block(vid, 1, SMALL);
    await expect(video.block(vid, 1, SMALL)).rejects.toThrow("closed");
    expect(times()).toEqual([2]);
    control.faults.add({ kind: "cut", match: { path: PATH, action: "save_video" } });
    await video.finish(vid);
    await expect(video.save(vid)).rejects.toThrow("closed");
    expect(control.videos.list()[0]?.mediaIds).toHaveLength(1);
  });
});
