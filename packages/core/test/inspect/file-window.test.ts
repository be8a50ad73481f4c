import { describe, expect, it } from "vitest";
import { openWindow } from "../../src/inspect/file-window.ts";
import { createSource } from "../../src/source/source.ts";

const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => i & 255);

function counted() {
  const reads: [number, number][] = [];
  const source = createSource({
    size: bytes.length,
    read: (start, end) => {
      reads.push([start, end]);
      return bytes.slice(start, end);
    },
  });
  return { read: openWindow(source), reads };
}

describe("openWindow", () => {
  it("returns any range, and less only at the end of the file", async () => {
    const { read } = counted();
    for (const [offset, length] of [
      [0, 10],
      [65_530, 20],
      [150_000, 70_000],
      [5, 1],
      [199_999, 10],
      [200_000, 10],
      [300_000, 10],
    ] as const) {
      expect(await read(offset, length)).toEqual(bytes.slice(offset, offset + length));
    }
  });

  it("reads small steps out of one window", async () => {
    const { read, reads } = counted();
    for (let at = 0; at < 60_000; at += 13) await read(at, 4);
    expect(reads).toEqual([[0, 65_536]]);
  });

  it("reads again neither what it has from its first byte on, nor up to its last", async () => {
    const { read, reads } = counted();
    await read(0, 4);
    await read(0, 4);
    await read(0, 65_536);
    await read(65_532, 4);
    expect(reads).toEqual([[0, 65_536]]);
  });

  it("reads with the signal of the caller", async () => {
    const signals: unknown[] = [];
    const source = createSource(bytes);
    const watched = {
      ...source,
      size: source.size,
      read: async (_: number, __: number, options?: { signal?: unknown }) => {
        signals.push(options?.signal);
        return bytes.slice(0, 4);
      },
    };
    const { signal } = new AbortController();
    await openWindow(watched, signal)(0, 4);
    expect(signals).toEqual([signal]);
  });
});
