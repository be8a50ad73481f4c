// Chunked videos as they should go, whatever their size.

import { uploadVideoMaterial, type VideoProgress } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import {
  details,
  expectWhole,
  MIB,
  readable,
  sha1Of,
  videoBytes,
  videoInProcess,
} from "../../../../test/support/video.ts";

describe("the size of a video", () => {
  const sizes: Readonly<Record<string, [size: number, blocks: number[]]>> = {
    "24 bytes": [24, [24]],
    "exactly 1 MiB": [MIB, [MIB]],
    "1 MiB and 1 byte": [MIB + 1, [MIB, 1]],
    "1 byte less than 2 MiB": [2 * MIB - 1, [MIB, MIB - 1]],
    "exactly 3 MiB": [3 * MIB, [MIB, MIB, MIB]],
  };
  for (const [name, [size, blocks]] of Object.entries(sizes)) {
    it(`[publish.16] [publish.17] [publish.19] [publish.23] ${name}: ${blocks.length} blocks`, async () => {
      const { mp, videos, keep, last, calls } = videoInProcess();
      const bytes = videoBytes(size);
      await uploadVideoMaterial(mp, details, new File([bytes], "film.mp4"), keep);
      await expectWhole(videos(), bytes);
      expect(videos()[0]?.blocks.map((block) => block.size)).toEqual(blocks);
      expect(last().acked).toEqual([[1, blocks.length]]);
      const numbers = blocks.map((_, index) => `block ${index + 1}`);
      expect(calls()).toEqual(["token", "init", ...numbers, "finish", "save"]);
    });
  }

  it("1 byte, where any content is taken", async () => {
    const { mp, videos } = videoInProcess();
    const bytes = videoBytes(1);
    const file = new File([bytes], "film.mp4");
    const refused = uploadVideoMaterial(mp, details, file);
    await expect(refused).rejects.toMatchObject({ code: "ERR_MEDIA", reason: "format" });
    expect(videos()).toEqual([]);
    await uploadVideoMaterial(mp, details, file, { limits: { extensions: {} } });
    await expectWhole(videos(), bytes);
  });

  it("[publish.20] 2 GiB are announced, 1 byte more is refused before anything is read", async () => {
    const { mp, videos, calls, last, keep } = videoInProcess();
    const size = 2048 * MIB;
    const head = videoBytes(MIB);
    const read = (start: number, end: number) => {
      const bytes = new Uint8Array(end - start);
      if (start === 0) bytes.set(head.subarray(0, end));
      return bytes;
    };
    const sha1 = "a".repeat(40);
    const whole = { ...readable(new Uint8Array(0), read), size };
    const result = await uploadVideoMaterial(mp, details, whole, { sha1, maxBlocks: 1, ...keep });
    expect(result).toEqual({ done: false, checkpoint: last() });
    expect(videos()).toMatchObject([{ size, sha1, finished: false }]);
    const before = calls().length;
    const file = { ...readable(new Uint8Array(0), read), size: size + 1 };
    await expect(uploadVideoMaterial(mp, details, file, { sha1 })).rejects.toMatchObject({
      code: "ERR_MEDIA",
      reason: "size",
      expected: `at most ${size} bytes`,
      option: "limits.maxBytes",
    });
    expect(file.reads).toEqual([]);
    expect(calls().length).toBe(before);
  });

  it("its last block is number 2048", async () => {
    const { mp, calls, videos } = videoInProcess();
    const size = 2048 * MIB;
    const head = videoBytes(MIB);
    const read = (start: number, end: number) =>
      start === 0 ? head.slice(0, end) : new Uint8Array(end - start);
    const sha1 = "a".repeat(40);
    const file = { ...readable(new Uint8Array(0), read), size };
    const first = await uploadVideoMaterial(mp, details, file, { sha1, maxBlocks: 1 });
    if (first.done) throw new Error("It is done.");
    const checkpoint = { ...first.checkpoint, acked: [[1, 2047]] as const };
    await uploadVideoMaterial(mp, details, file, { sha1, maxBlocks: 1, checkpoint });
    expect(calls().at(-1)).toBe("block 2048");
    expect(videos()[0]?.blocks.at(-1)).toMatchObject({ part_num: 2048, size: MIB });
    expect(file.reads.at(-1)).toEqual([size - MIB, size]);
  });
});

