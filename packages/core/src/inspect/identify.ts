import type { FileWindow } from "./file-window.ts";
import { asfHeaderBytes, detectFormat, type Format, isMp3Frame, MIME_TYPES } from "./formats.ts";

/** What a file is, without its pixels and seconds. */
export interface Identity {
  readonly format: Format;
  readonly mime: string;
  /** Where the first frame of an MP3 stands, behind any ID3v2 tag; 0 for other formats. */
  readonly soundStart: number;
}

/** Bytes of the head that a format can be told from, but for long ASF headers and ID3 tags. */
const HEAD_BYTES = 4100;

/** Headers of ASF are longer where they hold lyrics or scripts, but not without end. */
const MAX_HEAD_BYTES = 1024 * 1024;

/** Says by its first bytes what a file is. */
export async function identify(read: FileWindow): Promise<Identity> {
  const head = await readHead(read);
  const soundStart = id3Bytes(head);
  const format = soundStart > 0 ? await formatBehindTag(read, soundStart) : detectFormat(head);
  return { format, mime: MIME_TYPES[format], soundStart };
}

async function readHead(read: FileWindow): Promise<Uint8Array> {
  const head = await read(0, HEAD_BYTES);
  const needed = asfHeaderBytes(head);
  return needed > HEAD_BYTES ? read(0, Math.min(needed, MAX_HEAD_BYTES)) : head;
}

/** ID3 stands before MP3 as a rule, but also before AAC. */
async function formatBehindTag(read: FileWindow, start: number): Promise<Format> {
  return isMp3Frame(await read(start, 4)) ? "mp3" : "unknown";
}

/** The length of the ID3v2 tag at the start, its header and footer included; 0 where there is none. */
function id3Bytes(head: Uint8Array): number {
  if (String.fromCharCode(...head.subarray(0, 3)) !== "ID3") return 0;
  const [, , , , , flags = 0, a = 0, b = 0, c = 0, d = 0] = head;
  const body = ((a & 0x7f) << 21) | ((b & 0x7f) << 14) | ((c & 0x7f) << 7) | (d & 0x7f);
  return 10 + body + ((flags & 0x10) === 0 ? 0 : 10);
}
