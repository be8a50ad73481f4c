import type { FileWindow } from "./file-window.ts";
import { asfHeaderBytes, detectFormat, type Format, HEAD_BYTES, mimeOf } from "./formats.ts";

/** Format and MIME type of a file. */
export interface Identity {
  readonly format: Format;
  readonly mime: string;
  /** Position of the first frame of an MP3, behind tags and padding; 0 for other formats. */
  readonly soundStart: number;
}

/** ASF headers with lyrics or scripts are longer, up to this. */
const MAX_HEAD_BYTES = 1024 * 1024;

/**
 * Recognizes a file by its first bytes.
 *
 * @param findMp3 - `mp3Start`, which finds an MP3 behind tags or padding by its frames; calls that take no sound do
 *   without it
 */
export async function identify(
  read: FileWindow,
  findMp3?: (read: FileWindow) => Promise<number | undefined>,
): Promise<Identity> {
  const format = detectFormat(await readHead(read));
  const soundStart = format === "unknown" ? await findMp3?.(read) : undefined;
  const found = soundStart === undefined ? format : "mp3";
  return { format: found, mime: mimeOf(found), soundStart: soundStart ?? 0 };
}

async function readHead(read: FileWindow): Promise<Uint8Array> {
  const head = await read(0, HEAD_BYTES);
  const needed = asfHeaderBytes(head);
  return needed > HEAD_BYTES ? read(0, Math.min(needed, MAX_HEAD_BYTES)) : head;
}
