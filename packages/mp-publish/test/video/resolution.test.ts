// An answer about a save whose outcome is unknown: it serves one attempt, as those of a job do.

import {
  uploadVideoMaterial,
  type VideoCheckpoint,
  type VideoResolution,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import { details, videoBytes, videoInProcess } from "../../../../test/support/video.ts";

const file = new File([videoBytes(999)], "film.mp4");
const match = { action: "save_video" };

/** An upload whose save was lost, on its way or with its reply. */
async function lost(at: "request" | "headers") {
  const kit = videoInProcess();
  kit.emulator.control.faults.add({ kind: "cut", at, match });
  const error = await failure(uploadVideoMaterial(kit.mp, details, file, kit.keep));
  expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", attempt: kit.last().attempt });
  const checkpoint = kit.last();
  const attempt = checkpoint.attempt ?? "";
  const saves = () => kit.calls().filter((call) => call === "save").length;
  const go = (given: VideoCheckpoint, resolution: VideoResolution, options: object = kit.keep) =>
    uploadVideoMaterial(kit.mp, details, file, { checkpoint: given, resolution, ...options });
  return { ...kit, error, checkpoint, attempt, saves, go };
}

it("the error says how to answer, and the checkpoint asks again without an answer", async () => {
  const { mp, error, attempt, checkpoint, saves } = await lost("request");
  expect(error["next"]).toContain(
    `resolution: { attempt: "${attempt}", media_id } or { attempt: "${attempt}", outcome: "nothing" }`,
  );
  const again = await failure(uploadVideoMaterial(mp, details, file, { checkpoint }));
  expect(again).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", attempt });
  expect(saves()).toBe(1);
});

it("nothing: it is saved, once", async () => {
  const { go, attempt, checkpoint, saves, videos, last } = await lost("request");
  const result = await go(checkpoint, { attempt, outcome: "nothing" });
  expect(result).toMatchObject({ done: true, media_id: videos()[0]?.mediaIds[0] });
  expect(saves()).toBe(2);
  expect(last().attempt).toBe(undefined);
});

it("nothing, and what came of it could not be kept: it is asked for again, with another attempt", async () => {
  const { go, attempt, checkpoint, saves, videos, last, keep } = await lost("request");
  const answer = { attempt, outcome: "nothing" } as const;
  const onCheckpoint = (next: VideoCheckpoint) => {
    if (next.phase === "done") throw new Error("The store is down.");
    keep.onCheckpoint(next);
  };
  const broken = await failure(go(checkpoint, answer, { onCheckpoint }));
  expect(broken.message).toBe("The store is down.");
  for (const retryUnknown of [undefined, true]) {
    const repeated = await failure(go(last(), answer, { ...keep, retryUnknown }));
    expect(repeated).toMatchObject({
      code: "ERR_OUTCOME_UNKNOWN",
      attempt: last().attempt,
      message: expect.stringContaining(`for another attempt, "${attempt}"`),
    });
  }
  expect(last().attempt).not.toBe(attempt);
  expect(saves()).toBe(2);
  const media_id = videos()[0]?.mediaIds[0] ?? "";
  await go(last(), { attempt: last().attempt ?? "", media_id });
  expect(videos()[0]?.mediaIds).toEqual([media_id]);
});

it("serves again where no request followed: keeping it failed", async () => {
  const { go, attempt, checkpoint, saves } = await lost("request");
  const answer = { attempt, outcome: "nothing" } as const;
  const onCheckpoint = () => {
    throw new Error("The store is down.");
  };
  for (let run = 0; run < 2; run++) await failure(go(checkpoint, answer, { onCheckpoint }));
  expect(saves()).toBe(1);
  await go(checkpoint, answer);
  expect(saves()).toBe(2);
});

it("to a video that is saved is an error, and nothing is asked", async () => {
  const { go, attempt, checkpoint, last, calls } = await lost("request");
  await go(checkpoint, { attempt, outcome: "nothing" });
  const asked = calls().length;
  const again = await failure(go(last(), { attempt, outcome: "nothing" }));
  expect(again).toMatchObject({
    name: "TypeError",
    message: expect.stringMatching(/answered already/),
  });
  expect(calls().length).toBe(asked);
});

describe("a media_id", () => {
  it("of another video, or of none, is not kept", async () => {
    const { mp, go, attempt, checkpoint, checkpoints, calls } = await lost("headers");
    const other = new File([videoBytes(998, 3)], "other.mp4");
    const saved = await uploadVideoMaterial(mp, details, other);
    const kept = checkpoints.length;
    const media_id = saved.done ? saved.media_id : "";
    const wrong = await failure(go(checkpoint, { attempt, media_id }));
    expect(wrong).toMatchObject({
      name: "TypeError",
      message: expect.stringContaining(checkpoint.vid),
    });
    expect(await failure(go(checkpoint, { attempt, media_id: "typo" }))).toMatchObject({
      code: "ERR_MP_API",
    });
    expect(checkpoints.length).toBe(kept);
    expect(calls().slice(-2)).toEqual(["query", "query"]);
  });

  it.each([
    ["the old word", "nothing"],
    ["no attempt", { media_id: "m" }],
    ["no attempt, of nothing", { outcome: "nothing" }],
    ["an id that is a number", { media_id: 5 }, true],
    ["both", { media_id: "m", outcome: "nothing" }, true],
    ["another outcome", { outcome: "saved" }, true],
    ["nothing at all", {}, true],
    ["null", null],
  ])("and what is no answer: %s", async (_, answer, named = false) => {
    const { go, attempt, checkpoint, calls } = await lost("headers");
    const asked = calls().length;
    const resolution = (named ? { attempt, ...(answer as object) } : answer) as VideoResolution;
    expect(await failure(go(checkpoint, resolution))).toMatchObject({
      name: "TypeError",
      message: expect.stringContaining('{ attempt, media_id } or { attempt, outcome: "nothing" }'),
    });
    expect(calls().length).toBe(asked);
  });
});

it("is asked of a checkpoint of version 1 too, whose attempt has a name of its own", async () => {
  const { go, mp, checkpoint, attempt: _, saves, last, keep } = await lost("request");
  const { attempt: __, ...rest } = checkpoint;
  const first = { ...rest, v: 1 } as unknown as VideoCheckpoint;
  const error = await failure(uploadVideoMaterial(mp, details, file, { checkpoint: first }));
  expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", attempt: "v1-save" });
  const answer = { attempt: "v1-save", outcome: "nothing" } as const;
  const onCheckpoint = (next: VideoCheckpoint) => {
    if (next.phase === "done") throw new Error("The store is down.");
    keep.onCheckpoint(next);
  };
  await failure(go(first, answer, { onCheckpoint }));
  expect(await failure(go(last(), answer))).toMatchObject({ attempt: last().attempt });
  expect(saves()).toBe(2);
});

it("without an unknown save is an error before anything is sent", async () => {
  const kit = videoInProcess();
  for (const resolution of [{ attempt: "a", outcome: "nothing" }, "nothing"] as never[]) {
    const error = await failure(uploadVideoMaterial(kit.mp, details, file, { resolution }));
    expect(error).toBeInstanceOf(TypeError);
  }
  expect(kit.calls()).toEqual([]);
});
