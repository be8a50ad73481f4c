import type { FileWindow } from "./file-window.ts";
import { isMp3Frame } from "./formats.ts";

const MPEG1_KBPS = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const MPEG2_KBPS = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const MPEG1_HZ = [44_100, 48_000, 32_000];

const HEADER_BYTES = 4;
/** The version field of a frame header; 1 is reserved. */
const MPEG25 = 0;
const MPEG1 = 3;
const MONO = 3;

/** One frame of MPEG audio layer III, by its header. */
export interface Mp3Frame {
  readonly hz: number;
  readonly samples: number;
  readonly sideInfoBytes: number;
  /** Undefined in free format, whose headers have no length. */
  readonly bytes: number | undefined;
}

/** Reads a frame header. */
export async function mp3Frame(read: FileWindow, at: number): Promise<Mp3Frame | undefined> {
  const header = await read(at, HEADER_BYTES);
  if (header.length < HEADER_BYTES || !isMp3Frame(header)) return undefined;
  const [, second = 0, third = 0, fourth = 0] = header;
  const version = (second >> 3) & 3;
  const isMpeg1 = version === MPEG1;
  const mono = fourth >> 6 === MONO;
  const kbps = (isMpeg1 ? MPEG1_KBPS : MPEG2_KBPS)[third >> 4] ?? 0;
  const hz = (MPEG1_HZ[(third >> 2) & 3] ?? 0) / (isMpeg1 ? 1 : version === MPEG25 ? 4 : 2);
  const samples = isMpeg1 ? 1152 : 576;
  const padding = (third >> 1) & 1;
  return {
    hz,
    samples,
    sideInfoBytes: isMpeg1 ? (mono ? 17 : 32) : mono ? 9 : 17,
    bytes: kbps === 0 ? undefined : Math.floor((samples * kbps * 125) / hz) + padding,
  };
}

/** Whether two frames may be of one sound. */
export function alike(one: Mp3Frame, other: Mp3Frame): boolean {
  return one.hz === other.hz && one.samples === other.samples;
}

const CHUNK_BYTES = 4096;

/**
 * Finds so many frames in a row, which no other bytes have by chance. The end of the file behind a frame counts as one.
 *
 * @param within - how far behind `from` the first may begin
 */
export async function findFrames(
  read: FileWindow,
  from: number,
  count: number,
  within: number = Number.POSITIVE_INFINITY,
): Promise<number | undefined> {
  for (let at = from; at - from <= within; at += CHUNK_BYTES) {
    // Copied, because the next read may replace it; with the header that begins in the last byte.
    const bytes = (await read(at, CHUNK_BYTES + HEADER_BYTES - 1)).slice();
    if (bytes.length === 0) return undefined;
    for (let i = bytes.indexOf(0xff); i >= 0 && i < CHUNK_BYTES; i = bytes.indexOf(0xff, i + 1)) {
      if (isMp3Frame(bytes.subarray(i)) && (await areFrames(read, at + i, count))) return at + i;
    }
  }
  return undefined;
}

async function areFrames(read: FileWindow, from: number, count: number): Promise<boolean> {
  let at = from;
  let last: Mp3Frame | undefined;
  for (let found = 0; found < count; found++) {
    const next = await mp3Frame(read, at);
    if (next === undefined && found > 0 && found === count - 1) {
      return (await read(at - 1, 2)).length === 1;
    }
    if (next?.bytes === undefined || !alike(last ?? next, next)) return false;
    last = next;
    at += next.bytes;
  }
  return true;
}
