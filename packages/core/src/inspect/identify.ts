import type { FileWindow } from "./file-window.ts";
import {
  asfHeaderBytes,
  detectFormat,
  type Format,
  HEAD_BYTES,
  isMp3Frame,
  mimeOf,
} from "./formats.ts";

/** Format and MIME type of a file. */
export interface Identity {
  readonly format: Format;
  readonly mime: string;
  /** Position of the first frame of an MP3, behind any ID3v2 tag; 0 for other formats. */
  readonly soundStart: number;
}

/** ASF headers with lyrics or scripts are longer, up to this. */
const MAX_HEAD_BYTES = 1024 * 1024;

/** Recognizes a file by its first bytes. */
export async function identify(read: FileWindow): Promise<Identity> {
  const head = await readHead(read);
  const soundStart = id3Bytes(head);
  const format = soundStart > 0 ? await formatBehindTag(read, soundStart) : detectFormat(head);
  return { format, mime: mimeOf(format), soundStart };
}

async function readHead(read: FileWindow): Promise<Uint8Array> {
  const head = await read(0, HEAD_BYTES);
  const needed = asfHeaderBytes(head);
  return needed > HEAD_BYTES ? read(0, Math.min(needed, MAX_HEAD_BYTES)) : head;
}

/** An ID3 tag usually comes before MP3, but also before AAC. */
async function formatBehindTag(read: FileWindow, start: number): Promise<Format> {
  return isMp3Frame(await read(start, 4)) ? "mp3" : "unknown";
}

/** Length of the ID3v2 tag at the start, with its header and footer; 0 if there is none. */
function id3Bytes(head: Uint8Array): number {
  if (String.fromCharCode(...head.subarray(0, 3)) !== "ID3") return 0;
  const [, , , , , flags = 0, a = 0, b = 0, c = 0, d = 0] = head;
  const body = ((a & 0x7f) << 21) | ((b & 0x7f) << 14) | ((c & 0x7f) << 7) | (d & 0x7f);
  return 10 + body + ((flags & 0x10) === 0 ? 0 : 10);
}
