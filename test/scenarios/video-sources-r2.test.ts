// An object in R2, read by ranges in workerd.

import { fileURLToPath } from "node:url";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  callsIn,
  details,
  expectWhole,
  MIB,
  sha1Of,
  timesOf,
  videoBytes,
} from "../support/video.ts";
import { type RunningWorker, startWorker } from "../support/worker.ts";
import type { SliceTask } from "./worker/video/index.ts";

const bytes = videoBytes(3 * MIB + 21);
const key = "2026/film.mp4";

describe("a video in R2", { timeout: 30_000 }, () => {
  let emulator: RunningEmulator;
  let worker: RunningWorker;
  let origin: string;

  beforeAll(async () => {
    emulator = await startEmulator({ port: 0 });
    const { appid, secret } = emulator.control.credentials.mp;
    const secrets = { APPID: appid, SECRET: secret, ORIGIN: emulator.baseUrl };
    const config = fileURLToPath(new URL("worker/video/wrangler.jsonc", import.meta.url));
    worker = await startWorker({ config }, secrets);
    ({ origin } = worker);
  }, 60_000);
  afterAll(async () => {
    await worker.dispose();
    await emulator.close();
  });
  beforeEach(async () => {
    emulator.control.reset();
    await fetch(`${origin}/${key}`, { method: "PUT", body: bytes });
  });
  const upload = async (task: Partial<SliceTask>) => {
    const body = JSON.stringify({ details, key, ...task });
    const reply = await fetch(origin, { method: "POST", body });
    return (await reply.json()) as Record<string, unknown>;
  };

  it("goes up whole", async () => {
    expect(await upload({})).toMatchObject({ done: true });
    await expectWhole(emulator.control.videos.list(), bytes);
    expect(emulator.control.videos.list()[0]?.filename).toBe("film.mp4");
  });

  it("goes up in slices, a request of the Worker each", async () => {
    const sha1 = await sha1Of(bytes);
    const { journal, videos } = emulator.control;
    const made: string[][] = [];
    let slice: Record<string, unknown> = {};
    while (slice["done"] !== true) {
      journal.clear();
      const { checkpoint } = slice;
      const given = checkpoint === undefined ? {} : { checkpoint: JSON.stringify(checkpoint) };
      slice = await upload({ sha1, maxBlocks: 2, ...given });
      made.push(callsIn(journal.entries()).filter((call) => call !== "token"));
    }
    expect(made).toEqual([
      ["init", "block 1", "block 2"],
      ["block 3", "block 4"],
      ["finish", "save"],
    ]);
    await expectWhole(videos.list(), bytes);
    expect(timesOf(videos.list()[0])).toEqual([1, 1, 1, 1]);
  });

  it.each(["content", "shorter", "gone"] as const)(
    "that is replaced once the upload has begun is a MediaError: %s",
    async (change) => {
      for (const sha1 of [undefined, await sha1Of(bytes)]) {
        await fetch(`${origin}/${key}`, { method: "PUT", body: bytes });
        const outcome = await upload({ change, ...(sha1 !== undefined && { sha1 }) });
        expect(outcome).toMatchObject({ code: "ERR_MEDIA", reason: "changed" });
      }
      expect(emulator.control.videos.list().map(({ finished }) => finished)).toEqual([
        false,
        false,
      ]);
    },
  );

  it("that is not there is an error before anything is sent", async () => {
    const outcome = await upload({ key: "other.mp4" });
    expect(outcome).toMatchObject({ message: "There is no other.mp4 in the bucket." });
    expect(emulator.control.journal.entries()).toEqual([]);
  });
});
