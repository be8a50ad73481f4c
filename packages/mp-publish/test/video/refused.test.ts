// What WeChat refuses of a chunked video, and what is refused before it is asked.

import type { Fault } from "@wechat-edge/emulator";
import {
  finishVideoUpload,
  initVideoUpload,
  saveVideo,
  uploadVideoBlock,
  uploadVideoMaterial,
  type VideoDetails,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure, mpScripted } from "../../../../test/support/mp.ts";
import {
  details,
  expectWhole,
  MIB,
  readable,
  sha1Of,
  videoBytes,
  videoInProcess,
} from "../../../../test/support/video.ts";

const REQUESTS = ["token", "init", "block 1", "block 2", "finish", "save"];
/** Each action, the request that it is, the phase of the checkpoint when WeChat refuses it, and the rule that says so. */
const ACTIONS = [
  ["init_upload", "init", undefined, "[publish.21]"],
  ["upload_block", "block 1", "upload", "[publish.25]"],
  ["upload_finish", "finish", "finish", "[publish.25]"],
  ["save_video", "save", "finished", "[publish.30]"],
] as const;
const bytes = videoBytes(MIB + 3);
const file = new File([bytes], "film.mp4");

describe("a ret that is not 0", () => {
  for (const [action, request, phase, rule] of ACTIONS) {
    it(`${rule} in ${action}: an error, not repeated, and a later run goes on`, async () => {
      const { mp, emulator, keep, calls, checkpoints, videos } = videoInProcess();
      const body = { ret: 20_001, errmsg: "system maintenance" };
      emulator.control.faults.add({ kind: "reply-json", body, match: { action } });
      const error = await failure(uploadVideoMaterial(mp, details, file, keep));
      expect(error).toMatchObject({
        name: "MpApiError",
        errcode: 20_001,
        errmsg: "system maintenance",
        endpoint: `/cgi-bin/material/upload_video?action=${action}`,
      });
      const at = REQUESTS.indexOf(request);
      expect(calls()).toEqual(REQUESTS.slice(0, at + 1));
      const checkpoint = checkpoints.at(-1);
      expect(checkpoint?.phase).toBe(phase);
      await uploadVideoMaterial(mp, details, file, { checkpoint, ...keep });
      expect(calls().slice(at + 1)).toEqual(REQUESTS.slice(at));
      await expectWhole(videos(), bytes);
    });
  }

  it("of -1 is tried again, but not the save", async () => {
    for (const [action] of ACTIONS.slice(0, -1)) {
      const { mp, emulator, videos } = videoInProcess();
      const body = { ret: -1, errmsg: "system error" };
      emulator.control.faults.add({ kind: "reply-json", body, match: { action }, times: 2 });
      await uploadVideoMaterial(mp, details, file);
      await expectWhole(videos(), bytes);
    }
    const { mp, emulator, last, keep } = videoInProcess();
    const match = { action: "save_video" };
    emulator.control.faults.add({ kind: "reply-json", body: { ret: -1 }, match });
    const error = await failure(uploadVideoMaterial(mp, details, file, keep));
    expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN" });
    expect(last().phase).toBe("save");
  });

  it("of 45011 in the save is tried again: too fast, nothing was done", async () => {
    const { mp, emulator, videos } = videoInProcess();
    const match = { action: "save_video" };
    emulator.control.faults.add({ kind: "mp-error", errcode: 45011, match, times: 2 });
    await uploadVideoMaterial(mp, details, file);
    await expectWhole(videos(), bytes);
  });
});

describe("a reply of {}", () => {
  it.each(["upload_block", "upload_finish"])("to %s is no success", async (action) => {
    const { mp, emulator, keep, last, videos } = videoInProcess({ retry: false });
    emulator.control.faults.add({ kind: "reply-json", body: {}, match: { action }, times: 2 });
    const error = await failure(uploadVideoMaterial(mp, details, file, keep));
    expect(error).toMatchObject({ code: "ERR_REPLY", message: expect.stringContaining("ret") });
    emulator.control.faults.clear();
    await uploadVideoMaterial(mp, details, file, { checkpoint: last(), ...keep });
    await expectWhole(videos(), bytes);
  });
});

it("a finish that somebody on the way has asked for twice is settled by a later run", async () => {
  const { mp, emulator, keep, last, videos } = videoInProcess();
  const body = { ret: 100_204, errmsg: "upload has been finished" };
  const match = { action: "upload_finish" };
  emulator.control.faults.add({ kind: "reply-json", body, match, merge: true });
  const error = await failure(uploadVideoMaterial(mp, details, file, keep));
  expect(error).toMatchObject({
    errcode: 100_204,
    message: expect.stringMatching(/upload the file again without the checkpoint/),
  });
  await uploadVideoMaterial(mp, details, file, { checkpoint: last(), ...keep });
  await expectWhole(videos(), bytes);
});

