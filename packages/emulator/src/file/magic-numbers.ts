// The format of a file by its first bytes. WeChat says only that the head of the content must be that of a listed
// format; which bytes it checks is assumed.

import { ascii } from "../bytes/ascii.ts";

export type MediaFamily =
  | "jpeg"
  | "png"
  | "bmp"
  | "avi"
  | "asf"
  | "mpeg"
  | "iso"
  | "matroska"
  | "flv"
  | "realmedia";

const begins = (head: Uint8Array, ...bytes: number[]): boolean =>
  head.length >= bytes.length && bytes.every((byte, at) => head[at] === byte);

const BMP_HEADER_SIZES = [12, 16, 40, 52, 56, 64, 108, 124];

export function sniffImage(file: Uint8Array): MediaFamily | undefined {
  // F7 as the fourth byte is JPEG-LS.
  if (begins(file, 0xff, 0xd8, 0xff) && file[3] !== 0xf7) return "jpeg";
  if (begins(file, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "png";
  // Text may begin with "BM" too: the size of the following header must be a known one.
  if (ascii(file, 0, 2) === "BM" && BMP_HEADER_SIZES.includes(file[14] ?? 0) && file[15] === 0) {
    return "bmp";
  }
  return undefined;
}

/** Brands of ISO base media files that are pictures, audio or 3GPP, which WeChat does not list. */
const OTHER_BRANDS =
  /^(avif|avis|mif1|msf1|heic|heix|hevc|hevx|heim|heis|crx |M4A |M4B |M4P |F4A |F4B |3g..)$/;

const OLD_QUICKTIME_ATOMS = ["free", "mdat", "moov", "wide", "pnot"];

function isMatroska(file: Uint8Array): boolean {
  if (!begins(file, 0x1a, 0x45, 0xdf, 0xa3)) return false;
  for (let at = 4; at < Math.min(file.length, 4096); at++) {
    // DocType, then a length of one byte for both existing names.
    if (file[at] === 0x42 && file[at + 1] === 0x82) return ascii(file, at + 3, 8) === "matroska";
  }
  return false;
}

const syncs = (file: Uint8Array, first: number, step: number): boolean =>
  file[first] === 0x47 && file[first + step] === 0x47;

export function sniffVideo(file: Uint8Array): MediaFamily | undefined {
  if (ascii(file, 0, 4) === "RIFF" && ascii(file, 8, 4) === "AVI ") return "avi";
  if (begins(file, 0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9)) return "asf";
  if (begins(file, 0x00, 0x00, 0x01)) {
    const [, , , code, next = 0] = file;
    if (code === 0xba && ((next & 0xf1) === 0x21 || (next & 0xc4) === 0x44)) return "mpeg";
    if ([0xbb, 0xb3, 0xb0, 0xb5].includes(code ?? 0)) return "mpeg";
  }
  if (syncs(file, 0, 188) || syncs(file, 4, 192)) return "mpeg";
  const box = ascii(file, 4, 4);
  if (box === "ftyp") return OTHER_BRANDS.test(ascii(file, 8, 4)) ? undefined : "iso";
  if (OLD_QUICKTIME_ATOMS.includes(box)) return "iso";
  if (isMatroska(file)) return "matroska";
  if (begins(file, 0x46, 0x4c, 0x56, 0x01)) return "flv";
  if (ascii(file, 0, 4) === ".RMF") return "realmedia";
  return undefined;
}
