// The network goes away at each request of an upload in turn.

import type { Fault } from "@wechat-edge/emulator";
import { uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  details,
  expectWhole,
  MIB,
  timesOf,
  videoBytes,
  videoInProcess,
} from "../../../../test/support/video.ts";

const REQUESTS = ["token", "init", "block 1", "block 2", "finish", "save"];
const bytes = videoBytes(MIB + 99);
const file = new File([bytes], "film.mp4");

/** A request that never arrived, and replies lost at each point: the work was done. */
const CUTS = ["request", "before", "headers", "body"] as const;

/** The requests with one of them twice. */
const twice = (request: string) =>
  REQUESTS.flatMap((each) => (each === request ? [each, each] : [each]));

describe("a connection cut once", () => {
  for (const at of CUTS) {
    const lost = at === "request" ? "the request" : `the reply (${at})`;
    for (const [skip, request] of REQUESTS.slice(0, -1).entries()) {
      it(`${lost} of ${request}: that alone is repeated`, async () => {
        const { mp, emulator, videos, keep, calls, checkpoints } = videoInProcess();
        emulator.control.faults.add({ kind: "cut", at, skip });
        const result = await uploadVideoMaterial(mp, details, file, keep);
        await expectWhole(videos(), bytes);
        expect(calls()).toEqual(twice(request));
        const isDone = at !== "request";
        expect(videos().length).toBe(isDone && request === "init" ? 2 : 1);
        expect(result).toMatchObject({ done: true, vid: videos().at(-1)?.vid });
        const times = [1, 2].map((n) => (isDone && request === `block ${n}` ? 2 : 1));
        expect(timesOf(videos().at(-1))).toEqual(times);
        const phases = checkpoints.map(({ phase }) => phase);
        // Of a finish that is refused the second time it is the save that tells.
        const doubtful = isDone && request === "finish";
        const end = doubtful ? ["finish"] : ["finish", "finished"];
        const uploads = ["upload", "upload", "upload"];
        expect(phases).toEqual([...uploads, ...end, "save", "done"]);
      });
    }

    it(`${lost} of save: an OutcomeUnknownError, and nothing is repeated`, async () => {
      const { mp, emulator, videos, keep, calls, last } = videoInProcess();
      emulator.control.faults.add({ kind: "cut", at, match: { action: "save_video" } });
      const error = await failure(uploadVideoMaterial(mp, details, file, keep));
      const { vid } = last();
      expect(error).toMatchObject({
        name: "OutcomeUnknownError",
        code: "ERR_OUTCOME_UNKNOWN",
        step: "saveVideo",
        lookAt: expect.stringContaining(vid),
      });
      expect(calls()).toEqual(REQUESTS);
      expect(last().phase).toBe("save");

      const before = calls().length;
      const checkpoint = JSON.stringify(last());
      const again = await failure(uploadVideoMaterial(mp, details, file, { checkpoint, ...keep }));
      expect(again).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", step: "saveVideo" });
      expect(again.message).toContain("retryUnknown: true");
      expect(calls().length).toBe(before);

      const consent = { checkpoint, retryUnknown: true };
      const result = await uploadVideoMaterial(mp, details, file, { ...consent, ...keep });
      expect(calls().slice(before)).toEqual(["save"]);
      await expectWhole(videos(), bytes, at === "request" ? 1 : 2);
      expect(result).toEqual({ done: true, vid, media_id: videos()[0]?.media_id });
    });
  }

  it("the reply of save, with consent to repeat it: saved twice, at once", async () => {
    const { mp, emulator, videos, calls } = videoInProcess();
    emulator.control.faults.add({ kind: "cut", match: { action: "save_video" } });
    await uploadVideoMaterial(mp, details, file, { retryUnknown: true });
    expect(calls()).toEqual(twice("save"));
    await expectWhole(videos(), bytes, 2);
  });

  it("the reply of finish, where WeChat lets it be repeated", async () => {
    const { mp, emulator, videos, keep, checkpoints } = videoInProcess(
      {},
      { finishTwice: "accept" },
    );
    emulator.control.faults.add({ kind: "cut", match: { action: "upload_finish" } });
    await uploadVideoMaterial(mp, details, file, keep);
    await expectWhole(videos(), bytes);
    expect(checkpoints.map(({ phase }) => phase).slice(-4)).toEqual([
      "finish",
      "finished",
      "save",
      "done",
    ]);
  });
});

