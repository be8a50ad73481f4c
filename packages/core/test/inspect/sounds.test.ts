import { describe, expect, it } from "vitest";
import {
  CUT_AMR,
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

  it("of over 32 MiB is read whole only if its count does not fit", async () => {
    const size = 33 * 1024 * 1024;
    const frames = Math.floor(size / 417) - 1;
    for (const [count, bytes, reads] of [
      [frames, size, [1, 4]],
      [frames, size * 2, [100, 2000]],
      [frames * 100, size, [100, 2000]],
    ] as const) {
      const start = joined(infoFrame(count, bytes), mp3Frames(200));
      const period = mp3Frames(200);
      let made = 0;
      const { duration } = await inspect({
        size,
        read: (from, to) => {
          made += 1;
          return Uint8Array.from({ length: to - from }, (_, i) => {
            const at = from + i;
            return (at < start.length ? start[at] : period[(at - 417) % period.length]) ?? 0;
          });
        },
      });
      expect(duration).toBeCloseTo(mp3Seconds(frames), 6);
      expect(made).toBeGreaterThanOrEqual(reads[0]);
      expect(made).toBeLessThanOrEqual(reads[1]);
    }
  });
});
