import { describe, expect, it } from "vitest";
import { joined } from "../../../../test/support/sounds.ts";
import { amrSound } from "../../src/inspect/amr.ts";
import { skipZeros } from "../../src/inspect/zeros.ts";

const soundOf = (bytes: Uint8Array) =>
  amrSound(async (from, length) => bytes.subarray(from, from + length), bytes.length);

/** A frame: its type in bits 3 to 6, the quality bit, and the bytes of its speech. */
const frame = (type: number, size: number): Uint8Array =>
  joined(Uint8Array.of((type << 3) | 4), new Uint8Array(size - 1).fill(0xa5));

/** RFC 4867: bytes of a frame with its header, by its type; those from 9 or 10 on have no speech. */
const KINDS = [
  ["#!AMR\n", [13, 14, 16, 18, 20, 21, 27, 32, 6, 7, 6, 6, 1, 1, 1, 1]],
  ["#!AMR-WB\n", [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1]],
] as const;

describe.each(KINDS)("%j", (magic, sizes) => {
  it.each(sizes.map((size, type) => [type, size]))("of type %i", async (type, size) => {
    const whole = joined(magic, frame(type, size), frame(type, size), frame(7, sizes[7]));
    expect(await soundOf(whole)).toEqual({ duration: 0.06, truncated: false });
    expect(await soundOf(whole.subarray(0, -1))).toEqual({ duration: 0.04, truncated: true });
    // The bits beside the type are none of it.
    const other = whole.slice();
    other[magic.length] = 0x83 | (type << 3);
    expect(await soundOf(other)).toEqual({ duration: 0.06, truncated: false });
  });

  it("ends where its first frame would begin", async () => {
    expect(await soundOf(joined(magic))).toEqual({ duration: 0, truncated: false });
  });
});

describe("of several channels", () => {
  const frames = (count: number) => joined(...Array.from({ length: count }, () => frame(7, 32)));
  const of = (description: number, count: number) =>
    soundOf(joined("#!AMR_MC1.0\n", Uint8Array.of(9, 9, 9, description), frames(count)));

  it("lasts as long as each of them, in whole frames", async () => {
    expect(await of(2, 10)).toEqual({ duration: 0.1, truncated: false });
    expect(await of(2, 11)).toEqual({ duration: 0.1, truncated: false });
    expect(await of(0xf3, 9)).toEqual({ duration: 0.06, truncated: false });
    expect(await of(0, 4)).toEqual({ duration: 0.08, truncated: false });
  });

  it("has none where it ends before their number", async () => {
    expect((await soundOf(joined("#!AMR_MC1.0\n"))).duration).toBe(0);
  });
});

describe("a file is read", () => {
  const reads = async (bytes: Uint8Array): Promise<number> => {
    let count = 0;
    await amrSound(async (from, length) => {
      count += 1;
      return bytes.subarray(from, from + length);
    }, bytes.length);
    return count;
  };

  it("once for each frame", async () => {
    const frames = joined(...Array.from({ length: 1000 }, () => frame(7, 32)));
    expect(await reads(joined("#!AMR\n", frames))).toBeLessThan(1010);
  });

  it("once more for zeros in its middle, and not for each frame of them", async () => {
    const zeros = joined("#!AMR\n", new Uint8Array(130_000), frame(7, 32));
    expect(await reads(zeros)).toBeLessThan(10_000 + 130_000 / 4096 + 10);
  });
});

describe("skipZeros", () => {
  const skip = (bytes: Uint8Array, from: number) =>
    skipZeros(async (at, length) => bytes.subarray(at, at + length), from);

  it.each([0, 1, 4095, 4096, 4097, 9000])("ends behind %i of them", async (size) => {
    expect(await skip(joined("ab", new Uint8Array(size), "c"), 2)).toBe(2 + size);
    expect(await skip(joined("ab", new Uint8Array(size)), 2)).toBe(2 + size);
  });
});
