import type { FileWindow } from "./file-window.ts";
import type { Format } from "./formats.ts";

/** Width and height in pixels as stored; EXIF orientation is not applied. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Resolves with the pixels of a JPEG, PNG, GIF or BMP, or undefined if the file does not have them. */
export async function imageSize(format: Format, read: FileWindow): Promise<PixelSize | undefined> {
  switch (format) {
    case "jpeg":
      return jpegSize(read);
    case "png":
      return pngSize(read);
    case "gif":
      return fields(await read(6, 4), (view) => [view.getUint16(0, true), view.getUint16(2, true)]);
    case "bmp":
      return bmpSize(read);
    default:
      return undefined;
  }
}

async function pngSize(read: FileWindow): Promise<PixelSize | undefined> {
  // Apple's tools put a CgBI chunk of 16 bytes before IHDR.
  const chunkType = String.fromCharCode(...(await read(12, 4)));
  return fields(await read(chunkType === "CgBI" ? 32 : 16, 8), (view) => [
    view.getUint32(0),
    view.getUint32(4),
  ]);
}

async function bmpSize(read: FileWindow): Promise<PixelSize | undefined> {
  const [headerBytes = 0] = await read(14, 1);
  if (headerBytes === 12) {
    return fields(await read(18, 4), (view) => [view.getUint16(0, true), view.getUint16(2, true)]);
  }
  // A negative height means rows from top to bottom.
  return fields(await read(18, 8), (view) => [
    Math.abs(view.getInt32(0, true)),
    Math.abs(view.getInt32(4, true)),
  ]);
}

async function jpegSize(read: FileWindow): Promise<PixelSize | undefined> {
  let at = 2;
  for (;;) {
    const head = await read(at, 4);
    if (head.length < 2 || head[0] !== 0xff) return undefined;
    const marker = head[1] ?? 0;
    if (marker === 0xff)
      at += 1; // fill byte
    else if (standsAlone(marker)) at += 2;
    else if (isStartOfFrame(marker)) {
      return fields(await read(at + 5, 4), (view) => [view.getUint16(2), view.getUint16(0)]);
    } else {
      const length = ((head[2] ?? 0) << 8) | (head[3] ?? 0);
      // Only in a broken file does scan data come before the size.
      if (head.length < 4 || length < 2 || marker === 0xda || marker === 0xd9) return undefined;
      at += 2 + length;
    }
  }
}

function standsAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

/** C0 to CF, without C4 (Huffman tables), C8 (reserved) and CC (arithmetic conditioning). */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function fields(
  bytes: Uint8Array,
  read: (view: DataView) => [width: number, height: number],
): PixelSize | undefined {
  try {
    const [width, height] = read(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return { width, height };
  } catch (error) {
    if (error instanceof RangeError) return undefined; // the file ends within the field
    throw error;
  }
}
