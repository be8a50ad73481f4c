import type { FileWindow } from "./file-window.ts";
import { alike, findFrames, type Mp3Frame, mp3Frame } from "./mp3-frame.ts";

/** A larger file is not read whole if its first frame says how many there are. */
const WALKED_BYTES = 32 * 1024 * 1024;

/** How many bytes of tags a file may have behind its last frame, for the count of its first to fit. */
const TAIL_BYTES = 64 * 1024;

/**
 * Resolves with the duration of MPEG audio layer III in seconds, by walking its frames. In a file of over 32 MiB, the
 * count of a Xing, Info or VBRI header stands for them where it fits the size.
 *
 * @param start - the position of the first frame
 */
export async function mp3Duration(
  read: FileWindow,
  start: number,
  size: number,
): Promise<number | undefined> {
  const first = await mp3Frame(read, start);
  if (first?.bytes === undefined) return undefined;
  const head = counts(await read(start, 4 + first.sideInfoBytes + 16 + 24), first);
  if (size > WALKED_BYTES && head !== undefined && fits(head, first, size - start)) {
    return (head.frames * first.samples) / first.hz;
  }
  let seconds = 0;
  let last = first;
  let at: number | undefined = head === undefined ? start : start + first.bytes;
  for (;;) {
    let next = await mp3Frame(read, at);
    // A tag, padding, damage, or another sound that was put behind this one.
    if (next?.bytes === undefined || !alike(last, next)) {
      at = await findFrames(read, at, 2);
      if (at === undefined) return seconds;
      next = await mp3Frame(read, at);
    }
    if (next?.bytes === undefined || at + next.bytes > size) return seconds;
    seconds += next.samples / next.hz;
    at += next.bytes;
    last = next;
  }
}

/** What an encoder wrote into the first frame, which then has no sound itself; 0 for what it left out. */
interface Counts {
  readonly frames: number;
  readonly bytes: number;
}

function counts(head: Uint8Array, { sideInfoBytes }: Mp3Frame): Counts | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const xing = 4 + sideInfoBytes;
  if (head.length >= xing + 16 && ["Xing", "Info"].includes(tag(head, xing))) {
    // Bits 0 and 1: it has both, in this order.
    const hasBoth = (view.getUint32(xing + 4) & 3) === 3;
    return hasBoth
      ? { frames: view.getUint32(xing + 8), bytes: view.getUint32(xing + 12) }
      : { frames: 0, bytes: 0 };
  }
  if (head.length >= 36 + 18 && tag(head, 36) === "VBRI") {
    return { frames: view.getUint32(36 + 14), bytes: view.getUint32(36 + 10) };
  }
  return undefined;
}

/** Whether the bytes are those of the file, and the frames have lengths that frames can have. */
function fits({ frames, bytes }: Counts, { samples, hz }: Mp3Frame, length: number): boolean {
  const kbps = (bytes * hz) / (frames * samples * 125);
  return kbps >= 8 && kbps <= 320 && bytes <= length && length - bytes <= TAIL_BYTES;
}

function tag(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
