import type { FileWindow } from "./file-window.ts";

/** Resolves with the position of the next byte that is not zero, or the end of the file. */
export async function skipZeros(read: FileWindow, from: number): Promise<number> {
  let at = from;
  for (;;) {
    const bytes = await read(at, 4096);
    const found = bytes.findIndex((byte) => byte !== 0);
    if (found >= 0 || bytes.length === 0) return at + Math.max(found, 0);
    at += bytes.length;
  }
}
