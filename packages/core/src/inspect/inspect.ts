import { createSource, type SourceInput } from "../source.ts";
import { amrDuration } from "./amr.ts";
import { type FileWindow, openWindow } from "./file-window.ts";
import {
  asfHeaderBytes,
  detectFormat,
  type Format,
  HEAD_BYTES,
  isId3,
  isMp3Frame,
  MIME_TYPES,
} from "./formats.ts";
import { imageSize } from "./image-size.ts";
import { id3Bytes, mp3Duration } from "./mp3.ts";

/** What a file is by its content. */
export interface Inspection {
  readonly format: Format;
  readonly mime: string;
  /** Pixels, of a JPEG, PNG, GIF or BMP, as stored (EXIF orientation does not turn them). */
  readonly width?: number;
  readonly height?: number;
  /** Seconds, of an AMR or MP3. */
  readonly duration?: number;
}

/**
 * Says by its bytes what a file is; its name and type are not asked.
 * The format is `unknown` where no signature fits; a picture or sound that is cut has no size or a shorter duration.
 *
 * @param options - `signal` to stop reading
 *
 * @example
 * ```ts
 * const png = Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAAAAAAABBIqDQ=="), (c) => c.charCodeAt(0));
 * console.log(await inspect(png)); // { format: 'png', mime: 'image/png', width: 2, height: 3 }
 * ```
 */
export async function inspect(
  source: SourceInput,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Inspection> {
  const file = createSource(source);
  const read = openWindow(file, options.signal);
  const head = await readHead(read);
  const soundStart = isId3(head) ? id3Bytes(head) : 0;
  const format = soundStart > 0 ? await formatBehindTag(read, soundStart) : detectFormat(head);
  const about = { format, mime: MIME_TYPES[format] };
  if (format === "amr" || format === "amr-wb") {
    return { ...about, duration: await amrDuration(read, file.size) };
  }
  if (format === "mp3") {
    const duration = await mp3Duration(read, soundStart);
    return duration === undefined ? about : { ...about, duration };
  }
  return { ...about, ...(await imageSize(format, read)) };
}

/** Headers of ASF are longer than others where they hold lyrics or scripts, but not without end. */
const MAX_HEAD_BYTES = 1024 * 1024;

async function readHead(read: FileWindow): Promise<Uint8Array> {
  const head = await read(0, HEAD_BYTES);
  const needed = asfHeaderBytes(head);
  return needed > HEAD_BYTES ? read(0, Math.min(needed, MAX_HEAD_BYTES)) : head;
}

/** ID3 stands before MP3 as a rule, but also before AAC. */
async function formatBehindTag(read: FileWindow, start: number): Promise<Format> {
  return isMp3Frame(await read(start, 4)) ? "mp3" : "unknown";
}
