import { describe, expect, it } from "vitest";
import type { CheckpointError } from "../../src/errors.ts";
import { checkSameFile, readCheckpoint, type VideoCheckpoint } from "../../src/video/checkpoint.ts";

const MIB = 1024 * 1024;
const SHA1 = "0123456789abcdef0123456789abcdef01234567";
const EXPECTED = { appid: "wx1", size: 4 * MIB };
const CURE = "Start without it, which uploads the file from its beginning.";
const UPLOAD: VideoCheckpoint = {
  v: 2,
  ...EXPECTED,
  vid: "vid~!",
  sha1: SHA1,
  blockSize: MIB,
  acked: [
    [1, 1],
    [3, 4],
  ],
  phase: "upload",
};
const ALL: VideoCheckpoint = { ...UPLOAD, acked: [[1, 4]] };

const refused = (given: unknown, expected = EXPECTED): CheckpointError => {
  try {
    readCheckpoint(given, expected);
  } catch (error) {
    return error as CheckpointError;
  }
  return expect.fail(`It was taken: ${JSON.stringify(given)}`);
};

describe("a checkpoint", () => {
  it.each<[string, VideoCheckpoint]>([
    ["of an upload", UPLOAD],
    ["of one that has just begun", { ...UPLOAD, acked: [] }],
    ["of one whose last block alone came", { ...UPLOAD, acked: [[4, 4]] }],
    [
      "in ranges that touch",
      {
        ...UPLOAD,
        acked: [
          [1, 1],
          [2, 4],
        ],
      },
    ],
    ["of all blocks", ALL],
    ["of a finish under way", { ...ALL, phase: "finish" }],
    ["after it", { ...ALL, phase: "finished" }],
    ["of a save under way", { ...ALL, phase: "save", attempt: "a" }],
    ["of the end", { ...ALL, phase: "done", media_id: "m" }],
  ])("%s is taken, as it is or in JSON", (_, checkpoint) => {
    expect(readCheckpoint(checkpoint, EXPECTED)).toEqual(checkpoint);
    expect(readCheckpoint(JSON.stringify(checkpoint), EXPECTED)).toEqual(checkpoint);
  });

  it.each<[string, object]>([
    ["no appid", { ...UPLOAD, appid: undefined }],
    ["another kind of appid", { ...UPLOAD, appid: 1 }],
    ["no vid", { ...UPLOAD, vid: undefined }],
    ["an empty vid", { ...UPLOAD, vid: "" }],
    ["a blank before the vid", { ...UPLOAD, vid: " v" }],
    ["a blank behind the vid", { ...UPLOAD, vid: "v " }],
    ["a vid of other letters", { ...UPLOAD, vid: "视频" }],
    ["a vid that is no text", { ...UPLOAD, vid: ["v"] }],
    ["half a byte", { ...UPLOAD, size: 4 * MIB - 0.5 }],
    ["no bytes", { ...UPLOAD, size: 0, acked: [] }],
    ["less than none", { ...UPLOAD, size: -1, acked: [] }],
    ["a size in letters", { ...UPLOAD, size: String(4 * MIB) }],
    ["a digest that is short", { ...UPLOAD, sha1: SHA1.slice(1) }],
    ["a digest that is long", { ...UPLOAD, sha1: `${SHA1}0` }],
    ["a digest with a letter before it", { ...UPLOAD, sha1: `x${SHA1}` }],
    ["a digest in capitals", { ...UPLOAD, sha1: SHA1.toUpperCase() }],
    ["a digest that is no text", { ...UPLOAD, sha1: [SHA1] }],
    ["blocks of another size", { ...UPLOAD, blockSize: MIB - 1 }],
    ["no blocks", { ...UPLOAD, acked: undefined }],
    ["blocks in an object", { ...UPLOAD, acked: { 0: [1, 1] } }],
    ["a range of one", { ...UPLOAD, acked: [[1]] }],
    ["a range of three", { ...UPLOAD, acked: [[1, 2, 3]] }],
    ["a range that is none", { ...UPLOAD, acked: [{ 0: 1, 1: 2, length: 2 }] }],
    ["a range in letters", { ...UPLOAD, acked: [["1", 2]] }],
    ["a range to letters", { ...UPLOAD, acked: [[1, "2"]] }],
    ["a range of halves", { ...UPLOAD, acked: [[1, 1.5]] }],
    ["the block 0", { ...UPLOAD, acked: [[0, 1]] }],
    ["a range backwards", { ...UPLOAD, acked: [[2, 1]] }],
    [
      "ranges that overlap",
      {
        ...UPLOAD,
        acked: [
          [1, 2],
          [2, 3],
        ],
      },
    ],
    [
      "ranges out of order",
      {
        ...UPLOAD,
        acked: [
          [3, 4],
          [1, 1],
        ],
      },
    ],
    ["a block too many", { ...UPLOAD, acked: [[1, 5]] }],
    ["no phase", { ...UPLOAD, phase: undefined }],
    ["another phase", { ...ALL, phase: "sent" }],
    ["a finish before the last block", { ...UPLOAD, phase: "finish" }],
    ["an end before the last block", { ...UPLOAD, phase: "done", media_id: "m" }],
    ["a save without its attempt", { ...ALL, phase: "save" }],
    ["a save with an empty attempt", { ...ALL, phase: "save", attempt: "" }],
    ["an attempt before the save", { ...ALL, phase: "finished", attempt: "a" }],
    ["an end without its id", { ...ALL, phase: "done" }],
    ["an id before the end", { ...ALL, phase: "save", attempt: "a", media_id: "m" }],
  ])("with %s is damaged", (_, checkpoint) => {
    expect(refused(checkpoint)).toMatchObject({
      code: "ERR_CHECKPOINT",
      reason: "malformed",
      message: `The checkpoint is damaged: its fields are not those that uploadVideoMaterial writes. ${CURE}`,
    });
  });

  it("of another file, account or version is refused as that", () => {
    expect(refused({ ...UPLOAD, size: 4 * MIB - 1 })).toMatchObject({
      reason: "file",
      message: `The checkpoint is for a file of ${4 * MIB - 1} bytes, but this file has ${4 * MIB}. Pass the file it was written for, or start without the checkpoint.`,
    });
    expect(refused({ ...UPLOAD, appid: "wx2" })).toMatchObject({
      reason: "account",
      message: `The checkpoint is for account wx2, but the client is for wx1. ${CURE}`,
    });
    for (const v of [0, 3, "2", undefined, null]) {
      expect(refused({ ...UPLOAD, v })).toMatchObject({ reason: "version" });
    }
    expect(refused({ ...UPLOAD, v: 3 }).message).toBe(
      `The checkpoint has version 3; this version of the library reads versions 1 and 2. ${CURE}`,
    );
  });

  it("is an object or its JSON", async () => {
    expect(refused("{")).toMatchObject({
      reason: "malformed",
      message: `The checkpoint is not JSON. ${CURE}`,
      cause: expect.any(SyntaxError),
    });
    for (const none of [null, "null"]) {
      expect(refused(none)).toMatchObject({
        reason: "malformed",
        message:
          "The checkpoint must be an object or its JSON, not null. To begin anew, leave it out.",
      });
    }
    for (const [other, what] of [
      [5, "the number 5"],
      ["[]", "an array of 0"],
      [[UPLOAD], "an array of 1"],
      [Promise.resolve(UPLOAD), "a Promise: await it first"],
      ['"text"', "a string of 4 characters"],
    ] as const) {
      expect(refused(other)).toMatchObject({
        reason: "malformed",
        message: `The checkpoint must be an object or its JSON, not ${what}. ${CURE}`,
      });
    }
  });
});

describe("a checkpoint of version 1", () => {
  const read = (checkpoint: object) => readCheckpoint({ ...checkpoint, v: 1 }, EXPECTED);

  it("has the attempt that all of that version have, where it was saving", () => {
    expect(read(UPLOAD)).toEqual(UPLOAD);
    const saving = read({ ...ALL, phase: "save" });
    expect(saving).toMatchObject({ v: 2, phase: "save", attempt: expect.stringMatching(/./) });
    expect(read({ ...ALL, phase: "save", attempt: "other" })).toEqual(saving);
    expect(read({ ...UPLOAD, attempt: "other" })).toEqual(UPLOAD);
  });
});

it("the same file has the same digest", () => {
  expect(() => checkSameFile(UPLOAD, SHA1)).not.toThrow();
  expect(() => checkSameFile(UPLOAD, SHA1.toUpperCase())).toThrow(
    expect.objectContaining({
      reason: "file",
      message: `The checkpoint is for a file with SHA-1 ${SHA1}, but this file has ${SHA1.toUpperCase()}. Pass the file it was written for, or start without the checkpoint.`,
    }),
  );
});
