import { describe, expect, it } from "vitest";
import { joined } from "../../../../test/support/sounds.ts";
import {
  asfHeaderBytes,
  detectFormat,
  type Format,
  HEAD_BYTES,
  isMp3Frame,
  mimeOf,
} from "../../src/inspect/formats.ts";
import { identify } from "../../src/inspect/identify.ts";

const ASF = "0&\xb2u\x8ef\xcf\x11\xa6\xd9";
const ASF_VIDEO = "\xc0\xef\x19\xbc\x4d\x5b\xcf\x11\xa8\xfd\x00\x80\x5f\x5c\x44\x2b";
const FTYP = "\0\0\0\x20ftyp";
const EBML = "\x1aE\xdf\xa3\x9fB\x86\x81\x01\n";
const sync = (first: number, packet: number, packets: number): string =>
  `${"x".repeat(first)}${`G${"x".repeat(packet - 1)}`.repeat(packets - 1)}G`;

/** MIME types as registered or usual, and how files of the format begin. */
const BEGINNINGS: Readonly<Record<Exclude<Format, "unknown">, readonly [string, string[]]>> = {
  jpeg: ["image/jpeg", ["\xff\xd8\xff", "\xff\xd8\xff\xe0", "\xff\xd8\xff\xdb"]],
  png: ["image/png", ["\x89PNG\r\n\x1a\n"]],
  bmp: [
    "image/bmp",
    [12, 16, 40, 52, 56, 64, 108, 124].flatMap((size) => {
      const head = `BM12345678\n012${String.fromCharCode(size)}`;
      return [head, `${head}\0\0\0`];
    }),
  ],
  gif: ["image/gif", ["GIF87a", "GIF89a"]],
  webp: ["image/webp", ["RIFF\n123WEBP"]],
  heic: [
    "image/heic",
    ["mif1", "msf1", "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"].map(
      (brand) => FTYP + brand,
    ),
  ],
  avif: ["image/avif", [`${FTYP}avif`, `${FTYP}avis`, "\n\n\n\nftypavif"]],
  amr: ["audio/amr", ["#!AMR\n", "#!AMR_MC1.0\n"]],
  "amr-wb": ["audio/amr-wb", ["#!AMR-WB\n", "#!AMR-WB_MC1.0\n"]],
  mp3: ["audio/mpeg", ["\xff\xfb\x90\x64", "\xff\xf3\x90"]],
  m4a: ["audio/mp4", ["M4A ", "M4B ", "F4A ", "F4B ", "M4P "].map((brand) => FTYP + brand)],
  wav: ["audio/wav", ["RIFF\n123WAVE"]],
  "asf-audio": ["audio/x-ms-wma", [ASF, `${ASF}${"x".repeat(60)}${ASF_VIDEO.slice(0, 15)}`]],
  asf: ["video/x-ms-wmv", [ASF + ASF_VIDEO, `${ASF}${"x".repeat(9000)}${ASF_VIDEO}y`]],
  avi: ["video/x-msvideo", ["RIFF\n123AVI "]],
  "mpeg-ps": ["video/mpeg", ["\0\0\x01\xba", "\0\0\x01\xbb"]],
  "mpeg-es": ["video/mpeg", ["\0\0\x01\xb0", "\0\0\x01\xb3", "\0\0\x01\xb5"]],
  "mpeg-ts": ["video/mp2t", [2, 3, 5, 9].flatMap((n) => [sync(0, 188, n), sync(4, 192, n)])],
  mov: [
    "video/quicktime",
    ["ftypqt  ", "moov", "mdat", "wide", "free", "pnot"].map((box) => `\0\n\0\x20${box}`),
  ],
  m4v: ["video/x-m4v", [`${FTYP}M4V `, `${FTYP}M4VH`]],
  f4v: ["video/x-f4v", ["F4V ", "f4v ", "F4P ", "f4p "].map((brand) => FTYP + brand)],
  "3gp": ["video/3gpp", [`${FTYP}3gp4`, `${FTYP}3g2a`]],
  mp4: ["video/mp4", ["isom", "mp42", "`abc", " abc", "Zz ~", "9abc"].map((brand) => FTYP + brand)],
  mkv: ["video/matroska", [`${EBML}B\x82\x88matroska`, "\x1aE\xdf\xa3B\x82\x88matroska"]],
  webm: ["video/webm", [`${EBML}B\x82\x84webm`, "\x1aE\xdf\xa3B\x82\x84webm"]],
  flv: ["video/x-flv", ["FLV\x01"]],
  rm: ["application/vnd.rn-realmedia", [".RMF"]],
  pdf: ["application/pdf", ["%PDF-"]],
};

describe.each(Object.entries(BEGINNINGS))("%s", (format, [mime, heads]) => {
  it(`is ${mime}`, () => {
    expect(mimeOf(format as Format)).toBe(mime);
  });

  it.each(heads)("begins with %j", (head) => {
    expect(detectFormat(joined(head))).toBe(format);
    expect(detectFormat(joined(head, "\0\0\0\0 and other bytes"))).toBe(format);
  });

  it.each(heads)("does not begin with what comes before %j", (head) => {
    expect(detectFormat(joined("x", head))).not.toBe(format);
    expect(detectFormat(joined(head).subarray(1))).not.toBe(format);
  });
});

