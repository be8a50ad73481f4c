import type { FileWindow } from "./file-window.ts";
import { foreignName, TAGGED } from "./foreign.ts";
import { isMp3Frame } from "./formats.ts";
import { findFrames } from "./mp3-frame.ts";
import { skipZeros } from "./zeros.ts";

/** How far behind the tags the first frame is looked for. */
const SEARCHED_BYTES = 64 * 1024;

/**
 * Finds the first frame of an MP3: behind its ID3v2 tags and zeros, which players skip, or a little further on. Where
 * nothing but frames says that it is an MP3, it takes three of them.
 */
export async function mp3Start(read: FileWindow): Promise<number | undefined> {
  const name = foreignName(await read(0, 512)) ?? TAGGED;
  if (name !== TAGGED) return undefined; // an archive may have MP3 in it
  let at = 0;
  let tags = 0;
  for (;;) {
    const tag = id3Bytes(await read(at, 10));
    if (tag > 0) tags += 1;
    // A size that leads out of the file is wrong: the frames are somewhere behind.
    if (tag > 0 && (await read(at + tag, 1)).length === 0) break;
    const next = tag > 0 ? at + tag : await skipZeros(read, at);
    if (next === at) break;
    at = next;
  }
  if (tags > 0 && isMp3Frame(await read(at, 4))) return at;
  return findFrames(read, at, tags > 0 ? 2 : 3, SEARCHED_BYTES);
}

/** Length of an ID3v2 tag, which comes before MP3, but also before AAC and FLAC: with its header and its footer, which came with version 4; 0 if there is none. */
function id3Bytes(head: Uint8Array): number {
  const [, , , version = 0, , flags = 0, ...digits] = head.subarray(0, 10);
  const isTag =
    String.fromCharCode(...head.subarray(0, 3)) === "ID3" &&
    digits.length === 4 &&
    digits.every((digit) => digit < 0x80);
  if (!isTag) return 0;
  const footer = version >= 4 && (flags & 0x10) !== 0 ? 10 : 0;
  return 10 + digits.reduce((size, digit) => size * 128 + digit, 0) + footer;
}
