// ISO/IEC 11172-3 and 13818-3, layer III. Counts the frames, as a Xing header may be wrong.

import { ascii } from "../../../bytes/ascii.ts";

const MPEG_1_KBPS = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const MPEG_2_KBPS = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const MPEG_1_RATES = [44100, 48000, 32000];

interface Frame {
  version: 1 | 2 | 2.5;
  /** Hertz. */
  rate: number;
  samples: number;
  bytes: number;
  /** Offset in the frame of a possible Xing or Info header. */
  sideInfoEnd: number;
}

function readFrame(file: Uint8Array, at: number): Frame | undefined {
  const [first, second = 0, third = 0, fourth = 0] = file.subarray(at, at + 4);
  const isLayer3 = (second & 0xe0) === 0xe0 && (second & 0x06) === 0x02;
  if (first !== 0xff || !isLayer3) return undefined;
  const version = ([2.5, undefined, 2, 1] as const)[(second >> 3) & 3];
  const fullRate = MPEG_1_RATES[(third >> 2) & 3];
  if (version === undefined || fullRate === undefined) return undefined;
  const kbps = (version === 1 ? MPEG_1_KBPS : MPEG_2_KBPS)[third >> 4];
  if (!kbps) return undefined;
  const rate = fullRate / { 1: 1, 2: 2, 2.5: 4 }[version];
  const samples = version === 1 ? 1152 : 576;
  const bytes = Math.floor((samples * kbps * 125) / rate) + ((third >> 1) & 1);
  const mono = fourth >> 6 === 3;
  const stereoSideInfo = version === 1 ? 32 : 17;
  const monoSideInfo = version === 1 ? 17 : 9;
  return { version, rate, samples, bytes, sideInfoEnd: 4 + (mono ? monoSideInfo : stereoSideInfo) };
}

/** The size of the ID3v2 tag here; 0 if there is none. A footer came with version 4. */
function tagBytes(file: Uint8Array, at: number): number {
  if (ascii(file, at, 3) !== "ID3") return 0;
  const [version = 0, , flags = 0, ...size] = file.subarray(at + 3, at + 10);
  if (size.length < 4 || size.some((byte) => byte > 0x7f)) return 0;
  const footer = version >= 4 && flags & 0x10 ? 10 : 0;
  const bytes = 10 + size.reduce((sum, byte) => sum * 128 + byte, 0) + footer;
  // A size that leads out of the file is wrong, and what is behind the header may be sound.
  return at + bytes < file.length ? bytes : 10;
}

/** The offset after ID3v2 tags and the zeros between and behind them. */
function afterTags(file: Uint8Array): number {
  let at = 0;
  for (;;) {
    const tag = tagBytes(file, at);
    if (tag === 0 && file[at] !== 0) return at;
    at += Math.max(tag, 1);
  }
}

/** How far behind the tags players look for the first frame (assumed). */
const SEARCHED_BYTES = 64 * 1024;

/** The offset of the first frame, or -1. Without a tag that promises sound, three in a row must show it. */
function firstFrame(file: Uint8Array): number {
  if (readFrame(file, 0) !== undefined) return 0;
  const from = afterTags(file);
  const tagged = tagBytes(file, 0) > 0;
  if (tagged && readFrame(file, from) !== undefined) return from;
  const enough = tagged ? 2 : 3;
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    if (at - from > SEARCHED_BYTES) return -1;
    if (inARow(file, at) >= enough) return at;
  }
  return -1;
}

/** The number of frames in a row, up to three; the end of the file counts as one. */
function inARow(file: Uint8Array, from: number): number {
  let at = from;
  let last: Frame | undefined;
  for (let count = 0; count < 3; count++) {
    const frame = readFrame(file, at);
    if (frame === undefined || (last && !alike(last, frame))) {
      return count > 0 && at === file.length ? count + 1 : count;
    }
    at += frame.bytes;
    last = frame;
  }
  return 3;
}

/** Whether a frame is a header without sound. */
function isHead(file: Uint8Array, at: number, { sideInfoEnd }: Frame): boolean {
  const tag = ascii(file, at + sideInfoEnd, 4);
  return tag === "Xing" || tag === "Info" || ascii(file, at + 36, 4) === "VBRI";
}

const alike = (a: Frame, b: Frame | undefined): boolean =>
  b !== undefined && a.version === b.version && a.rate === b.rate;

/** The next frame that is followed by a frame of the same kind or by the end of the file. */
function nextFrame(file: Uint8Array, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    if (inARow(file, at) >= 2) return at;
  }
  return -1;
}

/** An archive may have an MP3 in it. */
const isArchive = (file: Uint8Array): boolean => ascii(file, 0, 4) === "PK\x03\x04";

/** In free format, headers have the bitrate 0; the next one shows how long a frame is (at most 8 KiB, assumed). */
function isFreeFormat(file: Uint8Array): boolean {
  const at = afterTags(file);
  const [first, second = 0, third = 0] = file.subarray(at, at + 3);
  const isHeader =
    first === 0xff &&
    (second & 0xe6) === 0xe2 &&
    (second & 0x18) !== 0x08 &&
    (third & 0x0c) !== 0x0c;
  if (!isHeader || third >> 4 !== 0) return false;
  const within = file.subarray(at + 4, at + 8192);
  return within.some(
    (byte, next) =>
      byte === 0xff &&
      within[next + 1] === second &&
      ((within[next + 2] ?? ~third) & 0xfd) === (third & 0xfd),
  );
}

export const isMp3 = (file: Uint8Array): boolean =>
  !isArchive(file) && (firstFrame(file) >= 0 || isFreeFormat(file));

/** The duration of the complete frames of sound in seconds. */
export function mp3Seconds(file: Uint8Array): number {
  let at = firstFrame(file);
  let last = at < 0 ? undefined : readFrame(file, at);
  if (last === undefined) return 0;
  if (isHead(file, at, last)) at += last.bytes;
  let seconds = 0;
  while (at >= 0 && at < file.length) {
    const frame = readFrame(file, at);
    if (frame === undefined || (!alike(last, frame) && inARow(file, at) < 2)) {
      at = nextFrame(file, at + 1);
      continue;
    }
    at += frame.bytes;
    if (at <= file.length) seconds += frame.samples / frame.rate;
    last = frame;
  }
  return seconds;
}
