// An upload that is aborted, in each phase, and goes on later.

import { uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import {
  details,
  expectWhole,
  MIB,
  readable,
  videoBytes,
  videoInProcess,
} from "../../../../test/support/video.ts";

const reason = new Error("no longer wanted");
const REQUESTS = ["token", "init", "block 1", "block 2", "finish", "save"];
const bytes = videoBytes(MIB + 7);
const file = new File([bytes], "film.mp4");

describe("an upload that is aborted rejects with the signal's own reason", () => {
  it("before it begins: nothing is read or sent", async () => {
    const { mp, calls } = videoInProcess();
    const source = readable(bytes);
    const signal = AbortSignal.abort(reason);
    await expect(uploadVideoMaterial(mp, details, source, { signal })).rejects.toBe(reason);
    expect(source.reads).toEqual([]);
    expect(calls()).toEqual([]);
  });

  for (const [read, what] of [
    "its head is read",
    "block 1 is hashed",
    "block 2 is hashed",
  ].entries()) {
    it(`while ${what}: nothing is sent`, async () => {
      const { mp, calls } = videoInProcess();
      const stop = new AbortController();
      const source = readable(bytes, (start, end) => {
        if (source.reads.length === read + 1) stop.abort(reason);
        return bytes.slice(start, end);
      });
      const { signal } = stop;
      await expect(uploadVideoMaterial(mp, details, source, { signal })).rejects.toBe(reason);
      expect(source.reads.length).toBe(read + 1);
      expect(calls()).toEqual([]);
    });
  }

  for (const [request, name] of REQUESTS.entries()) {
    for (const arrives of [false, true]) {
      it(`while ${name} ${arrives ? "is answered" : "is on its way"}, and goes on later`, async () => {
        const stop = new AbortController();
        let requests = 0;
        const { mp, emulator, keep, last, checkpoints, calls, videos } = videoInProcess({
          async fetch(input, init) {
            const own = requests++;
            if (own !== request) return emulator.fetch(input, init);
            // A token is taken for everybody: nobody's signal ends that.
            const isLost = !arrives && name !== "token";
            const reply = isLost
              ? new Promise<Response>(() => undefined)
              : emulator.fetch(input, { ...init, signal: null });
            if (arrives) await reply;
            stop.abort(reason);
            return reply;
          },
        });
        const { signal } = stop;
        await expect(uploadVideoMaterial(mp, details, file, { signal, ...keep })).rejects.toBe(
          reason,
        );
        expect(requests).toBe(request + 1);

        const isSaving = name === "save";
        const checkpoint = checkpoints.length === 0 ? undefined : last();
        expect(checkpoint?.phase).toBe(
          request < 2 ? undefined : isSaving ? "save" : name === "finish" ? "finish" : "upload",
        );
        const retryUnknown = isSaving;
        await uploadVideoMaterial(mp, details, file, { checkpoint, retryUnknown, ...keep });
        const first = REQUESTS.slice(0, arrives ? request + 1 : Math.max(request, 1));
        expect(calls()).toEqual([...first, ...REQUESTS.slice(Math.max(request, 1))]);
        await expectWhole(videos(), bytes, isSaving && arrives ? 2 : 1);
      });
    }
  }

  it("while each checkpoint is kept: nothing more is asked for, and it goes on from there", async () => {
    const phases = ["upload", "upload", "upload", "finish", "finished", "save"];
    const sent = [2, 3, 4, 4, 5, 5];
    for (const [index, phase] of phases.entries()) {
      const { mp, keep, last, checkpoints, calls, videos } = videoInProcess();
      const stop = new AbortController();
      const { signal } = stop;
      const upload = uploadVideoMaterial(mp, details, file, {
        signal,
        async onCheckpoint(checkpoint) {
          if (checkpoints.push(checkpoint) === index + 1) stop.abort(reason);
        },
      });
      await expect(upload).rejects.toBe(reason);
      expect(calls()).toEqual(REQUESTS.slice(0, sent[index]));
      expect(checkpoints[index]?.phase).toBe(phase);
      // A save that was not asked for leaves no doubt.
      expect(last().phase).toBe(phase === "save" ? "finished" : phase);
      await uploadVideoMaterial(mp, details, file, { checkpoint: last(), ...keep });
      expect(calls()).toEqual(REQUESTS);
      await expectWhole(videos(), bytes);
    }
  });

  it("but not once it is done", async () => {
    const { mp, videos } = videoInProcess();
    const stop = new AbortController();
    const result = await uploadVideoMaterial(mp, details, file, {
      signal: stop.signal,
      onCheckpoint: ({ phase }) => phase === "done" && stop.abort(reason),
    });
    expect(result.done).toBe(true);
    await expectWhole(videos(), bytes);
  });

  it("in the middle of a slice, where the last block has been sent", async () => {
    const { mp } = videoInProcess();
    const stop = new AbortController();
    const { signal } = stop;
    const upload = uploadVideoMaterial(mp, details, file, {
      signal,
      maxBlocks: 1,
      onCheckpoint: ({ acked }) => acked.length > 0 && stop.abort(reason),
    });
    await expect(upload).rejects.toBe(reason);
  });

  it("with several blocks at a time: all of them end", async () => {
    const stop = new AbortController();
    let underWay = 0;
    let blocks = 0;
    const { mp, emulator, keep, last, videos } = videoInProcess({
      async fetch(input, init) {
        if (!input.includes("upload_block")) return emulator.fetch(input, init);
        blocks += 1;
        if (blocks > 3) return emulator.fetch(input, init);
        underWay += 1;
        if (underWay === 3) stop.abort(reason);
        return new Promise(() => undefined);
      },
    });
    const longer = videoBytes(4 * MIB);
    const whole = new File([longer], "film.mp4");
    const { signal } = stop;
    const options = { concurrency: 3, ...keep };
    await expect(uploadVideoMaterial(mp, details, whole, { signal, ...options })).rejects.toBe(
      reason,
    );
    expect(blocks).toBe(3);
    await uploadVideoMaterial(mp, details, whole, { checkpoint: last(), ...options });
    await expectWhole(videos(), longer);
  });

  for (const [read, what] of ["its head", "the first pass", "the second pass"].entries()) {
    it(`though the reader hangs and does not listen: ${what}`, async () => {
      const { mp } = videoInProcess();
      const stop = new AbortController();
      const source = readable(bytes, (start, end) => {
        if (source.reads.length !== [1, 3, 4][read]) return bytes.slice(start, end);
        stop.abort(reason);
        return new Promise<Uint8Array>(() => undefined);
      });
      const { signal } = stop;
      await expect(uploadVideoMaterial(mp, details, source, { signal })).rejects.toBe(reason);
    });
  }

  it("and leaves no trace on the signal", async () => {
    const { mp } = videoInProcess();
    const listeners = new Set<unknown>();
    const { signal } = new AbortController();
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...given: [string, never]) => {
      listeners.add(given[1]);
      add(...given);
    };
    signal.removeEventListener = (...given: [string, never]) => {
      listeners.delete(given[1]);
      remove(...given);
    };
    await uploadVideoMaterial(mp, details, file, { signal, concurrency: 2 });
    expect(listeners.size).toBe(0);
  });
});
