import type { AbortSignal } from "../async/abort-signal.ts";
import type { Source } from "../source/source.ts";

/** Bytes fetched at a time: parsers hop through a file in small steps. */
const WINDOW_BYTES = 64 * 1024;

/** Small reads anywhere in a file; gives fewer bytes than asked for only at its end. */
export type FileWindow = (offset: number, length: number) => Promise<Uint8Array>;

/** Reads a source through a window that moves, so that frame-by-frame parsing costs few reads. */
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
