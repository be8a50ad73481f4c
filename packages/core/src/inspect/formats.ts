/**
 * The format of a file by its content. `mp4`, `mov`, `m4v`, `f4v`, `3gp` and `m4a` differ in their brand. `rm` is
 * RealMedia or RMVB, which have the same header. `asf` has video (WMV), `asf-audio` has none (WMA).
 */
export type Format = keyof typeof MIME_TYPES;

/** The registered (or usual) MIME type of each format. */
export const MIME_TYPES = {
  jpeg: "image/jpeg",
  png: "image/png",
  bmp: "image/bmp",
  gif: "image/gif",
  webp: "image/webp",
  heic: "image/heic",
  avif: "image/avif",
  amr: "audio/amr",
  "amr-wb": "audio/amr-wb",
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  wav: "audio/wav",
  "asf-audio": "audio/x-ms-wma",
  avi: "video/x-msvideo",
  asf: "video/x-ms-wmv",
  "mpeg-ps": "video/mpeg",
  "mpeg-es": "video/mpeg",
  "mpeg-ts": "video/mp2t",
  mp4: "video/mp4",
  mov: "video/quicktime",
  m4v: "video/x-m4v",
  f4v: "video/x-f4v",
  "3gp": "video/3gpp",
  mkv: "video/matroska",
  webm: "video/webm",
  flv: "video/x-flv",
  rm: "application/vnd.rn-realmedia",
  pdf: "application/pdf",
  unknown: "application/octet-stream",
} as const;

/** Returns the format that the first bytes of a file show. Does not look behind an ID3 tag. */
export function detectFormat(head: Uint8Array): Format {
  // FF D8 FF F7 is JPEG-LS, which JPEG readers cannot read.
  if (startsWith(head, JPEG) && head[3] !== 0xf7) return "jpeg";
  for (const [format, magic] of SIGNATURES) if (startsWith(head, magic)) return format;
  if (ascii(head, 0, 4) === "RIFF") return RIFF_FORMATS[ascii(head, 8, 4)] ?? "unknown";
  if (startsWith(head, ASF)) return hasAsfVideo(head) ? "asf" : "asf-audio";
  if (startsWith(head, EBML)) return matroskaFormat(head);
  if (ascii(head, 4, 4) === "ftyp") return brandFormat(ascii(head, 8, 4));
  if (OLD_QUICKTIME_ATOMS.includes(ascii(head, 4, 4))) return "mov";
  if (isBmp(head)) return "bmp";
  if (isTransportStream(head)) return "mpeg-ts";
  if (isMp3Frame(head)) return "mp3";
  return "unknown";
}

/** Whether the bytes begin with a Layer III frame header. ADTS AAC has the same sync, but layer bits 00. */
export function isMp3Frame(bytes: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0] = bytes;
  const version = (second >> 3) & 3;
  const bitrate = third >> 4;
  const rate = (third >> 2) & 3;
  return (
    first === 0xff && (second & 0xe6) === 0xe2 && version !== 1 && bitrate !== 15 && rate !== 3
  );
}

/** Length of an ASF header, anywhere in which its streams may be named; 0 for other formats. */
export function asfHeaderBytes(head: Uint8Array): number {
  if (!startsWith(head, ASF) || head.length < 24) return 0;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return Number(view.getBigUint64(16, true));
}

const JPEG = [0xff, 0xd8, 0xff];

const SIGNATURES: readonly (readonly [Format, readonly number[]])[] = [
  ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["gif", text("GIF87a")],
  ["gif", text("GIF89a")],
  ["amr", text("#!AMR\n")],
  ["amr", text("#!AMR_MC1.0\n")],
  ["amr-wb", text("#!AMR-WB\n")],
  ["amr-wb", text("#!AMR-WB_MC1.0\n")],
  ["flv", [0x46, 0x4c, 0x56, 0x01]],
  ["rm", text(".RMF")],
  ["pdf", text("%PDF-")],
  ["mpeg-ps", [0x00, 0x00, 0x01, 0xba]],
  ["mpeg-ps", [0x00, 0x00, 0x01, 0xbb]],
  ["mpeg-es", [0x00, 0x00, 0x01, 0xb3]],
  ["mpeg-es", [0x00, 0x00, 0x01, 0xb0]],
  ["mpeg-es", [0x00, 0x00, 0x01, 0xb5]],
];

