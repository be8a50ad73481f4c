import { describe, expect, it } from "vitest";
import { id3, infoFrame, joined, mp3Frames, zeros } from "../../../../test/support/sounds.ts";
import type { FileWindow } from "../../src/inspect/file-window.ts";
import { mp3Duration } from "../../src/inspect/mp3.ts";
import { findFrames, mp3Frame } from "../../src/inspect/mp3-frame.ts";
import { mp3Start } from "../../src/inspect/mp3-start.ts";

const windowOf =
  (bytes: Uint8Array): FileWindow =>
  async (from, length) =>
    bytes.subarray(from, from + length);

describe("a frame header", () => {
  /** Of ISO 11172-3 and 13818-3, and MPEG 2.5: version bits, kbit/s by their bits, Hz by theirs. */
  const VERSIONS = [
    [3, [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320], [44_100, 48_000, 32_000]],
    [2, [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160], [22_050, 24_000, 16_000]],
    [0, [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160], [11_025, 12_000, 8_000]],
  ] as const;

  it.each(VERSIONS)("of version %i", async (version, rates, frequencies) => {
    const slots = version === 3 ? 144 : 72;
    for (const [rate, kbps] of [0, ...rates].entries()) {
      for (const [frequency, hz] of frequencies.entries()) {
        for (const padding of [0, 1]) {
          for (const channels of [0, 1, 2, 3]) {
            const mono = channels === 3;
            const sideInfoBytes = { 3: mono ? 17 : 32, 2: mono ? 9 : 17, 0: mono ? 9 : 17 }[
              version
            ];
            const header = Uint8Array.of(
              0xff,
              0xe3 | (version << 3),
              (rate << 4) | (frequency << 2) | (padding << 1) | 1,
              (channels << 6) | 0x3f,
            );
            expect(await mp3Frame(windowOf(header), 0)).toEqual({
              hz,
              samples: 8 * slots,
              sideInfoBytes,
              bytes: rate === 0 ? undefined : Math.floor((slots * kbps * 1000) / hz) + padding,
            });
          }
        }
      }
    }
  });

  it("has four bytes, of a frame", async () => {
    expect(await mp3Frame(windowOf(mp3Frames(1).subarray(0, 3)), 0)).toBeUndefined();
    expect(await mp3Frame(windowOf(mp3Frames(1)), 1)).toBeUndefined();
  });
});

describe("findFrames", () => {
  const find = (bytes: Uint8Array, count: number, within?: number) =>
    findFrames(windowOf(bytes), 0, count, within);
  const junk = (size: number) => new Uint8Array(size).fill(0x21);

  it.each([0, 1, 4092, 4093, 4094, 4095, 4096, 4097, 8191, 8192, 12_287])(
    "finds those behind %i other bytes",
    async (size) => {
      expect(await find(joined(junk(size), mp3Frames(3)), 2)).toBe(size);
    },
  );

  it("counts the end of the file as one", async () => {
    for (const bytes of [mp3Frames(2), joined(mp3Frames(1), "T")]) {
      expect(await find(bytes, 3)).toBe(bytes.length === 834 ? 0 : undefined);
    }
    expect(await find(mp3Frames(1), 2)).toBe(0);
    expect(await find(mp3Frames(1), 3)).toBeUndefined();
    expect(await find(joined(mp3Frames(1), "TAG"), 2)).toBeUndefined();
    // Nor does an end that the last one leads beyond.
    expect(await find(mp3Frames(2).subarray(0, 833), 3)).toBeUndefined();
    expect(await find(junk(100), 1)).toBeUndefined();
    expect(await find(mp3Frames(1), 1)).toBe(0);
  });

  it("takes frames of one sound alone, with a length", async () => {
    const mono22 = Uint8Array.of(0xff, 0xf3, 0x90, 0xc4);
    expect(await find(joined(mp3Frames(1), mono22, zeros(300)), 2)).toBeUndefined();
    const at48 = Uint8Array.of(0xff, 0xfb, 0x94, 0x64);
    expect(await find(joined(mp3Frames(1), at48, zeros(300)), 2)).toBeUndefined();
    const free = Uint8Array.of(0xff, 0xfb, 0x00, 0x64);
    expect(await find(joined(free, zeros(4)), 1)).toBeUndefined();
  });

  it("keeps what it looks through where the reader uses its buffer again", async () => {
    const bytes = joined(junk(50), mp3Frames(1), junk(500), mp3Frames(3));
    const buffer = new Uint8Array(8192);
    const read: FileWindow = async (from, length) => {
      const part = bytes.subarray(from, from + length);
      buffer.fill(0).set(part);
      return buffer.subarray(0, part.length);
    };
    expect(await findFrames(read, 0, 3)).toBe(50 + 417 + 500);
  });

  it("looks as far as it is told, in steps of 4 KiB", async () => {
    const behind = (size: number) => joined(junk(size), mp3Frames(3));
    expect(await find(behind(8191), 2, 4096)).toBe(8191);
    expect(await find(behind(8192), 2, 4096)).toBeUndefined();
    expect(await find(behind(8192), 2, 8191)).toBeUndefined();
    expect(await find(behind(8192), 2, 8192)).toBe(8192);
    expect(await findFrames(windowOf(behind(9000)), 5000, 2, 4096)).toBe(9000);
  });
});

