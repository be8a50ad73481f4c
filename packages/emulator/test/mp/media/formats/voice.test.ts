import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  CUT_AMR,
  FREE_MP3,
  PADDED_AMR,
  TAGGED_MP3,
} from "../../../../../../test/support/sounds.ts";
import { amrSeconds, silentAmr } from "../../../../src/mp/media/formats/amr.ts";
import { formatOf } from "../../../../src/mp/media/formats/identify.ts";
import { mp3Seconds } from "../../../../src/mp/media/formats/mp3.ts";
import { file } from "../../mp-client.ts";

interface Row {
  file: string;
  format: string;
  duration?: number;
}

const rows = JSON.parse(
  readFileSync(new URL("../../../../../../test/fixtures/files.json", import.meta.url), "utf8"),
) as Row[];

const FORMATS: Record<string, string | undefined> = {
  "amr-wb": "amr",
  "asf-audio": "wma",
  asf: "wma",
  mov: "mp4",
  m4v: "mp4",
  f4v: "mp4",
};
const KNOWN = ["jpeg", "png", "bmp", "gif", "amr", "mp3", "mp4", "wma"];

describe("the format of", () => {
  it.each(rows.filter(({ file }) => file !== "wave.wav"))("$file, which is $format", (row) => {
    const named = FORMATS[row.format] ?? row.format;
    expect(formatOf(file(row.file))).toBe(KNOWN.includes(named) ? named : undefined);
  });

  it.each(Object.entries(FREE_MP3))("MP3 in %s", (_, bytes) => {
    expect(formatOf(bytes)).toBe("mp3");
  });

  it("one header of free format, which is none", () => {
    expect(formatOf(Uint8Array.of(0xff, 0xfb, 0, 0x64, ...new Uint8Array(9000)))).toBeUndefined();
  });

  it("wave.wav", () => {
    expect(formatOf(file("wave.wav"))).toBe("wav");
  });
});

describe("the duration of", () => {
  const timed = rows.filter(({ duration }) => duration !== undefined);
  it("all voices there are", () => {
    expect(timed.length).toBeGreaterThan(25);
  });

  it.each(timed)("$file: $duration s", ({ file: name, format, duration }) => {
    const seconds = format === "mp3" ? mp3Seconds(file(name)) : amrSeconds(file(name));
    expect(seconds).toBeCloseTo(duration ?? 0, 6);
  });

  it.each(Object.entries(PADDED_AMR))("AMR with %s", (_, [bytes, seconds]) => {
    expect(formatOf(bytes)).toBe("amr");
    expect(amrSeconds(bytes)).toBeCloseTo(seconds, 9);
  });

  it.each(Object.entries(CUT_AMR))("AMR with %s: its whole frames", (_, bytes) => {
    expect(amrSeconds(bytes)).toBeGreaterThanOrEqual(1);
    expect(amrSeconds(bytes)).toBeLessThan(1.1);
  });

  it.each(Object.entries(TAGGED_MP3))("MP3 with %s", (_, [bytes, frames]) => {
    expect(formatOf(bytes)).toBe("mp3");
    expect(mp3Seconds(bytes)).toBeCloseTo((frames * 1152) / 44_100, 9);
  });

  it("what is neither", () => {
    expect([amrSeconds(file("jpeg-1x1.jpg")), mp3Seconds(file("jpeg-1x1.jpg"))]).toEqual([0, 0]);
  });
});

describe("frames", () => {
  const amr = (magic: string, type: number, payload: number, frames: number): Uint8Array => {
    const frame = Buffer.alloc(1 + payload, 0xff).fill(type << 3, 0, 1);
    return Buffer.concat([Buffer.from(magic, "latin1"), ...Array<Buffer>(frames).fill(frame)]);
  };
  const bits = (bits: number): number => Math.ceil(bits / 8);

  // RFC 4867, tables 1 and 2: bits of speech by type; then comfort noise and what holds none.
  it.each([
    ...[95, 103, 118, 134, 148, 159, 204, 244].map((size, type) => [type, bits(size)] as const),
    [8, bits(39)] as const,
    [15, 0] as const,
  ])("of narrow band, type %i, have %i bytes behind the first", (type, payload) => {
    expect(amrSeconds(amr("#!AMR\n", type, payload, 50))).toBe(1);
  });

  it.each([
    ...[132, 177, 253, 285, 317, 365, 397, 461, 477].map(
      (size, type) => [type, bits(size)] as const,
    ),
    [9, bits(40)] as const,
    [14, 0] as const,
  ])("of wide band, type %i, have %i bytes behind the first", (type, payload) => {
    expect(amrSeconds(amr("#!AMR-WB\n", type, payload, 50))).toBe(1);
  });

  it("of several channels lie side by side, behind a description of 4 bytes", () => {
    const magic = (channels: string): string => `#!AMR_MC1.0\n\0\0\0${channels}`;
    expect(amrSeconds(amr(magic("\x01"), 7, 31, 1))).toBe(0.02);
    expect(amrSeconds(amr(magic("\x03"), 7, 31, 6))).toBe(0.04);
  });
});

describe("AMR that is made up", () => {
  it.each([0.02, 1.04, 6.54, 60])("lasts %d s, 32 bytes for each 20 ms", (seconds) => {
    const amr = silentAmr(seconds);
    expect(amr.length).toBe(6 + Math.round(seconds * 50) * 32);
    expect(amrSeconds(amr)).toBeCloseTo(seconds, 6);
  });
});
