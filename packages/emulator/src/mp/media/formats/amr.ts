// RFC 4867, section 5: a magic number, then frames of 20 ms: a byte with the type and a payload whose
// size depends on the type.

import { ascii } from "../../../bytes/ascii.ts";

const FRAMES_PER_SECOND = 50;

/** Size of a frame by its type, including the type byte. */
const NARROW_BAND = [13, 14, 16, 18, 20, 21, 27, 32, 6, 7, 6, 6, 1, 1, 1, 1];
const WIDE_BAND = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1];

const HEADS: readonly { magic: string; frameBytes: readonly number[]; channels?: true }[] = [
  { magic: "#!AMR\n", frameBytes: NARROW_BAND },
  { magic: "#!AMR-WB\n", frameBytes: WIDE_BAND },
  { magic: "#!AMR_MC1.0\n", frameBytes: NARROW_BAND, channels: true },
  { magic: "#!AMR-WB_MC1.0\n", frameBytes: WIDE_BAND, channels: true },
];

const headOf = (file: Uint8Array) => {
  const text = ascii(file, 0, 16);
  return HEADS.find(({ magic }) => text.startsWith(magic));
};

export const isAmr = (file: Uint8Array): boolean => headOf(file) !== undefined;

/** Where the zeros at the end of the file begin. */
function endOfSound(file: Uint8Array): number {
  let end = file.length;
  while (end > 0 && file[end - 1] === 0) end -= 1;
  return end;
}

/**
 * The duration of the complete frames in seconds. Zeros up to the end of the file are padding, as
 * recorders in browsers write it: the type byte of a frame is none, even without sound.
 */
export function amrSeconds(file: Uint8Array): number {
  const head = headOf(file);
  if (head === undefined) return 0;
  let at = head.magic.length;
  let channels = 1;
  if (head.channels) {
    // The last four bits of the channel description are the number of channels.
    channels = Math.max(1, (file[at + 3] ?? 1) & 0x0f);
    at += 4;
  }
  let frames = 0;
  const end = endOfSound(file);
  while (at < end) {
    at += head.frameBytes[((file[at] as number) >> 3) & 0x0f] as number;
    if (at > file.length) break;
    frames += 1;
  }
  return Math.floor(frames / channels) / FRAMES_PER_SECOND;
}

/** The type byte of a good frame of 12.2 kbit/s. */
const TYPE_7 = 0x3c;

/** AMR of 12.2 kbit/s of this duration; its payload is no real sound (assumed). */
export function silentAmr(seconds: number): Uint8Array<ArrayBuffer> {
  const head = NARROW_BAND_MAGIC;
  const frames = Math.max(1, Math.round(seconds * FRAMES_PER_SECOND));
  const frameBytes = NARROW_BAND[7] as number;
  const file = new Uint8Array(head.length + frames * frameBytes);
  file.set(head);
  for (let at = head.length; at < file.length; at += frameBytes) file[at] = TYPE_7;
  return file;
}

const NARROW_BAND_MAGIC = new TextEncoder().encode("#!AMR\n");