describe("mp3Start", () => {
  const start = (...parts: readonly (Uint8Array | string)[]) =>
    mp3Start(windowOf(joined(...parts)));

  it("is where frames begin: one behind a tag, three without", async () => {
    expect(await start(id3(zeros(10)), mp3Frames(1), "xyz")).toBe(20);
    expect(await start(mp3Frames(2), "xyz")).toBeUndefined();
    expect(await start(mp3Frames(3), "xyz")).toBe(0);
    expect(await start("x", id3(zeros(10)), "y", mp3Frames(2), "xyz")).toBeUndefined();
    expect(await start(id3(zeros(10)), "y", mp3Frames(2), "xyz")).toBe(21);
    expect(await start(id3(zeros(10)), "y", mp3Frames(1), "xyz")).toBeUndefined();
  });

  it("is behind all tags, with their footers from version 4 on", async () => {
    const size = (...digits: number[]) => Uint8Array.of(4, 0, 0, ...digits);
    expect(await start("ID3", size(0, 0, 1, 2), zeros(130), mp3Frames(1), "x")).toBe(140);
    expect(await start("ID3", size(0, 1, 0, 0), zeros(16_384), mp3Frames(1), "x")).toBe(16_394);
    for (const version of [4, 5]) {
      const head = Uint8Array.of(version, 0, 0x10, 0, 0, 0, 5);
      expect(await start("ID3", head, "x".repeat(15), mp3Frames(1), "x")).toBe(25);
    }
    const three = Uint8Array.of(3, 0, 0x10, 0, 0, 0, 5);
    expect(await start("ID3", three, "x".repeat(5), mp3Frames(1), "x")).toBe(15);
    const others = Uint8Array.of(4, 0, 0xef, 0, 0, 0, 5);
    expect(await start("ID3", others, "x".repeat(5), mp3Frames(1), "x")).toBe(15);
  });

  it("is no tag: three digits, one with its first bit, other letters", async () => {
    // Then nothing but three frames in a row shows that it is an MP3.
    for (const [head, frames] of [
      ["ID3\x04\0\0\0\0\x80\x05", 2],
      ["ID4\x04\0\0\0\0\0\x05", 2],
      ["ID3\x04\0\0\0\0\0\x05", 1],
    ] as const) {
      const found = await start(head, "12345", mp3Frames(frames), "x");
      expect(found).toBe(frames === 1 ? 15 : undefined);
    }
  });

  it("is looked for behind a tag that leads out of the file", async () => {
    const long = Uint8Array.of(4, 0, 0, 0, 0, 120, 0);
    expect(await start("ID3", long, "junk", mp3Frames(2), "x")).toBe(14);
    // One that ends where the file does leads out of it, too.
    expect(await start("ID3", Uint8Array.of(4, 0, 0, 0, 0, 0, 4), "junk")).toBeUndefined();
  });

  it("is 64 KiB behind the tags at most", async () => {
    const at = (size: number) => start(id3(zeros(10)), "x".repeat(size), mp3Frames(3));
    expect(await at(65_536)).toBe(65_556);
    expect(await at(65_536 + 4096)).toBeUndefined();
  });
});