describe("a file of no known format", () => {
  it("is application/octet-stream", () => {
    expect(mimeOf("unknown")).toBe("application/octet-stream");
  });

  it.each([
    ["JPEG-LS", "\xff\xd8\xff\xf7"],
    ["a bitmap whose header has another size", "BM123456780123\x29\0"],
    ["a bitmap whose header has two bytes of size", "BM123456780123\x28x"],
    ["a bitmap that ends before it", "BM123456780123"],
    ["a GIF of another year", "GIF88a"],
    ["a RIFF of another form", "RIFF1234ACON"],
    ["a HEIF of another brand", `${FTYP}hei`],
    ["AMR of another kind", "#!AMR-NB\n"],
    ["AMR with channels of another version", "#!AMR_MC1x0\n"],
    ["a brand of control characters", `${FTYP}\x01som`],
    ["a brand with a line end", `${FTYP}iso\n`],
    ["a brand with a letter of no alphabet", `${FTYP}i\xe9om`],
    ["a brand that is cut off", `${FTYP}iso`],
    ["Canon's raw pictures", `${FTYP}crx `],
    ["a program stream of another code", "\0\0\x01\xbc"],
    ["one packet of a transport stream", `G${"x".repeat(187)}`],
    ["a transport stream whose second packet is none", `G${"x".repeat(187)}H`],
    ["one whose fifth is none", `${sync(0, 188, 4)}${"x".repeat(187)}H`],
    ["EBML of another type", `${EBML}B\x82\x84tape B\x82\x84webm`],
    ["EBML without a type", `${EBML}webm`],
    ["Flash of another version", "FLV\x02"],
  ])("is %s", (_, head) => {
    expect(detectFormat(joined(head))).toBe("unknown");
  });

  it("is not QuickTime with half its brand", () => {
    expect(detectFormat(joined(`${FTYP}qt x`))).toBe("mp4");
  });

  it.each([2, 3, 4, 5])("is no file of %i whole packets: that is a transport stream", (packets) => {
    for (const [first, packet] of [
      [0, 188],
      [4, 192],
    ] as const) {
      const whole = joined(sync(first, packet, packets), "x".repeat(packet - 1 - first));
      expect(whole.length).toBe(packet * packets);
      expect(detectFormat(whole)).toBe("mpeg-ts");
    }
  });

  it("is a megabyte of zeros", () => {
    expect(detectFormat(new Uint8Array(1024 * 1024))).toBe("unknown");
  });
});

describe("isMp3Frame", () => {
  /** As the standard draws it: eleven bits of sync, version, layer III (01), any protection; bitrate, rate. */
  const DRAWN = /^1{11}(?:00|1[01])01[01](?!1111)[01]{4}(?!11)[01]{2}[01]{2}$/;
  const bits = (bytes: readonly number[]): string =>
    bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("");

  it("takes the headers that the standard draws, and no others", () => {
    const wrong: string[] = [];
    for (const first of [0xff, 0xfe, 0x7f]) {
      for (let rest = 0; rest < 65_536; rest++) {
        const header = [first, rest >> 8, rest & 255];
        if (isMp3Frame(Uint8Array.from(header)) !== DRAWN.test(bits(header))) {
          wrong.push(bits(header));
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it("takes less than a header for none", () => {
    expect(isMp3Frame(Uint8Array.of())).toBe(false);
    expect(isMp3Frame(Uint8Array.of(0xff))).toBe(false);
  });
});

describe("the header of ASF", () => {
  const header = joined(ASF, "x".repeat(6), Uint8Array.of(1, 2, 0, 0, 1, 0, 0, 0), "yy");

  it("has its length behind its name", () => {
    expect(asfHeaderBytes(header)).toBe(0x1_0000_0201);
    expect(asfHeaderBytes(header.subarray(0, 24))).toBe(0x1_0000_0201);
    expect(asfHeaderBytes(joined("ab", header).subarray(2))).toBe(0x1_0000_0201);
  });

  it("has none where it is cut off, and none in other files", () => {
    expect(asfHeaderBytes(header.subarray(0, 23))).toBe(0);
    expect(asfHeaderBytes(header.subarray(0, 9))).toBe(0);
    expect(asfHeaderBytes(joined("x", header))).toBe(0);
  });
});

describe("identify", () => {
  /** What it asks a file of ASF for whose header says `length`. */
  const reads = async (length: number): Promise<[number, number][]> => {
    const asked: [number, number][] = [];
    const head = joined(ASF, "x".repeat(6), new Uint8Array(8));
    new DataView(head.buffer).setBigUint64(16, BigInt(length), true);
    await identify(async (from, size) => {
      asked.push([from, size]);
      return head.subarray(from, from + size);
    });
    return asked;
  };

  it("reads more than the head only of an ASF whose header is longer, and a megabyte at most", async () => {
    expect(await reads(100)).toEqual([[0, HEAD_BYTES]]);
    expect(await reads(HEAD_BYTES)).toEqual([[0, HEAD_BYTES]]);
    expect((await reads(HEAD_BYTES + 1)).slice(1)).toEqual([[0, HEAD_BYTES + 1]]);
    expect((await reads(1024 * 1024 + 1)).slice(1)).toEqual([[0, 1024 * 1024]]);
  });

  it("looks for an MP3 in what is unknown alone", async () => {
    const of = (text: string) => async (from: number, size: number) =>
      joined(text).subarray(from, from + size);
    let looked = 0;
    const find = async (): Promise<number | undefined> => {
      looked += 1;
      return 7;
    };
    expect(await identify(of("GIF89a"), find)).toEqual({
      format: "gif",
      mime: "image/gif",
      soundStart: 0,
    });
    expect(looked).toBe(0);
    const mp3 = { format: "mp3", mime: "audio/mpeg", soundStart: 7 };
    expect(await identify(of("text"), find)).toEqual(mp3);
    const unknown = { format: "unknown", mime: "application/octet-stream", soundStart: 0 };
    expect(await identify(of("text"), async () => undefined)).toEqual(unknown);
    expect(await identify(of("text"))).toEqual(unknown);
  });
});
