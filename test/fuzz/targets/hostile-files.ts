// Small files that are hard to read. Their shapes are those of public suites of broken media (the image suites of
// browsers, PngSuite, bmpsuite, the corpora of fuzzed decoders); the bytes are made here.

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string" ? Array.from(part, (letter) => letter.charCodeAt(0)) : [...part],
    ),
  );
const repeated = (part: readonly number[], times: number): number[] =>
  Array.from({ length: times }, () => part).flat();

const PNG = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10];
const MAX_32 = [0xff, 0xff, 0xff, 0xff];
const MP3_FRAME = [0xff, 0xfb, 0x10, 0xc4]; // 32 kbit/s, 44.1 kHz: 104 bytes
const SHORTEST_MP3_FRAME = [0xff, 0xf3, 0x14, 0xc4]; // 8 kbit/s, 24 kHz: 24 bytes

export const hostileFiles: readonly Uint8Array[] = [
  bytes(),
  bytes([0]),
  bytes(repeated([0], 9000)),
  bytes(repeated([0xff], 9000)),
  // PNG: no header, sizes of 2^32-1, a chunk before IHDR whose length leads out
  bytes(PNG),
  bytes(PNG, [0, 0, 0, 13], "IHDR", MAX_32, MAX_32),
  bytes(PNG, MAX_32, "CgBI", [0x50, 0, 0x20, 2]),
  // JPEG: fill bytes to the end, segments of no length, of length 2, and up to the end; a frame that is cut
  bytes([0xff, 0xd8], repeated([0xff], 5000)),
  bytes([0xff, 0xd8], repeated([0xff, 0xe0, 0, 0], 50)),
  bytes([0xff, 0xd8, 0xff, 0xe0], repeated([0, 2, 0xff, 0xe1], 500)),
  bytes([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff]),
  bytes([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0]),
  bytes([0xff, 0xd8], repeated([0xff, 0xd0], 3000)),
  // BMP: heights and widths below zero, an unknown header, one that is cut
  bytes("BM", repeated([0], 12), [40, 0, 0, 0], [0, 0, 0, 0x80], [0, 0, 0, 0x80]),
  bytes("BM", repeated([0], 12), [12, 0, 0, 0], [0xff]),
  bytes("BM", repeated([0xff], 30)),
  bytes("GIF89a", [0xff, 0xff]),
  // AMR: frames of one byte, zeros between them, more channels than frames
  bytes("#!AMR\n", repeated([0x7c], 4000)),
  bytes("#!AMR\n", repeated([0, 0x7c], 2000)),
  bytes("#!AMR_MC1.0\n", [0, 0, 0, 0x0f], repeated([0x3c], 100)),
  bytes("#!AMR-WB_MC1.0\n"),
  // ID3: tags in tags, of no length, of all the lengths that four times seven bits have; zeros between
  bytes(repeated([0x49, 0x44, 0x33, 4, 0, 0x10, 0, 0, 0, 0], 300)),
  bytes("ID3", [4, 0, 0, 0x7f, 0x7f, 0x7f, 0x7f], MP3_FRAME),
  bytes(repeated([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, 0, 0, 0], 200), MP3_FRAME),
  // MP3: headers alone, each byte the start of one, two kinds in turn, counts that are too large
  bytes(repeated(MP3_FRAME, 1000)),
  bytes(repeated([...MP3_FRAME, ...repeated([0], 100)], 20), repeated([0xff], 4000)),
  bytes(
    repeated(
      [
        ...repeated([...SHORTEST_MP3_FRAME, ...repeated([0], 20)], 2),
        ...repeated([...MP3_FRAME, ...repeated([0], 100)], 2),
      ],
      25,
    ),
  ),
  bytes(MP3_FRAME, repeated([0], 32), "Xing", [0, 0, 0, 3], MAX_32, MAX_32, repeated([0], 100)),
  bytes(MP3_FRAME, repeated([0], 32), "VBRI", repeated([0xff], 60)),
  // ASF: a header of 2^64-1 bytes, of none, and one that is cut within its length
  bytes("0&", [0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9, 0, 0xaa, 0, 0x62, 0xce, 0x6c]),
  bytes(
    "0&",
    [0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9, 0, 0xaa, 0, 0x62, 0xce, 0x6c],
    MAX_32,
    MAX_32,
    repeated([0], 6000),
  ),
  // Matroska: DocType that never comes, many that begin; ISO: a box of no length, one of 64 bits
  bytes([0x1a, 0x45, 0xdf, 0xa3], repeated([0x42], 4090)),
  bytes([0x1a, 0x45, 0xdf, 0xa3], repeated([0x42, 0x82], 2000), "\u0088matroska"),
  bytes([0, 0, 0, 0], "ftyp"),
  bytes([0, 0, 0, 1], "ftypisom", MAX_32, MAX_32),
  bytes("RIFF", MAX_32, "WAVE"),
  bytes("RIFF", MAX_32, "WEBP"),
  bytes(repeated([0x47, ...repeated([0], 187)], 2)),
  bytes("<?x>".repeat(200), "<svg"),
  bytes("<!--".repeat(200), "<svg"),
];
