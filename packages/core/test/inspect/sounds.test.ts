import { describe, expect, it } from "vitest";
import {
  CUT_AMR,
  FREE_MP3,
  id3,
  infoFrame,
  joined,
  mp3Frames,
  mp3Seconds,
  PADDED_AMR,
  TAGGED_MP3,
  zeros,
} from "../../../../test/support/sounds.ts";
import { inspect } from "../../src/index.ts";

/** Two frames of 24 bytes, at 24 kHz, and two of 26, at 22.05 kHz, for half a megabyte. */
const TWO_SOUNDS_IN_TURN = ((): Uint8Array => {
  const frame = (third: number, size: number) =>
    joined(Uint8Array.of(0xff, 0xf3, third, 0xc4), zeros(size - 4));
  const [one, other] = [frame(0x14, 24), frame(0x10, 26)];
  return joined(...Array.from({ length: 5000 }, () => joined(one, one, other, other)));
})();

describe("AMR", () => {
  it.each(Object.entries(PADDED_AMR))(
    "%s: whole, and its true seconds",
    async (_, [bytes, seconds]) => {
      const found = await inspect(bytes);
      expect(found.duration).toBeCloseTo(seconds, 9);
      expect(found.truncated).toBeUndefined();
    },
  );

  it.each(Object.entries(CUT_AMR))("%s: cut", async (_, bytes) => {
    expect((await inspect(bytes)).truncated).toBe(true);
  });

  it("that has nothing but zeros has no frame", async () => {
    expect(await inspect(joined("#!AMR\n", zeros(320)))).toMatchObject({ duration: 0 });
  });
});

describe("MP3", () => {
  it.each(Object.entries(TAGGED_MP3))("with %s", async (_, [bytes, frames]) => {
    const { format, duration } = await inspect(bytes);
    expect(format).toBe("mp3");
    expect(duration).toBeCloseTo(mp3Seconds(frames), 9);
  });

  it.each(Object.entries(FREE_MP3))("in %s, without a duration", async (_, bytes) => {
    expect(await inspect(bytes)).toStrictEqual({ format: "mp3", mime: "audio/mpeg" });
  });

  it.each<[string, Uint8Array]>([
    ["a tag and nothing behind it", id3(zeros(100))],
    ["a tag that says more than the file has", joined(id3(zeros(100)).subarray(0, 60))],
    ["a tag and zeros", joined(id3(zeros(100)), zeros(9000))],
    ["a tag before AAC", joined(id3(zeros(10)), Uint8Array.of(0xff, 0xf1, 0x50, 0x80), zeros(900))],
    ["a tag before FLAC", joined(id3(zeros(10)), "fLaC", zeros(900))],
    ["one frame header in other bytes", joined("x".repeat(99), mp3Frames(1), "x".repeat(99))],
    ["two frames behind other bytes", joined("x".repeat(99), mp3Frames(2), "x".repeat(99))],
    ["frames over 64 KiB behind a tag", joined(id3(zeros(10)), "x".repeat(70_000), mp3Frames(9))],
    ["an archive of an MP3", joined("PK\x03\x04", zeros(26), "a.mp3", mp3Frames(9))],
    ["text", joined("ID3 tags come before MP3 frames.\n".repeat(400))],
  ])("is not: %s", async (_, bytes) => {
    expect((await inspect(bytes)).format).toBe("unknown");
  });

  it.each([
    ["which its count says, where that fits", 1, [1, 4]],
    ["walked, where its count does not fit", 100, [500, 600]],
  ] as const)("of over 32 MiB has the frames %s", async (_, times, [least, most]) => {
    const frames = 82_000;
    const size = 417 * (frames + 1);
    const bytes = joined(infoFrame(frames * times, size), mp3Frames(frames));
    let reads = 0;
    const read = (from: number, to: number): Uint8Array => {
      reads += 1;
      return bytes.subarray(from, to);
    };
    const { duration } = await inspect({ size, read });
    expect(size).toBeGreaterThan(32 * 1024 * 1024);
    expect(duration).toBeCloseTo(mp3Seconds(frames), 4);
    expect(reads).toBeGreaterThanOrEqual(least);
    expect(reads).toBeLessThanOrEqual(most);
  });

  it("of two sounds in turn is walked to its end", async () => {
    expect(await inspect(TWO_SOUNDS_IN_TURN)).toMatchObject({ format: "mp3" });
  });
});