describe("a connection cut for good, then a later run", () => {
  const gone = (skip: number): Fault => ({ kind: "cut", at: "request", skip, times: 0 });

  for (const [skip, request] of REQUESTS.slice(0, 2).entries()) {
    it(`at ${request}: there is no checkpoint, and nothing was begun`, async () => {
      const { mp, emulator, videos, keep, checkpoints } = videoInProcess();
      emulator.control.faults.add(gone(skip));
      await expect(uploadVideoMaterial(mp, details, file, keep)).rejects.toMatchObject({
        code: "ERR_NETWORK",
      });
      expect(checkpoints).toEqual([]);
      expect(videos()).toEqual([]);
      emulator.control.faults.clear();
      await uploadVideoMaterial(mp, details, file, keep);
      await expectWhole(videos(), bytes);
    });
  }

  for (const [index, request] of REQUESTS.slice(2, -1).entries()) {
    it(`at ${request}: what comes before is not sent again`, async () => {
      const { mp, emulator, videos, keep, calls, last } = videoInProcess();
      emulator.control.faults.add(gone(index + 2));
      await expect(uploadVideoMaterial(mp, details, file, keep)).rejects.toMatchObject({
        code: "ERR_NETWORK",
      });
      const sent = Math.min(index, 2);
      expect(last().acked).toEqual(sent === 0 ? [] : [[1, sent]]);
      expect(last().phase).toBe(request === "finish" ? "finish" : "upload");
      emulator.control.faults.clear();
      emulator.control.journal.clear();
      const checkpoint = JSON.stringify(last());
      const result = await uploadVideoMaterial(mp, details, file, { checkpoint, ...keep });
      expect(result).toMatchObject({ done: true, vid: last().vid });
      expect(calls()).toEqual(REQUESTS.slice(REQUESTS.indexOf(request)));
      await expectWhole(videos(), bytes);
      expect(timesOf(videos()[0])).toEqual([1, 1]);
    });
  }

  it("after the finish, its reply lost: the later run is refused the finish and saves", async () => {
    const { mp, emulator, videos, keep, calls, last } = videoInProcess();
    const match = { action: "upload_finish" };
    emulator.control.faults.add({ kind: "cut", at: "headers", match, times: 0 });
    const upload = uploadVideoMaterial(mp, details, file, keep);
    await expect(upload).rejects.toMatchObject({ code: "ERR_NETWORK" });
    expect(last().phase).toBe("finish");
    emulator.control.faults.clear();
    emulator.control.journal.clear();
    await uploadVideoMaterial(mp, details, file, { checkpoint: last(), ...keep });
    expect(calls()).toEqual(["finish", "save"]);
    await expectWhole(videos(), bytes);
  });

  it("several blocks at a time: what was acknowledged is not sent again", async () => {
    const { mp, emulator, videos, keep, last, calls } = videoInProcess();
    const longer = videoBytes(3 * MIB + 1);
    const match = { action: "upload_block" };
    emulator.control.faults.add({ kind: "cut", at: "before", match, times: 0, skip: 1 });
    const options = { concurrency: 2, ...keep };
    const upload = uploadVideoMaterial(mp, details, new File([longer], "film.mp4"), options);
    await expect(upload).rejects.toMatchObject({ code: "ERR_NETWORK" });
    const checkpoint = last();
    const number = checkpoint.acked[0]?.[0] ?? 0;
    expect(checkpoint.acked).toEqual([[number, number]]);
    emulator.control.faults.clear();
    emulator.control.journal.clear();
    await uploadVideoMaterial(mp, details, new File([longer], "film.mp4"), {
      checkpoint,
      ...options,
    });
    await expectWhole(videos(), longer);
    expect(calls()).not.toContain(`block ${number}`);
    expect(calls().slice(-2)).toEqual(["finish", "save"]);
  });
});

describe("no reply in time", () => {
  it("is a lost one: the block is repeated", async () => {
    const { mp, emulator, videos, calls } = videoInProcess({
      timeout: 300,
      retry: { attempts: 10 },
    });
    const match = { action: "upload_block" };
    emulator.control.faults.add({ kind: "delay", ms: 3_600_000, match, skip: 1 });
    await uploadVideoMaterial(mp, details, file);
    // A slow machine may repeat more than that.
    expect(calls().join()).toContain("block 2,block 2");
    await expectWhole(videos(), bytes);
  });

  it("to the save is an OutcomeUnknownError", async () => {
    const { mp, emulator, last, keep } = videoInProcess({ timeout: 300, retry: { attempts: 10 } });
    const match = { action: "save_video" };
    emulator.control.faults.add({ kind: "delay", ms: 3_600_000, match });
    const error = await failure(uploadVideoMaterial(mp, details, file, keep));
    expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", cause: { code: "ERR_TIMEOUT" } });
    expect(last().phase).toBe("save");
  });
});

describe("a token that is killed", () => {
  const replaced = ["token", "token"]; // stable_token gives the dead one until another is forced
  for (const request of REQUESTS.slice(1)) {
    it(`at ${request}: that alone is repeated, with another`, async () => {
      const { mp, emulator, videos, calls, used } = videoInProcess();
      const skip = REQUESTS.indexOf(request) - 1;
      emulator.control.faults.add({ kind: "token-killed", at: "headers", skip });
      await uploadVideoMaterial(mp, details, file);
      await expectWhole(videos(), bytes);
      expect(timesOf(videos()[0])).toEqual([1, 1]);
      const expected = REQUESTS.flatMap((each) =>
        each === request ? [each, ...replaced, each] : [each],
      );
      expect(calls()).toEqual(expected);
      expect(new Set(used).size).toBe(2);
      expect(used[skip]).not.toBe(used[skip + 1]);
    });
  }

  it("with two blocks under way: both are repeated with one new token", async () => {
    const { mp, emulator, videos, used, calls } = videoInProcess();
    const match = { action: "upload_block" };
    emulator.control.faults.add({ kind: "token-killed", match });
    await uploadVideoMaterial(mp, details, file, { concurrency: 2 });
    await expectWhole(videos(), bytes);
    expect(new Set(used).size).toBe(2);
    expect(calls().filter((call) => call === "token").length).toBe(3);
  });

  it("before the save, with no other to be had: nothing was saved, and a later run saves", async () => {
    const { mp, emulator, videos, keep, last, calls } = videoInProcess();
    const { faults } = emulator.control;
    faults.add({ kind: "token-killed", match: { action: "save_video" } });
    faults.add({
      kind: "cut",
      at: "request",
      match: { path: "/cgi-bin/stable_token" },
      skip: 1,
      times: 0,
    });
    const error = await failure(uploadVideoMaterial(mp, details, file, keep));
    expect(error).toMatchObject({ code: "ERR_NETWORK" });
    expect(last().phase).toBe("finished");
    faults.clear();
    const before = calls().length;
    await uploadVideoMaterial(mp, details, file, { checkpoint: last(), ...keep });
    expect(calls().slice(before)).toEqual(["token", "token", "save"]);
    await expectWhole(videos(), bytes);
  });
});