describe("a finish in doubt", () => {
  const lost: Fault = { kind: "cut", match: { action: "upload_finish" } };
  const refusal = { ret: 100_304, errmsg: "invalid newcat" };
  const refused: Fault = { kind: "reply-json", body: refusal, match: { action: "save_video" } };

  it("and a save that is refused: that refusal is told, with the other as its cause", async () => {
    const { mp, emulator, keep, last, videos, calls } = videoInProcess();
    emulator.control.faults.add(lost);
    emulator.control.faults.add(refused);
    const error = await failure(uploadVideoMaterial(mp, details, file, keep));
    expect(error).toMatchObject({
      name: "MpApiError",
      errcode: 100_304,
      errmsg: "invalid newcat",
      cause: { name: "MpApiError", errcode: 100_204 },
    });
    expect(error.message).toContain("upload has been finished");
    expect(last().phase).toBe("finish");
    const before = calls().length;
    await uploadVideoMaterial(mp, details, file, { checkpoint: last(), ...keep });
    expect(calls().slice(before)).toEqual(["finish", "save"]);
    await expectWhole(videos(), bytes);
  });

  it("that was not done: the save is refused, and a later run asks for both again", async () => {
    const { mp, emulator, keep, last, videos, calls } = videoInProcess();
    emulator.control.faults.add({ ...lost, at: "request" });
    const body = { ret: 20_001, errmsg: "system maintenance" };
    const match = { action: "upload_finish" };
    emulator.control.faults.add({ kind: "reply-json", body, match });
    const error = await failure(uploadVideoMaterial(mp, details, file, keep));
    expect(error).toMatchObject({ errcode: 100_301, cause: { errcode: 20_001 } });
    expect(last().phase).toBe("finish");
    const before = calls().length;
    await uploadVideoMaterial(mp, details, file, { checkpoint: last(), ...keep });
    expect(calls().slice(before)).toEqual(["finish", "save"]);
    await expectWhole(videos(), bytes);
  });

  it("and a save whose reply is lost: with consent it goes on, whatever the finish came to", async () => {
    const { mp, emulator, keep, last, videos, calls } = videoInProcess();
    const { faults } = emulator.control;
    faults.add({ ...lost, at: "request" });
    faults.add({ kind: "reply-json", body: { ret: 20_001 }, match: { action: "upload_finish" } });
    faults.add({ kind: "cut", at: "request", match: { action: "save_video" } });
    await failure(uploadVideoMaterial(mp, details, file, keep));
    expect(last().phase).toBe("save");
    const consent = { retryUnknown: true, ...keep };
    const error = await failure(
      uploadVideoMaterial(mp, details, file, { checkpoint: last(), ...consent }),
    );
    expect(error).toMatchObject({ errcode: 100_301 });
    expect(last().phase).toBe("finish");
    const before = calls().length;
    await uploadVideoMaterial(mp, details, file, { checkpoint: last(), ...consent });
    expect(calls().slice(before)).toEqual(["finish", "save"]);
    await expectWhole(videos(), bytes);
  });
});

describe("a reply that says nothing", () => {
  const match = { action: "save_video" };

  it("[publish.30] to the save is an error, and the doubt is kept", async () => {
    const faults: Fault[] = [
      { kind: "no-media-id", match },
      { kind: "reply-json", body: { ret: 0 }, match },
      { kind: "empty", match },
      { kind: "html", status: 502, match },
      { kind: "html", status: 200, match },
      { kind: "truncated", match },
    ];
    for (const fault of faults) {
      const { mp, emulator, keep, last, calls } = videoInProcess();
      emulator.control.faults.add(fault);
      const error = await failure(uploadVideoMaterial(mp, details, file, keep));
      expect(error["code"]).toBe("ERR_OUTCOME_UNKNOWN");
      expect(last().phase).toBe("save");
      const before = calls().length;
      const again = uploadVideoMaterial(mp, details, file, { checkpoint: last() });
      expect(await failure(again)).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN" });
      expect(calls().length).toBe(before);
    }
  });

  it("of a gateway leaves the save in doubt, whatever its status says", async () => {
    const { mp, emulator, keep, last, videos } = videoInProcess();
    emulator.control.faults.add({ kind: "html", status: 403, match });
    const error = await failure(uploadVideoMaterial(mp, details, file, keep));
    expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", step: "saveVideo" });
    expect(last().phase).toBe("save");
    const consent = { checkpoint: last(), retryUnknown: true, ...keep };
    await uploadVideoMaterial(mp, details, file, consent);
    await expectWhole(videos(), bytes);
  });

  it("[publish.21] to the announcement is an error", async () => {
    for (const reply of [
      { ret: 0 },
      { ret: 0, vid: "" },
      { ret: 0, vid: 0 },
      { ret: 0, vid: "a\u202eb" },
    ]) {
      const { mp } = mpScripted([reply]);
      const announced = { filename: "film.mp4", filesha: "a".repeat(40), filesize: 1 };
      await expect(initVideoUpload(mp, announced)).rejects.toMatchObject({ code: "ERR_REPLY" });
    }
  });
});

