import type { FileWindow } from "./file-window.ts";
import { foreignName } from "./foreign.ts";
import { asfHeaderBytes, detectFormat, type Format, HEAD_BYTES, mimeOf } from "./formats.ts";
import { hasId3, mp3Start } from "./mp3-start.ts";

/** Format and MIME type of a file. */
export interface Identity {
  readonly format: Format;
  readonly mime: string;
  /** Position of the first frame of an MP3, behind tags and padding; 0 for other formats. */
  readonly soundStart: number;
}

/** ASF headers with lyrics or scripts are longer, up to this. */
const MAX_HEAD_BYTES = 1024 * 1024;

/** Recognizes a file by its first bytes; an MP3 behind tags or padding by its frames. */
export async function identify(read: FileWindow): Promise<Identity> {
  const head = await readHead(read);
  const isTagged = hasId3(head);
  const format = isTagged ? "unknown" : detectFormat(head);
  if (format !== "unknown" || (!isTagged && foreignName(head) !== undefined)) {
    return { format, mime: mimeOf(format), soundStart: 0 };
  }
  const soundStart = await mp3Start(read);
  const found = soundStart === undefined ? "unknown" : "mp3";
  return { format: found, mime: mimeOf(found), soundStart: soundStart ?? 0 };
}

async function readHead(read: FileWindow): Promise<Uint8Array> {
  const head = await read(0, HEAD_BYTES);
  const needed = asfHeaderBytes(head);
  return needed > HEAD_BYTES ? read(0, Math.min(needed, MAX_HEAD_BYTES)) : head;
}
