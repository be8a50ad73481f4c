// Pictures, sounds and videos: what the library and the emulator find in their bytes.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkMaterial, checkMedia } from "@wechat-edge/mp-media";
import { checkImage, checkVideo } from "@wechat-edge/pay-media";
import * as fc from "fast-check";
import { openWindow } from "../../../packages/core/src/inspect/file-window.ts";
import { inspectFile } from "../../../packages/core/src/inspect/inspect.ts";
import { sniffVideo } from "../../../packages/emulator/src/file/magic-numbers.ts";
import { amrSeconds } from "../../../packages/emulator/src/mp/media/formats/amr.ts";
import { formatOf } from "../../../packages/emulator/src/mp/media/formats/identify.ts";
import { imageSize } from "../../../packages/emulator/src/mp/media/formats/image-size.ts";
import { mp3Seconds } from "../../../packages/emulator/src/mp/media/formats/mp3.ts";
import { fuzzTarget, must, outcomeOf } from "../fuzz-target.ts";
import { mutatedBytes } from "../mutations.ts";
import { hostileFiles } from "./hostile-files.ts";

const folder = fileURLToPath(new URL("../../fixtures/files", import.meta.url));
/** One of each kind, and what is made to be hard to read. */
const corpus = [
  ...readdirSync(folder)
    .map((name) => new Uint8Array(readFileSync(join(folder, name))))
    .filter(({ length }) => length < 7000),
  ...hostileFiles,
];

const WINDOW_BYTES = 64 * 1024;
const LONGEST_READ = 1024 * 1024;

/** A file behind counted reads. */
function counted(bytes: Uint8Array) {
  const reads: number[] = [];
  const source = {
    name: "",
    type: "",
    size: bytes.length,
    read: async (start: number, end: number): Promise<Uint8Array> => {
      must(0 <= start && start < end && end <= bytes.length, `Read ${start} to ${end}.`);
      must(end - start <= LONGEST_READ, `Read ${end - start} bytes at once.`);
      reads.push(end - start);
      return bytes.slice(start, end);
    },
  };
  return { source, reads };
}

const isSize = (value: unknown): boolean =>
  value === undefined || (typeof value === "number" && Number.isFinite(value) && value >= 0);

/** Long files show reads that come back: a window holds all of a short one. */
const files = fc.oneof(
  { weight: 9, arbitrary: mutatedBytes(corpus) },
  fc
    .tuple(mutatedBytes(corpus), fc.integer({ min: 2, max: 200 }))
    .filter(([bytes]) => bytes.length < 3000)
    .map(([bytes, times]) => {
      const long = new Uint8Array(bytes.length * times);
      for (let i = 0; i < times; i++) long.set(bytes, i * bytes.length);
      return long;
    }),
);

export const fileTargets = [
  fuzzTarget("inspect: pictures, sounds and videos", 400, files, async (bytes) => {
    const { source, reads } = counted(bytes);
    const { width, height, duration } = await inspectFile(openWindow(source), source.size);
    must([width, height, duration].every(isSize), `Found ${width}×${height}, ${duration} s.`);
    const read = reads.reduce((sum, length) => sum + length, 0);
    // The head of ASF is read again with the rest of it, and windows overlap by what a search looks ahead.
    must(read <= 3 * bytes.length, `Read ${read} bytes of a file of ${bytes.length}.`);
    const windows = Math.ceil(bytes.length / (WINDOW_BYTES / 2)) + 2;
    must(reads.length <= windows, `Read ${reads.length} times in a file of ${bytes.length}.`);
  }),
  fuzzTarget("checks before an upload", 60, files, async (bytes) => {
    const named = (name: string): File => new File([new Uint8Array(bytes)], name);
    const codes = ["ERR_MEDIA"];
    await outcomeOf(() => checkImage(named("a.jpg")), codes);
    await outcomeOf(() => checkVideo(named("a.mp4")), codes);
    await outcomeOf(() => checkMedia({ type: "voice" }, named("a.mp3")), codes);
    await outcomeOf(() => checkMedia({ type: "voice" }, named("a.amr")), codes);
    await outcomeOf(() => checkMaterial({ type: "image" }, named("a.png")), codes);
  }),
  fuzzTarget("the emulator's own reading of files", 400, files, (bytes) => {
    const format = formatOf(bytes);
    sniffVideo(bytes);
    const pixels = format && imageSize(format, bytes);
    const found = [amrSeconds(bytes), mp3Seconds(bytes), pixels?.width, pixels?.height];
    must(found.every(isSize), `Found ${found.join(", ")}.`);
  }),
];
