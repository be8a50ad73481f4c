import type { MpClientOptions, RandomAccessFile } from "@wechat-edge/core";
import type { createEmulator, JournalEntry, StoredVideo } from "@wechat-edge/emulator";
import {
  uploadVideoMaterial,
  type VideoCheckpoint,
  type VideoDetails,
  type VideoUploadOptions,
} from "@wechat-edge/mp-publish";
import { expect } from "vitest";
import { mpInProcess } from "./mp.ts";
import { see } from "./secrets/see.ts";

export const MIB: number = 1024 * 1024;

/** What an MP4 begins with: its `ftyp` box. */
const MP4_HEAD = [
  0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70, 0x69, 0x73, 0x6f, 0x6d, 0, 0, 2, 0, 0x69, 0x73, 0x6f, 0x6d,
  0x69, 0x73, 0x6f, 0x32,
];

export const details: VideoDetails = {
  title: "春江花月夜",
  video_desc: "River, flowers, moon",
  declare_ori: 1,
  newcat: "1",
  newsbcat: 22,
  tags: ["river", "月"],
  cover_url: "https://mmbiz.qpic.cn/cover",
};

/** Bytes of a video that differ in every block; `seed` gives other ones. */
export function videoBytes(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(size / 4));
  let state = seed >>> 0;
  for (let at = 0; at < words.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    words[at] = state;
  }
  const bytes = new Uint8Array(words.buffer, 0, size);
  bytes.set(MP4_HEAD.slice(0, size));
  return bytes;
}

/** SHA-1 in lower-case hexadecimal, by WebCrypto. */
export async function sha1Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-1", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A file that is read through a function, and the ranges that were read of it. */
export function readable(
  bytes: Uint8Array,
  read: (start: number, end: number) => Promise<Uint8Array> | Uint8Array = (start, end) =>
    bytes.slice(start, end),
): RandomAccessFile & { reads: [start: number, end: number][] } {
  const reads: [number, number][] = [];
  return {
    name: "film.mp4",
    size: bytes.length,
    reads,
    read(start, end) {
      reads.push([start, end]);
      return read(start, end);
    },
  };
}

/** An emulator of its own, a client of it, and what is kept of the uploads. */
export function videoInProcess(
  options: Partial<MpClientOptions> = {},
  emulatorOptions: Parameters<typeof createEmulator>[0] = {},
) {
  const { mp, emulator, pauses, used } = mpInProcess(options, emulatorOptions);
  const checkpoints: VideoCheckpoint[] = [];
  return {
    mp,
    emulator,
    pauses,
    used,
    checkpoints,
    /** Keeps every checkpoint. */
    keep: {
      onCheckpoint(kept) {
        see("a checkpoint", kept);
        checkpoints.push(kept);
      },
    } satisfies VideoUploadOptions,
    last: (): VideoCheckpoint => {
      const kept = checkpoints.at(-1);
      if (kept === undefined) throw new Error("No checkpoint was kept.");
      return kept;
    },
    calls: () => callsIn(emulator.control.journal.entries()),
    videos: () => emulator.control.videos.list(),
  };
}

/** A saved video whose status waits for a command, and a clock that sleeps advance. */
export async function savedVideo(onSleep: (pauses: number) => void = () => undefined) {
  const pauses: number[] = [];
  const upload = videoInProcess(
    {
      async sleep(ms, signal) {
        signal?.throwIfAborted();
        pauses.push(ms);
        upload.emulator.control.clock.advance(ms);
        onSleep(pauses.length);
      },
    },
    { review: { transcoding: Number.POSITIVE_INFINITY }, now: () => 1_700_000_000_000 },
  );
  const film = new File([videoBytes(100)], "film.mp4");
  const result = await uploadVideoMaterial(upload.mp, details, film);
  if (!result.done) throw new Error("It is not done.");
  const { media_id, vid } = result;
  const set = (status: number, wording?: string, oriStatus?: number) =>
    upload.emulator.control.videos.setStatus(media_id, status, wording, oriStatus);
  return { ...upload, pauses, media_id, vid, set };
}

/** Requests in their order: `token`, `init`, `block 1`, `finish`, `save`, `query`. */
export function callsIn(entries: readonly JournalEntry[]): string[] {
  return entries.map(({ path, action, part_num }) => {
    if (path.endsWith("token")) return "token";
    return (action ?? path)
      .replace(/^(upload_)?(init|block|finish|save|query)(_\w+)?$/, "$2")
      .replace(/^block$/, `block ${part_num}`);
  });
}

/** How often each block came, by number. */
export function timesOf(video: StoredVideo | undefined): number[] {
  return (video?.blocks ?? []).map(({ timesReceived }) => timesReceived);
}

/** That the one finished and saved upload is this very file. */
export async function expectWhole(
  videos: readonly StoredVideo[],
  bytes: Uint8Array<ArrayBuffer>,
  copies = 1,
): Promise<void> {
  const saved = videos.filter(({ mediaIds }) => mediaIds.length > 0);
  expect(saved.length).toBe(1);
  const sha1 = await sha1Of(bytes);
  expect(saved[0]).toMatchObject({ size: bytes.length, sha1, receivedSha1: sha1, finished: true });
  expect(saved[0]?.mediaIds.length).toBe(copies);
}
