import type { FileWindow } from "./file-window.ts";
import { skipZeros } from "./zeros.ts";

/** Every AMR frame lasts 20 ms (RFC 4867), one of silence (SID) or without data too. */
const FRAMES_PER_SECOND = 50;

/** Bytes of a frame, header byte included, by frame type. Narrow-band types 9 to 11 are SID frames of other codecs. */
const NARROW_BAND_BYTES = [13, 14, 16, 18, 20, 21, 27, 32, 6, 7, 6, 6, 1, 1, 1, 1];
const WIDE_BAND_BYTES = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1];

/** The sound of an AMR file. */
export interface AmrSound {
  /** Seconds, counting whole frames. */
  readonly duration: number;
  /** Whether it ends in the middle of a frame. */
  readonly truncated: boolean;
}

/**
 * Walks the frames of an AMR file. A last frame that is cut off does not count, nor do zeros up to the end of the file:
 * recorders write out their last block whole. No frame of an encoder begins with a zero, SID and no data included.
 */
export async function amrSound(read: FileWindow, size: number): Promise<AmrSound> {
  const magic = String.fromCharCode(...(await read(0, 16)));
  const headerEnd = magic.indexOf("\n") + 1;
  const frameBytes = magic.startsWith("#!AMR-WB") ? WIDE_BAND_BYTES : NARROW_BAND_BYTES;
  // Multichannel files have a channel description of 4 bytes, then one frame per channel every 20 ms.
  const multichannel = magic.includes("_MC");
  const channels = multichannel ? Math.max(1, ((await read(headerEnd + 3, 1))[0] ?? 0) & 0x0f) : 1;
  let at = headerEnd + (multichannel ? 4 : 0);
  let frames = 0;
  let zerosEnd = 0;
  while (at < size) {
    const [header = 0] = await read(at, 1);
    if (header === 0 && at >= zerosEnd) {
      zerosEnd = await skipZeros(read, at);
      if (zerosEnd >= size) break;
    }
    at += frameBytes[(header >> 3) & 0x0f] ?? 1;
    if (at <= size) frames += 1;
  }
  return { duration: Math.floor(frames / channels) / FRAMES_PER_SECOND, truncated: at > size };
}
