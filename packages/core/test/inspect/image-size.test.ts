import { describe, expect, it } from "vitest";
import { joined } from "../../../../test/support/sounds.ts";
import type { Format } from "../../src/inspect/formats.ts";
import { imageSize } from "../../src/inspect/image-size.ts";

const sizeOf = async (format: Format, bytes: Uint8Array) => {
  const size = await imageSize(format, async (from, length) => bytes.subarray(from, from + length));
  return size && [size.width, size.height];
};

/** The bytes, and no size in any beginning of them. */
async function sized(format: Format, bytes: Uint8Array): Promise<unknown> {
  for (let length = 0; length < bytes.length; length++) {
    expect(await sizeOf(format, bytes.subarray(0, length))).toBeUndefined();
  }
  return sizeOf(format, joined(bytes, "more"));
}

describe("PNG", () => {
  const ihdr = joined("\0\0\0\rIHDR", Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  it("has its pixels in the first chunk", async () => {
    expect(await sized("png", joined("\x89PNG\r\n\x1a\n", ihdr))).toEqual([0x01020304, 0x05060708]);
  });

  it("of Apple has them in the second", async () => {
    const bytes = joined("\x89PNG\r\n\x1a\n", "\0\0\0\x04CgBI", "\x50\0\x20\x02", "crc.", ihdr);
    expect(await sizeOf("png", bytes)).toEqual([0x01020304, 0x05060708]);
  });
});

it("GIF has its pixels behind its name", async () => {
  expect(await sized("gif", joined("GIF89a", Uint8Array.of(1, 2, 3, 4)))).toEqual([0x0201, 0x0403]);
});

describe("BMP", () => {
  it("of OS/2 has them in two bytes each", async () => {
    const bytes = joined("BM", "x".repeat(12), Uint8Array.of(12, 0, 0, 0, 1, 2, 3, 4));
    expect(await sized("bmp", bytes)).toEqual([0x0201, 0x0403]);
  });

  it("of Windows has them in four bytes each, negative for rows from top to bottom", async () => {
    const head = joined("BM", "x".repeat(12), Uint8Array.of(40, 0, 0, 0));
    const down = joined(head, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
    expect(await sized("bmp", down)).toEqual([0x04030201, 0x08070605]);
    const up = joined(head, Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0xfd, 0xff, 0xff, 0xff));
    expect(await sizeOf("bmp", up)).toEqual([2, 3]);
  });
});

describe("JPEG", () => {
  const SOI = Uint8Array.of(0xff, 0xd8);
  const frame = (marker: number) => Uint8Array.of(0xff, marker, 0, 17, 8, 1, 2, 3, 4);
  const segment = (marker: number, length: number) =>
    joined(Uint8Array.of(0xff, marker, length >> 8, length & 255), new Uint8Array(length - 2));
  const SIZE = [0x0304, 0x0102];

  it.each([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf])(
    "has its pixels behind the marker %i",
    async (marker) => {
      expect(await sized("jpeg", joined(SOI, frame(marker)))).toEqual(SIZE);
    },
  );

  it.each([0xc4, 0xc8, 0xcc, 0xdb, 0xdd, 0xe0, 0xef, 0xfe, 0xbf, 0x02, 0x00])(
    "has a segment of any length behind the marker %i",
    async (marker) => {
      for (const length of [2, 3, 0x102, 0xffff]) {
        const bytes = joined(SOI, segment(marker, length), frame(0xc0));
        expect(await sizeOf("jpeg", bytes)).toEqual(SIZE);
      }
      for (const length of [0, 1]) {
        const head = Uint8Array.of(0xff, marker, 0, length);
        expect(await sizeOf("jpeg", joined(SOI, head, frame(0xc0), frame(0xc0)))).toBeUndefined();
        expect(await sizeOf("jpeg", joined(SOI, head.subarray(0, 2), frame(0xc0)))).toBeUndefined();
      }
    },
  );

  it.each([0x01, 0xd0, 0xd1, 0xd7, 0xd8])("has nothing behind the marker %i", async (marker) => {
    const bytes = joined(SOI, Uint8Array.of(0xff, marker), frame(0xc0));
    expect(await sizeOf("jpeg", bytes)).toEqual(SIZE);
  });

  it("may have any number of bytes of filling before a marker", async () => {
    const filling = new Uint8Array(5).fill(0xff);
    expect(await sizeOf("jpeg", joined(SOI, filling, frame(0xc0)))).toEqual(SIZE);
  });

  it.each([0xda, 0xd9])("has no size behind the marker %i", async (marker) => {
    expect(await sizeOf("jpeg", joined(SOI, segment(marker, 8), frame(0xc0)))).toBeUndefined();
  });

  it("has none where a segment ends in other bytes", async () => {
    const bytes = joined(SOI, segment(0xe0, 8), Uint8Array.of(0, 0xc0, 0, 17, 8, 1, 2, 3, 4));
    expect(await sizeOf("jpeg", bytes)).toBeUndefined();
  });
});

it.each<Format>(["webp", "mp4", "unknown"])("%s has no size here", async (format) => {
  expect(await sizeOf(format, new Uint8Array(100).fill(0xff))).toBeUndefined();
});
