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

/** The offset of the sound after ID3v2 tags. */
function afterTags(file: Uint8Array): number {
  let at = 0;
  while (ascii(file, at, 3) === "ID3") {
    const [flags = 0, ...size] = file.subarray(at + 5, at + 10);
    const bytes = size.reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
    at += 10 + bytes + (flags & 0x10 ? 10 : 0);
  }
  return at;
}

/** Whether a frame is a header without sound. */
function isHead(file: Uint8Array, at: number, { sideInfoEnd }: Frame): boolean {
  const tag = ascii(file, at + sideInfoEnd, 4);
  return tag === "Xing" || tag === "Info" || ascii(file, at + 36, 4) === "VBRI";
}

const alike = (a: Frame, b: Frame | undefined): boolean =>
  b !== undefined && a.version === b.version && a.rate === b.rate;

/** The next frame that is followed by a frame of the same kind or by the end of the file. */
function nextFrame(file: Uint8Array, from: number, like?: Frame): number {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const frame = readFrame(file, at);
    if (frame === undefined || (like && !alike(like, frame))) continue;
    const end = at + frame.bytes;
    if (end === file.length || alike(frame, readFrame(file, end))) return at;
  }
  return -1;
}

export function isMp3(file: Uint8Array): boolean {
  if (ascii(file, 0, 3) === "ID3") return nextFrame(file, afterTags(file)) >= 0;
  return readFrame(file, 0) !== undefined;
}

/** The duration of the complete frames of sound in seconds. */
export function mp3Seconds(file: Uint8Array): number {
  let at = nextFrame(file, afterTags(file));
  const first = at < 0 ? undefined : readFrame(file, at);
  if (first === undefined) return 0;
  if (isHead(file, at, first)) at += first.bytes;
  let samples = 0;
  while (at >= 0 && at < file.length) {
    const frame = readFrame(file, at);
    if (frame === undefined || !alike(first, frame)) {
      at = nextFrame(file, at + 1, first);
      continue;
    }
    at += frame.bytes;
    if (at <= file.length) samples += frame.samples;
  }
  return samples / first.rate;
}
