import { ascii } from "../../../bytes/ascii.ts";
import type { MediaFormat } from "./identify.ts";

export interface Pixels {
  width: number;
  height: number;
}

const view = (file: Uint8Array): DataView =>
  new DataView(file.buffer, file.byteOffset, file.byteLength);

/** The frame header is the first segment C0 to CF other than C4, C8 and CC. */
function jpegSize(file: Uint8Array): Pixels | undefined {
  const data = view(file);
  let at = 2;
  while (at + 9 <= file.length) {
    if (data.getUint8(at) !== 0xff) return undefined;
    const marker = data.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
    } else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9)) {
      at += 2;
    } else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: data.getUint16(at + 5), width: data.getUint16(at + 7) };
    } else {
      at += 2 + data.getUint16(at + 2);
    }
  }
  return undefined;
}

/** The pixels in the header, without regard to orientation; undefined if there are none. */
export function imageSize(format: MediaFormat, file: Uint8Array): Pixels | undefined {
  const data = view(file);
  if (format === "jpeg") return jpegSize(file);
  if (format === "png" && file.length >= 24) {
    // Apple's PNG variant has a chunk of 16 bytes before the header.
    const at = ascii(file, 12, 4) === "CgBI" ? 32 : 16;
    if (file.length < at + 8) return undefined;
    return { width: data.getUint32(at), height: data.getUint32(at + 4) };
  }
  if (format === "gif" && file.length >= 10) {
    return { width: data.getUint16(6, true), height: data.getUint16(8, true) };
  }
  if (format === "bmp" && file.length >= 26) {
    // The oldest header, of 12 bytes, stores them in two bytes each.
    if (data.getUint32(14, true) === 12) {
      return { width: data.getUint16(18, true), height: data.getUint16(20, true) };
    }
    return {
      width: Math.abs(data.getInt32(18, true)),
      height: Math.abs(data.getInt32(22, true)),
    };
  }
  return undefined;
}