describe("details", () => {
  const wrong: [what: string, change: object, error: RegExp | typeof RangeError][] = [
    ["[publish.29] six tags", { tags: ["1", "2", "3", "4", "5", "6"] }, /at most 5 tags, not 6/],
    ["a tag that is no text", { tags: [1] }, /tags must be a list of strings/],
    ["tags that are no list", { tags: 5 }, /tags must be a list of strings/],
    ["[publish.27] declare_ori of 2", { declare_ori: 2 }, /declare_ori must be 0 or 1, not 2/],
    [
      "[publish.27] declare_ori of true",
      { declare_ori: true },
      /declare_ori must be 0 or 1, not true/,
    ],
    ["[publish.27] no declare_ori", { declare_ori: undefined }, /declare_ori must be 0 or 1/],
    ["an empty title", { title: "" }, /title must be a string/],
    ["no title", { title: undefined }, /title must be a string/],
    ["a video_desc that is no text", { video_desc: null }, /video_desc must be a string, not null/],
    ["no cover_url", { cover_url: undefined }, /cover_url must be a string, not undefined/],
    [
      "[publish.28] an empty newcat",
      { newcat: "" },
      /newcat must be the name or the number of a category/,
    ],
    [
      "[publish.28] no newcat",
      { newcat: undefined },
      /newcat must be the name or the number of a category/,
    ],
    [
      "[publish.28] a newsbcat that is no number",
      { newsbcat: Number.NaN },
      /newsbcat must be the name or the number of a category/,
    ],
    [
      "an endless newsbcat",
      { newsbcat: Number.POSITIVE_INFINITY },
      /newsbcat must be the name or the number of a category/,
    ],
  ];
  for (const [what, change, error] of wrong) {
    it(`with ${what} are refused before a byte is read`, async () => {
      const { mp, calls } = videoInProcess();
      const source = readable(bytes);
      const given = { ...details, ...change } as VideoDetails;
      await expect(uploadVideoMaterial(mp, given, source)).rejects.toThrow(error);
      await expect(saveVideo(mp, { ...given, content: "wxv_1" })).rejects.toThrow(error);
      expect(source.reads).toEqual([]);
      expect(calls()).toEqual([]);
    });
  }

  it("[publish.27] [publish.28] [publish.29] reach WeChat as they are", async () => {
    const given: VideoDetails[] = [
      { ...details, tags: ["1", "2", "3", "4", "5"], newcat: 0, newsbcat: "子类目" },
      { ...details, tags: [], declare_ori: 0, video_desc: "", cover_url: "" },
      { ...details, tags: "一,二,三" },
    ];
    for (const one of given) {
      const { mp, videos } = videoInProcess();
      await uploadVideoMaterial(mp, one, file);
      expect(videos()[0]?.details).toEqual(one);
    }
  });

  it("that WeChat refuses can be put right: nothing but the save is repeated", async () => {
    const { mp, keep, last, calls, videos } = videoInProcess();
    const given = { ...details, tags: "1,2,3,4,5,6" };
    const error = await failure(uploadVideoMaterial(mp, given, file, keep));
    expect(error).toMatchObject({ code: "ERR_MP_API", errcode: 100_305 });
    const before = calls().length;
    await uploadVideoMaterial(mp, details, file, { checkpoint: last(), ...keep });
    expect(calls().slice(before)).toEqual(["save"]);
    await expectWhole(videos(), bytes);
  });
});

