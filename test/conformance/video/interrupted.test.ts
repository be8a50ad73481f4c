// An upload that ends early and goes on. That it does so at every single request is tested in one
// runtime, in packages/mp-publish/test/video.

import { uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { mpOverHttp } from "../../support/mp.ts";
import {
  details,
  expectWhole,
  MIB,
  readable,
  timesOf,
  videoBytes,
  videoInProcess,
} from "../../support/video.ts";

const bytes = videoBytes(MIB + 99);
const file = new File([bytes], "film.mp4");
const BLOCK = { action: "upload_block" };

describe("a connection that is cut", () => {
  it("for good: a later run sends what is missing, from the checkpoint's JSON", async () => {
    const { mp, emulator, videos, keep, last, calls } = videoInProcess();
    emulator.control.faults.add({ kind: "cut", at: "body", match: BLOCK, skip: 1, times: 0 });
    const upload = uploadVideoMaterial(mp, details, file, keep);
    await expect(upload).rejects.toMatchObject({ code: "ERR_NETWORK" });
    emulator.control.faults.clear();
    emulator.control.journal.clear();
    const checkpoint = JSON.stringify(last());
    await uploadVideoMaterial(mp, details, file, { checkpoint });
    expect(calls()).toEqual(["block 2", "finish", "save"]);
    await expectWhole(videos(), bytes);
    expect(timesOf(videos()[0])[0]).toBe(1);
  });
});

describe("an upload that is aborted rejects with the signal's own reason", () => {
  const reason = new Error("no longer wanted");

  it("over HTTP", async () => {
    const stop = new AbortController();
    const { signal } = stop;
    const upload = uploadVideoMaterial(mpOverHttp(), details, file, {
      signal,
      onProgress: ({ phase, loaded }) => {
        if (phase === "upload" && loaded > 0) stop.abort(reason);
      },
    });
    await expect(upload).rejects.toBe(reason);
  });

  it("while a block is under way, and goes on later", async () => {
    const stop = new AbortController();
    const { mp, emulator, keep, last, videos } = videoInProcess({
      fetch(input, init) {
        const { aborted } = stop.signal;
        if (aborted || !input.includes("part_num=2")) return emulator.fetch(input, init);
        stop.abort(reason);
        return new Promise<Response>(() => undefined);
      },
    });
    const { signal } = stop;
    const upload = uploadVideoMaterial(mp, details, file, { signal, ...keep });
    await expect(upload).rejects.toBe(reason);
    await uploadVideoMaterial(mp, details, file, { checkpoint: last() });
    await expectWhole(videos(), bytes);
    expect(timesOf(videos()[0])).toEqual([1, 1]);
  });

  it("though the reader hangs and does not listen", async () => {
    const { mp } = videoInProcess();
    const stop = new AbortController();
    const source = readable(bytes, (start, end) => {
      if (source.reads.length !== 3) return bytes.slice(start, end);
      stop.abort(reason);
      return new Promise<Uint8Array>(() => undefined);
    });
    const { signal } = stop;
    await expect(uploadVideoMaterial(mp, details, source, { signal })).rejects.toBe(reason);
  });
});