describe("progress", () => {
  it("of each phase grows to the size of the file, in the order of the work", async () => {
    const { mp } = videoInProcess();
    const bytes = videoBytes(2 * MIB + 9);
    const seen: VideoProgress[] = [];
    const onProgress = (progress: VideoProgress) => void seen.push(progress);
    await uploadVideoMaterial(mp, details, new File([bytes], "film.mp4"), { onProgress });
    const total = bytes.length;
    const loaded = (phase: string) =>
      seen.filter((progress) => progress.phase === phase).map((progress) => progress.loaded);
    expect(loaded("hash")).toEqual([MIB, 2 * MIB, total]);
    expect(loaded("upload")).toEqual([0, MIB, 2 * MIB, total]);
    expect(loaded("finish")).toEqual([0, total]);
    expect(loaded("save")).toEqual([0, total]);
    expect(
      seen.map(({ phase }) => phase).filter((phase, at, all) => phase !== all[at - 1]),
    ).toEqual(["hash", "upload", "finish", "save"]);
    expect(new Set(seen.map((progress) => progress.total))).toEqual(new Set([total]));
  });

  it("never goes back with several blocks at a time", async () => {
    const { mp } = videoInProcess();
    const file = new File([videoBytes(4 * MIB)], "film.mp4");
    const loaded: number[] = [];
    const onProgress = (progress: VideoProgress) => {
      if (progress.phase === "upload") loaded.push(progress.loaded);
    };
    await uploadVideoMaterial(mp, details, file, { concurrency: 3, onProgress });
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
    expect(loaded.at(-1)).toBe(4 * MIB);
  });
});

describe("a digest that the caller vouches for", () => {
  it("saves the first pass: every byte but the head is read once", async () => {
    const { mp, videos } = videoInProcess();
    const bytes = videoBytes(2 * MIB + 5);
    const file = readable(bytes);
    const sha1 = await sha1Of(bytes);
    const phases = new Set<string>();
    await uploadVideoMaterial(mp, details, file, {
      sha1: sha1.toUpperCase(),
      onProgress: ({ phase }) => void phases.add(phase),
    });
    await expectWhole(videos(), bytes);
    expect(file.reads.filter(([start]) => start > 0)).toEqual([
      [MIB, 2 * MIB],
      [2 * MIB, bytes.length],
    ]);
    expect([...phases]).toEqual(["upload", "finish", "save"]);
  });

  it("is refused by WeChat where it is wrong, and nothing is saved", async () => {
    const { mp, videos, keep, last } = videoInProcess();
    const sha1 = "0".repeat(40);
    const file = new File([videoBytes(MIB + 5)], "film.mp4");
    const upload = uploadVideoMaterial(mp, details, file, { sha1, ...keep });
    await expect(upload).rejects.toMatchObject({ code: "ERR_MP_API", errcode: 100203 });
    expect(last().phase).toBe("finish");
    expect(videos()).toMatchObject([{ finished: false, mediaIds: [] }]);
    const checkpoint = last();
    await expect(uploadVideoMaterial(mp, details, file, { checkpoint })).rejects.toMatchObject({
      code: "ERR_CHECKPOINT",
      reason: "file",
    });
  });

  it("is a TypeError where it is not a SHA-1", async () => {
    const { mp, calls } = videoInProcess();
    const file = new File([videoBytes(100)], "film.mp4");
    for (const sha1 of ["", "abc", "g".repeat(40), 7 as never, null as never]) {
      await expect(uploadVideoMaterial(mp, details, file, { sha1 })).rejects.toThrow(
        /sha1 must be a SHA-1 in 40 hexadecimal digits, not /,
      );
    }
    expect(calls()).toEqual([]);
  });
});