describe("mp3Duration", () => {
  const MONO_22 = Uint8Array.of(0xff, 0xf3, 0x90, 0xc4); // 261 bytes, 576 samples
  const mono = (count: number) =>
    joined(...Array.from({ length: count }, () => joined(MONO_22, zeros(257))));
  const duration = (bytes: Uint8Array, start = 0, size = bytes.length) =>
    mp3Duration(windowOf(bytes), start, size);

  it("counts whole frames, of any sound", async () => {
    expect(await duration(mp3Frames(3))).toBeCloseTo((3 * 1152) / 44_100, 9);
    expect(await duration(mp3Frames(3).subarray(0, -1))).toBeCloseTo((2 * 1152) / 44_100, 9);
    expect(await duration(mono(4))).toBeCloseTo((4 * 576) / 22_050, 9);
    expect(await duration(joined(mp3Frames(3), mono(4)))).toBeCloseTo(
      (3 * 1152) / 44_100 + (4 * 576) / 22_050,
      9,
    );
    expect(await duration(joined("ab", mp3Frames(3)), 2)).toBeCloseTo((3 * 1152) / 44_100, 9);
    expect(await duration(joined("text"))).toBeUndefined();
  });

  it.each(["Xing", "Info", "VBRI"])("does not count the frame of %s as sound", async (name) => {
    const bytes = joined(infoFrame(99, 99, name), mp3Frames(3));
    expect(await duration(bytes)).toBeCloseTo((3 * 1152) / 44_100, 9);
  });

  it.each([39, 40, 45, 53, 54])("is 0 of a file that ends after %i bytes of VBRI", async (size) => {
    expect(await duration(infoFrame(99, 99, "VBRI").subarray(0, size))).toBe(0);
  });

  it("counts a first frame with other letters there", async () => {
    const bytes = joined(infoFrame(99, 99, "Lame"), mp3Frames(3));
    expect(await duration(bytes)).toBeCloseTo((4 * 1152) / 44_100, 9);
  });

  describe("of a file of over 32 MiB", () => {
    const SIZE = 32 * 1024 * 1024 + 1;
    const FRAMES = Math.floor(SIZE / 417);
    /** What the count says if it is taken; three frames, which are all that there is here, if not. */
    const taken = async (head: Uint8Array, size = SIZE): Promise<boolean> => {
      const seconds = await duration(joined(head, mp3Frames(3)), 0, size);
      const walked = Math.abs((seconds ?? 0) - (3 * 1152) / 44_100) < 1e-9;
      if (!walked) expect(seconds).toBeCloseTo((FRAMES * 1152) / 44_100, 6);
      return !walked;
    };

    it.each(["Xing", "Info", "VBRI"])("is what %s says", async (name) => {
      expect(await taken(infoFrame(FRAMES, SIZE, name))).toBe(true);
      expect(await taken(infoFrame(FRAMES, SIZE - 1, name), SIZE - 1)).toBe(false);
    });

    it("is what it says where its bytes are those of the file, but for a tail of 64 KiB", async () => {
      expect(await taken(infoFrame(FRAMES, SIZE + 1))).toBe(false);
      expect(await taken(infoFrame(FRAMES, SIZE - 65_536))).toBe(true);
      expect(await taken(infoFrame(FRAMES, SIZE - 65_537))).toBe(false);
    });

    it("is not what it says without one of its two numbers", async () => {
      for (const flags of [0, 1, 2, 4, 12]) {
        const head = infoFrame(FRAMES, SIZE);
        head[43] = flags;
        expect(await taken(head)).toBe(false);
      }
      const all = infoFrame(FRAMES, SIZE);
      all[43] = 15;
      expect(await taken(all)).toBe(true);
    });

    it("is what it says with frames of 8 to 320 kbit/s alone", async () => {
      const kbps = (rate: number): number => Math.round((SIZE * 44_100) / (rate * 1152 * 125));
      const says = async (frames: number): Promise<boolean> => {
        const seconds = await duration(joined(infoFrame(frames, SIZE), mp3Frames(3)), 0, SIZE);
        return Math.abs((seconds ?? 0) - (frames * 1152) / 44_100) < 1e-6;
      };
      expect(await says(kbps(319.9))).toBe(true);
      expect(await says(kbps(320.1))).toBe(false);
      expect(await says(kbps(8.01))).toBe(true);
      expect(await says(kbps(7.99))).toBe(false);
    });

    it("counts 8 and 320 kbit/s to them", async () => {
      const bytes = 33_587_200;
      for (const frames of [32_144, 1_285_760]) {
        const file = joined(infoFrame(frames, bytes), mp3Frames(3));
        expect(await duration(file, 0, bytes)).toBeCloseTo((frames * 1152) / 44_100, 6);
      }
    });

    it("is what it says from its first frame on", async () => {
      const tag = id3(zeros(40_000));
      const file = joined(tag, infoFrame(FRAMES, SIZE), mp3Frames(3));
      const seconds = await duration(file, tag.length, SIZE + tag.length);
      expect(seconds).toBeCloseTo((FRAMES * 1152) / 44_100, 6);
    });

    it("is walked where the first frame ends before its count", async () => {
      const seconds = await duration(infoFrame(FRAMES, SIZE).subarray(0, 40), 0, SIZE);
      expect(seconds).not.toBeCloseTo((FRAMES * 1152) / 44_100, 6);
    });
  });
});