const RIFF_FORMATS: Readonly<Record<string, Format>> = {
  "AVI ": "avi",
  WAVE: "wav",
  WEBP: "webp",
};

const ASF = [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9];
/** ASF_Video_Media, in the byte order of the file: the stream type that WMA does not have. */
const ASF_VIDEO = [
  0xc0, 0xef, 0x19, 0xbc, 0x4d, 0x5b, 0xcf, 0x11, 0xa8, 0xfd, 0x00, 0x80, 0x5f, 0x5c, 0x44, 0x2b,
];

const EBML = [0x1a, 0x45, 0xdf, 0xa3];
const EBML_DOC_TYPE = [0x42, 0x82];

const OLD_QUICKTIME_ATOMS = ["moov", "mdat", "wide", "free", "pnot"];

const BRANDS: readonly (readonly [RegExp, Format])[] = [
  [/^qt {2}$/, "mov"],
  [/^M4V/, "m4v"],
  [/^F4[VP] $/i, "f4v"],
  [/^(?:M4[ABP]|F4[AB]) $/, "m4a"],
  [/^3g/, "3gp"],
  [/^avi[fs]$/, "avif"],
  [/^(?:mif1|msf1|hei[cxms]|hev[cxms])$/, "heic"],
  [/^crx $/, "unknown"],
  [/^[\x60-\x7a A-Z0-9][\x20-\x7e]{3}$/i, "mp4"],
];

function brandFormat(brand: string): Format {
  return BRANDS.find(([pattern]) => pattern.test(brand))?.[1] ?? "unknown";
}

function matroskaFormat(head: Uint8Array): Format {
  const at = indexOf(head, EBML_DOC_TYPE);
  const docType = at < 0 ? "" : ascii(head, at + 3, 8);
  if (docType.startsWith("webm")) return "webm";
  return docType === "matroska" ? "mkv" : "unknown";
}

function hasAsfVideo(head: Uint8Array): boolean {
  return indexOf(head, ASF_VIDEO) >= 0;
}

/** Sizes of BMP's second header. The letters BM alone would make a picture of any text that begins with them. */
const BMP_HEADER_BYTES = [12, 16, 40, 52, 56, 64, 108, 124];

function isBmp(head: Uint8Array): boolean {
  const headerBytes = (head[14] ?? 0) | ((head[15] ?? 0) << 8);
  return ascii(head, 0, 2) === "BM" && BMP_HEADER_BYTES.includes(headerBytes);
}

function isTransportStream(head: Uint8Array): boolean {
  return syncBytes(head, 0, 188) || syncBytes(head, 4, 192);
}

/** Checks the sync bytes of two to five packets, as many as the head has. */
function syncBytes(head: Uint8Array, first: number, packetBytes: number): boolean {
  const packets = Math.min(5, Math.ceil((head.length - first) / packetBytes));
  if (packets < 2) return false;
  return Array.from({ length: packets }, (_, i) => head[first + i * packetBytes]).every(
    (byte) => byte === 0x47,
  );
}

function text(characters: string): number[] {
  return Array.from(characters, (character) => character.charCodeAt(0));
}

function startsWith(bytes: Uint8Array, magic: readonly number[], offset = 0): boolean {
  return magic.every((byte, i) => bytes[offset + i] === byte);
}

function indexOf(bytes: Uint8Array, magic: readonly number[]): number {
  for (let i = 0; i + magic.length <= bytes.length; i++) if (startsWith(bytes, magic, i)) return i;
  return -1;
}

function ascii(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length));
}
