// biome-ignore-all lint/suspicious/noControlCharactersInRegex: the first bytes of files are what these patterns are for

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
  const start = latin1(head.subarray(0, HEAD_BYTES));
  const format = SIGNATURES.find(([signature]) => signature.test(start))?.[1];
  if (format === "asf-audio" && hasAsfVideo(head)) return "asf";
  if (format !== undefined) return format;
  if (isTransportStream(head)) return "mpeg-ts";
  return isMp3Frame(head) ? "mp3" : "unknown";
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
  if (!ASF.test(latin1(head.subarray(0, 24))) || head.length < 24) return 0;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return Number(view.getBigUint64(16, true));
}

/** Enough to recognize any format but those with long ASF headers or ID3 tags. */
export const HEAD_BYTES = 4100;

const ASF = /^0&\xb2u\x8ef\xcf\x11\xa6\xd9/;

/** By the first bytes, one character a byte; the first that fits. */
const SIGNATURES: readonly (readonly [signature: RegExp, format: Format])[] = [
  // FF D8 FF F7 is JPEG-LS, which JPEG readers cannot read.
  [/^\xff\xd8\xff(?!\xf7)/, "jpeg"],
  [/^\x89PNG\r\n\x1a\n/, "png"],
  [/^GIF8[79]a/, "gif"],
  [/^#!AMR(?:_MC1\.0)?\n/, "amr"],
  [/^#!AMR-WB(?:_MC1\.0)?\n/, "amr-wb"],
  [/^FLV\x01/, "flv"],
  [/^\.RMF/, "rm"],
  [/^%PDF-/, "pdf"],
  [/^\0\0\x01[\xba\xbb]/, "mpeg-ps"],
  [/^\0\0\x01[\xb0\xb3\xb5]/, "mpeg-es"],
  [/^RIFF.{4}AVI /s, "avi"],
  [/^RIFF.{4}WAVE/s, "wav"],
  [/^RIFF.{4}WEBP/s, "webp"],
  [ASF, "asf-audio"],
  // EBML; its field DocType (42 82) follows.
  [/^\x1aE\xdf\xa3.*?B\x82.webm/s, "webm"],
  [/^\x1aE\xdf\xa3.*?B\x82.matroska/s, "mkv"],
  [/^.{4}ftypqt {2}/s, "mov"],
  [/^.{4}ftypM4V/s, "m4v"],
  [/^.{4}ftypF4[VP] /is, "f4v"],
  [/^.{4}ftyp[MF]4[AB] |^.{4}ftypM4P /s, "m4a"],
  [/^.{4}ftyp3g/s, "3gp"],
  [/^.{4}ftypavi[fs]/s, "avif"],
  [/^.{4}ftyp(?:mif1|msf1|hei[cxms]|hev[cxms])/s, "heic"],
  [/^.{4}ftyp(?!crx )[`a-z\d ][ -~]{3}/is, "mp4"],
  // Old QuickTime files have no brand.
  [/^.{4}(?:moov|mdat|wide|free|pnot)/s, "mov"],
  // With the size of the second header: the letters BM alone would make a picture of any text that begins with them.
  [/^BM.{12}[\x0c\x10(48@l|]\0/s, "bmp"],
];

/** ASF_Video_Media, in the byte order of the file: the stream type that WMA does not have. */
const ASF_VIDEO = [
  0xc0, 0xef, 0x19, 0xbc, 0x4d, 0x5b, 0xcf, 0x11, 0xa8, 0xfd, 0x00, 0x80, 0x5f, 0x5c, 0x44, 0x2b,
];

function hasAsfVideo(head: Uint8Array): boolean {
  return head.some((_, at) => ASF_VIDEO.every((byte, i) => head[at + i] === byte));
}

/** Whether two to five packets, as many as the head has, begin with the sync byte; M2TS has 4 bytes before each. */
function isTransportStream(head: Uint8Array): boolean {
  return syncBytes(head, 0, 188) || syncBytes(head, 4, 192);
}

function syncBytes(head: Uint8Array, first: number, packetBytes: number): boolean {
  const starts = [0, 1, 2, 3, 4].map((packet) => first + packet * packetBytes);
  const within = starts.filter((at) => at < head.length);
  return within.length > 1 && within.every((at) => head[at] === 0x47);
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
