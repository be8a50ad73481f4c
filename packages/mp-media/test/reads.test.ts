// A file is read and inspected once, and what a stream is does not depend on its chunks.

import { readFileSync } from "node:fs";
import { createSource, type FileInput } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import {
  amrFrames,
  id3,
  joined,
  mp3Frames,
  TAGGED_MP3,
  zeros,
} from "../../../test/support/sounds.ts";
import { keepMedia, refreshKeptMedia } from "../src/index.ts";
import { CALLS, openMp, type UploadCall } from "./calls.ts";

const files = new URL("../../../test/fixtures/files/", import.meta.url);
const bytesOf = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(name, files)));
const NAMES = {
  image: "jpeg-baseline.jpg",
  thumb: "jpeg-baseline.jpg",
  voice: "mp3-cbr-info.mp3",
  video: "mp4.mp4",
};

function counted(bytes: Uint8Array, name: string) {
  const reads: [number, number][] = [];
  const file: FileInput = {
    name,
    size: bytes.length,
    read(start, end) {
      reads.push([start, end]);
      return bytes.slice(start, end);
    },
  };
  return { file, reads };
}

describe("a source is read once", () => {
  it.each(CALLS)("by $name, and by its check", async ({ type, upload, check }: UploadCall) => {
    const bytes = bytesOf(NAMES[type]);
    for (const name of [NAMES[type], "nameless"]) {
      const sent = counted(bytes, name);
      await upload(openMp().mp, sent.file);
      expect(sent.reads).toEqual([[0, bytes.length]]);
      const checked = counted(bytes, name);
      await check(checked.file);
      expect(checked.reads).toEqual([[0, Math.min(bytes.length, 65_536)]]);
    }
  });

  it("in windows, none of them twice, where it is larger", async () => {
    const bytes = joined("#!AMR\n", amrFrames(3000), zeros(200_000));
    const voice = CALLS.find(({ name }) => name === "uploadMedia voice") as UploadCall;
    const checked = counted(bytes, "a.amr");
    await voice.check(checked.file);
    const read = checked.reads.reduce((sum, [start, end]) => sum + end - start, 0);
    expect(read).toBeLessThan(bytes.length + 65_536);
    const starts = checked.reads.map(([start]) => start);
    expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
    const sent = counted(bytes, "a.amr");
    await voice.upload(openMp().mp, sent.file);
    expect(sent.reads).toEqual([[0, bytes.length]]);
  });

  it("by keepMedia, whether it uploads or not, and by refreshKeptMedia", async () => {
    const { mp, emulator } = openMp();
    const store = new Map<string, string>();
    const { file, reads } = counted(bytesOf(NAMES.voice), "voice.mp3");
    const phases: string[] = [];
    const onProgress = ({
      phase,
      loaded,
      total,
    }: {
      phase: string;
      loaded: number;
      total: number;
    }) => {
      phases.push(`${phase} ${loaded === total}`);
    };
    await keepMedia(mp, { type: "voice" }, file, { store, onProgress });
    expect(reads).toHaveLength(1);
    expect(phases).toEqual(["read true", "upload false", "upload true"]);
    await keepMedia(mp, { type: "voice" }, file, { store, onProgress });
    await refreshKeptMedia(mp, [{ type: "voice", file }], { store });
    expect(reads).toHaveLength(3);
    expect(phases).toHaveLength(3);
    expect(emulator.control.mpMedia).toHaveLength(1);
  });
});

/** The same bytes in chunks of this size. */
function chunked(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

describe("a stream is what its bytes are, in whatever chunks they come", () => {
  const cover = joined(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), zeros(900_000));
  const voice = CALLS.find(({ name }) => name === "uploadMedia voice") as UploadCall;
  const sounds: Readonly<Record<string, Uint8Array>> = {
    "a picture of 90 KB": TAGGED_MP3["a picture of 90 KB in its tag"]?.[0] ?? zeros(0),
    "zeros over 64 KiB": TAGGED_MP3["more zeros than a head has"]?.[0] ?? zeros(0),
    "a picture of 900 KB": joined(id3(cover), mp3Frames(9)),
    "a tag that ends at 64 KiB": joined(id3(zeros(65_526)), mp3Frames(9)),
    "a tag that ends 2 bytes before 64 KiB": joined(id3(zeros(65_524)), mp3Frames(9)),
  };
  for (const [what, bytes] of Object.entries(sounds)) {
    const sizes = [1, 7, 4096, 65_536, bytes.length];
    // Each chunk costs a turn of the loop.
    it.each(sizes.filter((size) => bytes.length / size < 70_000))(
      `${what}, by %i`,
      async (size) => {
        const { mp, emulator } = openMp({ storage: "memory" });
        await voice.upload(mp, { name: "a.mp3", size: bytes.length, stream: chunked(bytes, size) });
        const [stored] = emulator.control.mpMedia;
        expect(Buffer.compare(stored?.bytes ?? zeros(0), bytes)).toBe(0);
      },
    );
  }

  it.each([1, 7, 4096, 65_536, 70_000])("and is refused alike, by %i", async (size) => {
    const bytes = joined(id3(zeros(66_000)), "fLaC", zeros(2000));
    const { mp, emulator } = openMp();
    const stream = { name: "a.mp3", size: bytes.length, stream: chunked(bytes, size) };
    const refused: unknown = await voice.upload(mp, stream).catch((thrown: unknown) => thrown);
    const asSource: unknown = await voice
      .upload(mp, createSource(bytes, { name: "a.mp3" }))
      .catch((thrown: unknown) => thrown);
    expect(refused).toEqual(asSource);
    expect(refused).toMatchObject({ reason: "format" });
    expect(emulator.control.journal.entries()).toEqual([]);
  });
});
