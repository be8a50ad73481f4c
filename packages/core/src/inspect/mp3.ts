import type { FileWindow } from "./file-window.ts";
import { isMp3Frame } from "./formats.ts";

const MPEG1_KBPS = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const MPEG2_KBPS = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const MPEG1_HZ = [44_100, 48_000, 32_000];

/** The version field of a frame header; 1 is reserved. */
const MPEG25 = 0;
const MPEG1 = 3;
const MONO = 3;

/**
 * Resolves with the duration of MPEG audio layer III in seconds, from the frame count of a Xing, Info or VBRI header,
 * or by walking every frame. `start` is the position of the first frame, behind any ID3v2 tag.
 */
export async function mp3Duration(read: FileWindow, start: number): Promise<number | undefined> {
  const first = frame(await read(start, 4));
  if (first === undefined) return undefined;
  const counted = countedFrames(await read(start, 4 + first.sideInfoBytes + 12 + 24), first);
  if (counted !== undefined) return (counted * first.samples) / first.hz;
  if (first.bytes === undefined) return undefined; // free format has no frame length
  let seconds = 0;
  let at = start;
  for (;;) {
    const next = frame(await read(at, 4));
    // ID3v1, APEv2 and padding end the walk: none of them looks like a frame.
    if (next?.bytes === undefined) return seconds;
    if ((await read(at, next.bytes)).length < next.bytes) return seconds;
    seconds += next.samples / next.hz;
    at += next.bytes;
  }
}

interface Frame {
  readonly hz: number;
  readonly samples: number;
  readonly sideInfoBytes: number;
  readonly bytes: number | undefined;
}

function frame(header: Uint8Array): Frame | undefined {
  if (header.length < 4 || !isMp3Frame(header)) return undefined;
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

/** The number of frames that the encoder wrote into the first frame, which has no sound itself. */
function countedFrames(head: Uint8Array, first: Frame): number | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const xing = 4 + first.sideInfoBytes;
  if (head.length >= xing + 12 && ["Xing", "Info"].includes(tag(head, xing))) {
    const hasFrames = (view.getUint32(xing + 4) & 1) === 1;
    return hasFrames ? view.getUint32(xing + 8) : undefined;
  }
  if (head.length >= 36 + 18 && tag(head, 36) === "VBRI") return view.getUint32(36 + 14);
  return undefined;
}

function tag(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