describe("single calls", () => {
  it("[publish.17] are checked before they are sent", async () => {
    const { mp, calls } = videoInProcess();
    const filesha = "a".repeat(40);
    const wrong: (() => Promise<unknown>)[] = [
      () => initVideoUpload(mp, { filename: "a.mp4", filesha: "abc", filesize: 1 }),
      () => initVideoUpload(mp, { filename: "a.mp4", filesha, filesize: 0 }),
      () => initVideoUpload(mp, { filename: "a.mp4", filesha, filesize: 1.5 }),
      () => uploadVideoBlock(mp, { vid: "", part_num: 1 }, new Uint8Array(1)),
      () => uploadVideoBlock(mp, { vid: "wxv_1", part_num: 0 }, new Uint8Array(1)),
      () => uploadVideoBlock(mp, { vid: "wxv_1", part_num: 1 }, new Uint8Array(0)),
      () => uploadVideoBlock(mp, { vid: "wxv_1", part_num: 1 }, new Uint8Array(MIB + 1)),
      () => uploadVideoBlock(mp, { vid: "wxv_1", part_num: 1, part_sha: "x" }, new Uint8Array(1)),
      () => finishVideoUpload(mp, { vid: "" }),
      () => saveVideo(mp, { ...details, content: "" }),
    ];
    for (const call of wrong) {
      const error = await failure(call());
      expect(error instanceof TypeError || error instanceof RangeError, error.message).toBe(true);
    }
    expect(calls()).toEqual([]);
  });

  it("are refused by WeChat: an unknown vid, blocks missing, a save too early", async () => {
    const { mp } = videoInProcess();
    const announced = { filename: "a.mp4", filesha: await sha1Of(bytes), filesize: bytes.length };
    const { vid } = await initVideoUpload(mp, announced);
    const one = new Uint8Array(1);
    const refused: [() => Promise<unknown>, number][] = [
      [() => uploadVideoBlock(mp, { vid: "wxv_0", part_num: 1 }, one), 100_101],
      [() => uploadVideoBlock(mp, { vid, part_num: 3 }, one), 100_103],
      [() => uploadVideoBlock(mp, { vid, part_num: 1 }, one), 100_108],
      [() => finishVideoUpload(mp, { vid }), 100_201],
      [() => saveVideo(mp, { ...details, content: vid }), 100_301],
      [() => saveVideo(mp, { ...details, content: "wxv_0" }), 100_101],
    ];
    for (const [call, errcode] of refused) {
      await expect(call()).rejects.toMatchObject({ code: "ERR_MP_API", errcode });
    }
  });

  it("save once, and with consent again where a reply is lost", async () => {
    const { mp, emulator, videos } = videoInProcess({}, { saveTwice: "same" });
    const result = await uploadVideoMaterial(mp, details, file);
    if (!result.done) throw new Error("It is not done.");
    const { vid, media_id } = result;
    const input = { ...details, content: vid };
    emulator.control.faults.add({ kind: "cut", match: { action: "save_video" }, times: 2 });
    const error = await failure(saveVideo(mp, input));
    expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", step: "saveVideo" });
    expect(await saveVideo(mp, input, { retryUnknown: true })).toEqual({ media_id });
    expect(videos()[0]?.mediaIds).toEqual([media_id]);
  });

  it("[publish.18] [publish.22] [publish.23] [publish.24] [publish.26] send what 媒体API文档 shows", async () => {
    const { mp, calls } = mpScripted([{ ret: 0, vid: "wxv_1", media_id: "M" }]);
    const filesha = "a".repeat(40);
    await initVideoUpload(mp, { filename: "电影.mp4", filesha, filesize: 3 });
    await uploadVideoBlock(mp, { vid: "wxv_1", part_num: 7 }, Uint8Array.of(97, 98, 99));
    await finishVideoUpload(mp, { vid: "wxv_1" });
    await saveVideo(mp, { ...details, content: "wxv_1" });
    const part_sha = "a9993e364706816aba3e25717850c26c9cd0d89d";
    const base =
      "https://api.weixin.qq.com/cgi-bin/material/upload_video?access_token=TOKEN&action=";
    expect(calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST ${base}init_upload`,
      `POST ${base}upload_block&vid=wxv_1&part_sha=${part_sha}&part_num=7`,
      `POST ${base}upload_finish&vid=wxv_1`,
      `POST ${base}save_video`,
    ]);
    expect(JSON.parse(calls[0]?.body ?? "")).toEqual({
      filename: "电影.mp4",
      filesha,
      filesize: 3,
    });
    expect(calls[1]?.body).toBe("abc");
    expect(calls[1]?.headers.get("content-type")).toBe("application/octet-stream");
    expect(calls[2]?.body).toBe("");
    expect(JSON.parse(calls[3]?.body ?? "")).toEqual({ ...details, content: "wxv_1" });
  });
});
