// Where an upload stands, and how it goes on from there.

import { createMpClient } from "@wechat-edge/core";
import { uploadVideoMaterial, type VideoCheckpoint } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  details,
  expectWhole,
  MIB,
  readable,
  sha1Of,
  timesOf,
  videoBytes,
  videoInProcess,
} from "../../../../test/support/video.ts";

const bytes = videoBytes(3 * MIB + 5);
const file = new File([bytes], "film.mp4");

/** An upload that stopped after its second block. */
async function stopped() {
  const upload = videoInProcess();
  const result = await uploadVideoMaterial(upload.mp, details, file, { maxBlocks: 2 });
  if (result.done) throw new Error("It is done.");
  upload.emulator.control.journal.clear();
  return { ...upload, checkpoint: result.checkpoint };
}

describe("checkpoints", () => {
  it("tell what is about to be asked, and what was answered, in order", async () => {
    const { mp, keep, checkpoints, videos } = videoInProcess();
    const { appid } = mp;
    await uploadVideoMaterial(mp, details, file, keep);
    const { vid, media_id } = videos()[0] ?? {};
    const sha1 = await sha1Of(bytes);
    const always = { v: 2, appid, vid, size: bytes.length, sha1, blockSize: MIB };
    expect(checkpoints).toEqual([
      { ...always, acked: [], phase: "upload" },
      { ...always, acked: [[1, 1]], phase: "upload" },
      { ...always, acked: [[1, 2]], phase: "upload" },
      { ...always, acked: [[1, 3]], phase: "upload" },
      { ...always, acked: [[1, 4]], phase: "upload" },
      { ...always, acked: [[1, 4]], phase: "finish" },
      { ...always, acked: [[1, 4]], phase: "finished" },
      {
        ...always,
        acked: [[1, 4]],
        phase: "save",
        attempt: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
      { ...always, acked: [[1, 4]], phase: "done", media_id },
    ]);
    expect(JSON.parse(JSON.stringify(checkpoints))).toEqual(checkpoints);
  });

  it("go on from each of them, with no block sent twice", async () => {
    const first = videoInProcess();
    const { mp, keep, checkpoints, calls, emulator } = first;
    const result = await uploadVideoMaterial(mp, details, file, keep);
    const later = checkpoints.filter(({ phase }) => phase === "finish" || phase === "finished");
    for (const checkpoint of [...later, checkpoints.at(-1) as VideoCheckpoint]) {
      emulator.control.journal.clear();
      const again = await uploadVideoMaterial(mp, details, file, { checkpoint });
      expect(again).toMatchObject({ done: true, vid: checkpoint.vid });
      const { phase } = checkpoint;
      const rest = phase === "finish" ? ["finish", "save"] : phase === "finished" ? ["save"] : [];
      expect(calls()).toEqual(rest);
      if (phase === "done") expect(again).toEqual(result);
    }
  });

  it("are awaited, in order, also where they are slow and blocks go several at a time", async () => {
    const { mp, videos } = videoInProcess();
    let underWay = 0;
    let most = 0;
    const kept: VideoCheckpoint[] = [];
    await uploadVideoMaterial(mp, details, file, {
      concurrency: 3,
      async onCheckpoint(checkpoint) {
        underWay += 1;
        most = Math.max(most, underWay);
        for (let turn = 0; turn < 20; turn++) await sha1Of(new Uint8Array(1));
        kept.push(checkpoint);
        underWay -= 1;
      },
    });
    expect(most).toBe(1);
    expect(kept.map(({ phase }) => phase)).toEqual([
      ...Array.from({ length: 5 }, () => "upload"),
      "finish",
      "finished",
      "save",
      "done",
    ]);
    const counts = kept.map(({ acked }) => acked.reduce((sum, [a, b]) => sum + b - a + 1, 0));
    expect(counts).toEqual([0, 1, 2, 3, 4, 4, 4, 4, 4]);
    await expectWhole(videos(), bytes);
  });

  it("that cannot be kept stop the upload before anything more is asked for", async () => {
    const full = new Error("the disk is full");
    const expected = [
      ["token", "init"],
      ["block 1"],
      ["block 2"],
      ["block 3"],
      ["block 4"],
      [],
      ["finish"],
      [],
      ["save"],
    ];
    for (const [index] of expected.entries()) {
      const { mp, calls } = videoInProcess();
      let count = 0;
      const upload = uploadVideoMaterial(mp, details, file, {
        async onCheckpoint() {
          count += 1;
          if (count > index) throw full;
        },
      });
      await expect(upload).rejects.toBe(full);
      expect(calls()).toEqual(expected.slice(0, index + 1).flat());
    }
  });
});

describe("an upload in slices", () => {
  const slices: [maxBlocks: number, calls: string[][]][] = [
    [1, [["token", "init", "block 1"], ["block 2"], ["block 3"], ["block 4"], ["finish", "save"]]],
    [
      3,
      [
        ["token", "init", "block 1", "block 2", "block 3"],
        ["block 4", "finish", "save"],
      ],
    ],
    [
      4,
      [
        ["token", "init", "block 1", "block 2", "block 3", "block 4"],
        ["finish", "save"],
      ],
    ],
    [5, [["token", "init", "block 1", "block 2", "block 3", "block 4", "finish", "save"]]],
  ];
  for (const [maxBlocks, expected] of slices) {
    it(`of ${maxBlocks} blocks: at most ${maxBlocks} blocks and 3 other requests a call`, async () => {
      const { mp, emulator, videos, calls } = videoInProcess();
      const made: string[][] = [];
      let checkpoint: string | undefined;
      for (;;) {
        emulator.control.journal.clear();
        const result = await uploadVideoMaterial(mp, details, file, { maxBlocks, checkpoint });
        made.push(calls());
        if (result.done) break;
        checkpoint = JSON.stringify(result.checkpoint);
      }
      expect(made).toEqual(expected);
      await expectWhole(videos(), bytes);
      expect(timesOf(videos()[0])).toEqual([1, 1, 1, 1]);
    });
  }

  it("by a client of its own each, as in a Worker", async () => {
    const { emulator, videos } = videoInProcess();
    let result: Awaited<ReturnType<typeof uploadVideoMaterial>> | undefined;
    while (result?.done !== true) {
      const { appid, secret } = emulator.control.credentials.mp;
      const mp = createMpClient({ appid, secret, fetch: emulator.fetch });
      const checkpoint = result?.checkpoint;
      result = await uploadVideoMaterial(mp, details, file, { maxBlocks: 3, checkpoint });
    }
    await expectWhole(videos(), bytes);
  });
});

describe("a checkpoint that does not belong here", () => {
  // Nothing is ever sent, so that all may share one.
  let shared: ReturnType<typeof stopped> | undefined;
  const upTo2 = async () => {
    shared ??= stopped();
    const upload = await shared;
    upload.emulator.control.journal.clear();
    return upload;
  };

  it("of another file of the same size", async () => {
    const { mp, checkpoint, calls } = await upTo2();
    const other = new File([videoBytes(bytes.length, 2)], "film.mp4");
    const error = await failure(uploadVideoMaterial(mp, details, other, { checkpoint }));
    expect(error).toMatchObject({
      name: "CheckpointError",
      code: "ERR_CHECKPOINT",
      reason: "file",
    });
    expect(error.message).toContain(checkpoint.sha1);
    expect(calls()).toEqual([]);
  });

  it("of a file of another size, before anything is read", async () => {
    const { mp, checkpoint, calls } = await upTo2();
    const shorter = readable(bytes.subarray(0, -1));
    const error = await failure(uploadVideoMaterial(mp, details, shorter, { checkpoint }));
    expect(error).toMatchObject({ code: "ERR_CHECKPOINT", reason: "file" });
    expect(error.message).toContain(`${bytes.length}`);
    expect(shorter.reads).toEqual([]);
    expect(calls()).toEqual([]);
  });

  it("of another digest than the one vouched for", async () => {
    const { mp, checkpoint, calls } = await upTo2();
    const sha1 = "0".repeat(40);
    const upload = uploadVideoMaterial(mp, details, file, { checkpoint, sha1 });
    await expect(upload).rejects.toMatchObject({ code: "ERR_CHECKPOINT", reason: "file" });
    expect(calls()).toEqual([]);
  });

  it("of another account", async () => {
    const { checkpoint, emulator, calls } = await upTo2();
    const { secret } = emulator.control.credentials.mp;
    const other = createMpClient({ appid: "wx0123456789abcdef", secret, fetch: emulator.fetch });
    const error = await failure(uploadVideoMaterial(other, details, file, { checkpoint }));
    expect(error).toMatchObject({ code: "ERR_CHECKPOINT", reason: "account" });
    expect(error.message).toContain("wx0123456789abcdef");
    expect(calls()).toEqual([]);
  });

  it("of another version", async () => {
    const { mp, checkpoint, calls } = await upTo2();
    for (const v of [0, 3, "1", "2", null, undefined]) {
      const other = { ...checkpoint, v } as never;
      const error = await failure(uploadVideoMaterial(mp, details, file, { checkpoint: other }));
      expect(error).toMatchObject({ code: "ERR_CHECKPOINT", reason: "version" });
    }
    expect(calls()).toEqual([]);
  });

  const damages: Readonly<Record<string, unknown>> = {
    "no JSON": "{",
    "an empty string": "",
    null: null,
    "a string of null": "null",
    "a list": [],
    "a number": 7,
    "without vid": { vid: undefined },
    "with an empty vid": { vid: "" },
    "with half of a surrogate pair as vid": { vid: "\ud800" },
    "with a vid that holds a line end": { vid: "wxv_1\n" },
    "with a size of 0": { size: 0 },
    "with a size that is no number": { size: "3145733" },
    "with a digest of 39 digits": { sha1: "a".repeat(39) },
    "with a digest in capitals": { sha1: "A".repeat(40) },
    "of blocks of another size": { blockSize: 512 * 1024 },
    "with blocks that are no list": { acked: "[[1,2]]" },
    "with a block 0": { acked: [[0, 2]] },
    "with a block beyond the last": { acked: [[1, 5]] },
    "with ranges out of order": {
      acked: [
        [3, 3],
        [1, 1],
      ],
    },
    "with ranges that overlap": {
      acked: [
        [1, 2],
        [2, 3],
      ],
    },
    "with a range that runs backwards": { acked: [[2, 1]] },
    "with a range of three": { acked: [[1, 2, 3]] },
    "with half a block": { acked: [[1, 1.5]] },
    "in an unknown phase": { phase: "hash", acked: [[1, 4]] },
    "finished, with blocks missing": { phase: "finished" },
    "being finished, with blocks missing, of a size beyond all files": {
      phase: "finish",
      size: Number.MAX_SAFE_INTEGER,
    },
    "done, without a media_id": { phase: "done", acked: [[1, 4]] },
    "done, with an empty media_id": { phase: "done", acked: [[1, 4]], media_id: "" },
    "not done, with a media_id": { media_id: "M" },
    "being saved, without an attempt": { phase: "save", acked: [[1, 4]] },
    "being saved, with an empty attempt": { phase: "save", acked: [[1, 4]], attempt: "" },
    "not being saved, with an attempt": { attempt: "a" },
  };
  for (const [what, damage] of Object.entries(damages)) {
    it(`is damaged: ${what}`, async () => {
      const { mp, checkpoint, calls } = await upTo2();
      const isPart = typeof damage === "object" && damage !== null && !Array.isArray(damage);
      const given = isPart ? { ...checkpoint, ...damage } : damage;
      const both = typeof given === "string" ? [given] : [given, JSON.stringify(given)];
      for (const one of both) {
        const upload = uploadVideoMaterial(mp, details, file, { checkpoint: one as never });
        expect(await failure(upload)).toMatchObject({
          name: "CheckpointError",
          code: "ERR_CHECKPOINT",
          reason: "malformed",
        });
      }
      expect(calls()).toEqual([]);
    });
  }
});

describe("a caller who has looked into the material library", () => {
  it("tells its media_id, which is looked up, and nothing is saved", async () => {
    const { mp, emulator, keep, last, videos, calls } = videoInProcess();
    emulator.control.faults.add({ kind: "cut", match: { action: "save_video" } });
    const error = await failure(uploadVideoMaterial(mp, details, file, keep));
    const { attempt = "" } = last();
    expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", attempt });
    const media_id = videos()[0]?.media_id as string;
    emulator.control.journal.clear();
    const checkpoint = last();
    const given = { checkpoint, resolution: { attempt, media_id }, ...keep };
    const result = await uploadVideoMaterial(mp, details, file, given);
    expect(result).toEqual({ done: true, vid: checkpoint.vid, media_id });
    expect(calls()).toEqual(["query"]);
    expect(last()).toMatchObject({ phase: "done", media_id });
    expect(last().attempt).toBe(undefined);
  });

  it("consents to a second save, which is refused; a later run needs no consent", async () => {
    const { mp, emulator, keep, last, videos } = videoInProcess();
    emulator.control.faults.add({ kind: "cut", at: "request", match: { action: "save_video" } });
    await failure(uploadVideoMaterial(mp, details, file, keep));
    const match = { action: "save_video" };
    emulator.control.faults.add({ kind: "reply-json", body: { ret: 7, errmsg: "no" }, match });
    const consent = { checkpoint: last(), retryUnknown: true, ...keep };
    await expect(uploadVideoMaterial(mp, details, file, consent)).rejects.toMatchObject({
      errcode: 7,
    });
    expect(last().phase).toBe("finish");
    await uploadVideoMaterial(mp, details, file, { checkpoint: last(), ...keep });
    await expectWhole(videos(), bytes);
  });
});
