// biome-ignore-all lint/suspicious/noControlCharactersInRegex: the first bytes of files are what these patterns are for

/**
 * The format of a file by its content. `mp4`, `mov`, `m4v`, `f4v`, `3gp` and `m4a` differ in their brand. `rm` is
 * RealMedia or RMVB, which have the same header. `asf` has video (WMV), `asf-audio` has none (WMA).
 */
export type Format =
  | "jpeg"
  | "png"
  | "bmp"
  | "gif"
  | "webp"
  | "heic"
  | "avif"
  | "amr"
  | "amr-wb"
  | "mp3"
  | "m4a"
  | "wav"
  | "asf-audio"
  | "avi"
  | "asf"
  | "mpeg-ps"
  | "mpeg-es"
  | "mpeg-ts"
  | "mp4"
  | "mov"
  | "m4v"
  | "f4v"
  | "3gp"
  | "mkv"
  | "webm"
  | "flv"
  | "rm"
  | "pdf"
  | "unknown";

/** Returns the format that the first bytes of a file show. Does not look behind an ID3 tag. */
export function detectFormat(head: Uint8Array): Format {
  const start = latin1(head.subarray(0, HEAD_BYTES));
  const formats = Object.keys(FORMATS) as Format[];
  const format = formats.find((name) => FORMATS[name][1]?.test(start));
  if (format === "asf-audio" && hasAsfVideo(head)) return "asf";
  if (format !== undefined) return format;
  if (isTransportStream(head)) return "mpeg-ts";
  return isMp3Frame(head) ? "mp3" : "unknown";
}

/** The registered (or usual) MIME type of a format. */
export function mimeOf(format: Format): string {
  return FORMATS[format][0];
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

/** MIME type and first bytes of each format, one character a byte; the first that fits. */
const FORMATS: Readonly<Record<Format, readonly [mime: string, signature?: RegExp]>> = {
  // FF D8 FF F7 is JPEG-LS, which JPEG readers cannot read.
  jpeg: ["image/jpeg", /^\xff\xd8\xff(?!\xf7)/],
  png: ["image/png", /^\x89PNG\r\n\x1a\n/],
  // With the size of the second header: the letters BM alone would make a picture of any text that begins with them.
  bmp: ["image/bmp", /^BM.{12}[\x0c\x10(48@l|](?:\0|$)/s],
  gif: ["image/gif", /^GIF8[79]a/],
  webp: ["image/webp", /^RIFF.{4}WEBP/s],
  heic: ["image/heic", /^.{4}ftyp(?:mif1|msf1|hei[cxms]|hev[cxms])/s],
  avif: ["image/avif", /^.{4}ftypavi[fs]/s],
  amr: ["audio/amr", /^#!AMR(?:_MC1\.0)?\n/],
  "amr-wb": ["audio/amr-wb", /^#!AMR-WB(?:_MC1\.0)?\n/],
  mp3: ["audio/mpeg"],
  m4a: ["audio/mp4", /^.{4}ftyp(?:[MF]4[AB]|M4P) /s],
  wav: ["audio/wav", /^RIFF.{4}WAVE/s],
  "asf-audio": ["audio/x-ms-wma", ASF],
  asf: ["video/x-ms-wmv"],
  avi: ["video/x-msvideo", /^RIFF.{4}AVI /s],
  "mpeg-ps": ["video/mpeg", /^\0\0\x01[\xba\xbb]/],
  "mpeg-es": ["video/mpeg", /^\0\0\x01[\xb0\xb3\xb5]/],
  "mpeg-ts": ["video/mp2t"],
  // Old QuickTime files have no brand.
  mov: ["video/quicktime", /^.{4}(?:ftypqt {2}|moov|mdat|wide|free|pnot)/s],
  m4v: ["video/x-m4v", /^.{4}ftypM4V/s],
  f4v: ["video/x-f4v", /^.{4}ftyp[Ff]4[VvPp] /s],
  "3gp": ["video/3gpp", /^.{4}ftyp3g/s],
  // All other brands.
  mp4: ["video/mp4", /^.{4}ftyp(?!crx )[`a-zA-Z\d ][ -~]{3}/s],
  // EBML; its first field DocType (42 82) follows.
  mkv: ["video/matroska", /^\x1aE\xdf\xa3(?:(?!B\x82).)*B\x82.matroska/s],
  webm: ["video/webm", /^\x1aE\xdf\xa3(?:(?!B\x82).)*B\x82.webm/s],
  flv: ["video/x-flv", /^FLV\x01/],
  rm: ["application/vnd.rn-realmedia", /^\.RMF/],
  pdf: ["application/pdf", /^%PDF-/],
  unknown: ["application/octet-stream"],
};

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
  // Ten times as fast as to spread them.
  return String.fromCharCode.apply(null, bytes as unknown as number[]);
}
