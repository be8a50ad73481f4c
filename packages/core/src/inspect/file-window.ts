import type { AbortSignal } from "../async/abort-signal.ts";
import type { Source } from "../source/source.ts";

/** Bytes per read: parsers go through a file in small steps. */
const WINDOW_BYTES = 64 * 1024;

/** Reads bytes anywhere in a file; fewer than asked for only at its end. */
export type FileWindow = (offset: number, length: number) => Promise<Uint8Array>;

/** Reads a source through a moving window, so that parsing frame by frame needs few reads. */
export function openWindow(source: Source, signal?: AbortSignal | undefined): FileWindow {
  let start = 0;
  let bytes: Uint8Array = new Uint8Array(0);
  return async (offset, length) => {
    const from = Math.min(offset, source.size);
    const to = Math.min(offset + length, source.size);
    if (from < start || to > start + bytes.byteLength) {
      const end = Math.min(Math.max(to, from + WINDOW_BYTES), source.size);
      bytes = await source.read(from, end, { signal });
      start = from;
    }
    return bytes.subarray(from - start, to - start);
  };
}
