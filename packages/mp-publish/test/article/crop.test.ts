import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CropInput, coverCrop, picCrop } from "../../src/article/crop.ts";

const SEED = 20_261_201;
const RATIOS = { "1_1": 1, "16_9": 16 / 9, "2.35_1": 2.35 } as const;
type Ratio = keyof typeof RATIOS;
const ratios = Object.keys(RATIOS) as Ratio[];

describe("coverCrop", () => {
  it("turns pixels into fractions of at most six decimals", () => {
    const size = { width: 900, height: 383 };
    const crop = coverCrop({ ratio: "1_1", ...size, x1: 0, y1: 0, x2: 383, y2: 383 });
    expect(crop).toEqual({ ratio: "1_1", x1: "0", y1: "0", x2: "0.425556", y2: "1" });
    const whole = coverCrop({ ratio: "2.35_1", ...size, x1: 0, y1: 0, x2: 900, y2: 383 });
    expect(whole).toEqual({ ratio: "2.35_1", x1: "0", y1: "0", x2: "1", y2: "1" });
    const wide = { ratio: "16_9", width: 1600, height: 1200 } as const;
    expect(picCrop(coverCrop({ ...wide, x1: 0, y1: 300, x2: 1600, y2: 1200 }))).toBe("0_0.25_1_1");
  });

  it("takes fractions as they are: the sample of 新增草稿", () => {
    const crop = coverCrop({ ratio: "2.35_1", x1: 0.1945, y1: 0, x2: 1, y2: 0.5236 });
    expect(picCrop(crop)).toBe("0.1945_0_1_0.5236");
    const tiny = coverCrop({ ratio: "1_1", x1: 1e-7, y1: 0.123456789, x2: 0.5, y2: 1 });
    expect(picCrop(tiny)).toBe("0_0.123457_0.5_1");
  });

  it("takes the largest crop in the middle where none is said", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ratios),
        fc.integer({ min: 50, max: 9000 }),
        fc.integer({ min: 50, max: 9000 }),
        (ratio, width, height) => {
          const { x1, y1, x2, y2 } = coverCrop({ ratio, width, height });
          for (const text of [x1, y1, x2, y2]) expect(text).toMatch(/^(?:0|1|0\.\d{1,6})$/);
          const [left, top, right, bottom] = [x1, y1, x2, y2].map(Number) as [
            number,
            number,
            number,
            number,
          ];
          expect(((right - left) * width) / ((bottom - top) * height)).toBeCloseTo(
            RATIOS[ratio],
            2,
          );
          expect([left + right, top + bottom].every((sum) => Math.abs(sum - 1) < 1e-5)).toBe(true);
          expect(left === 0 || top === 0).toBe(true);
        },
      ),
      { seed: SEED },
    );
  });

  const size = { width: 900, height: 383 };
  const box = { x1: 0, y1: 0, x2: 383, y2: 383 };
  const wrong: Readonly<Record<string, [input: unknown, name: string, message: RegExp]>> = {
    "the specimen, pixels for fractions": [
      { ratio: "1_1", ...box },
      "RangeError",
      /fractions from 0 to 1, not 0, 0, 383, 383\. For pixels pass width and height/,
    ],
    "reversed corners": [
      { ratio: "1_1", ...size, x1: 383, y1: 383, x2: 0, y2: 0 },
      "RangeError",
      /x1 must be less than x2 .* not 383, 383, 0, 0:/,
    ],
    "reversed corners in fractions": [
      { ratio: "1_1", x1: 0.5, y1: 0, x2: 0.2, y2: 1 },
      "RangeError",
      /x1 must be less than x2/,
    ],
    "no height": [{ ratio: "1_1", ...size, ...box, y2: 0 }, "RangeError", /y1 less than y2/],
    "a ratio that does not exist": [
      { ratio: "4_3", ...size, ...box },
      "TypeError",
      /ratio must be 1_1, 16_9, 2\.35_1, not "4_3"\./,
    ],
    "a ratio with a colon": [{ ratio: "1:1", ...size, ...box }, "TypeError", /not "1:1"\./],
    "a ratio of the prototype": [{ ratio: "toString", ...size }, "TypeError", /not "toString"/],
    "a crop of another ratio": [
      { ratio: "2.35_1", ...size, ...box },
      "RangeError",
      /must have the ratio 2\.35:1, not 383×383 pixels; 900×383 would do\./,
    ],
    "a corner outside": [
      { ratio: "1_1", ...size, x1: 600, y1: 0, x2: 983, y2: 383 },
      "RangeError",
      /inside the picture of 900×383 pixels, not 600, 0, 983, 383\./,
    ],
    "a corner before the edge": [
      { ratio: "1_1", ...size, ...box, x1: -1 },
      "RangeError",
      /inside the picture/,
    ],
    "a fraction above 1": [
      { ratio: "1_1", x1: 0, y1: 0, x2: 1.01, y2: 1 },
      "RangeError",
      /fractions/,
    ],
    "fractions for pixels": [
      { ratio: "1_1", ...size, x1: 0, y1: 0, x2: 0.5, y2: 1 },
      "RangeError",
      /in pixels where width and height are given.*For fractions leave width and height out\./,
    ],
    "a corner that is no number": [
      { ratio: "1_1", ...size, ...box, x2: "383" },
      "TypeError",
      /x2 must be a number of pixels, not "383"\./,
    ],
    NaN: [{ ratio: "1_1", ...size, ...box, y1: Number.NaN }, "TypeError", /y1 must be .* not NaN/],
    "a corner less": [{ ratio: "1_1", ...size, x1: 0, y1: 0, x2: 383 }, "TypeError", /y2 must be/],
    "no size and no corners": [{ ratio: "1_1" }, "TypeError", /x1 must be a number from 0 to 1/],
    "a width alone": [
      { ratio: "1_1", width: 900 },
      "TypeError",
      /height must be a number of pixels/,
    ],
    "a size of 0": [{ ratio: "1_1", width: 0, height: 0 }, "TypeError", /width .* not 0\./],
    "an endless size": [
      { ratio: "1_1", width: Number.POSITIVE_INFINITY, height: 1 },
      "TypeError",
      /width .* not Infinity\./,
    ],
  };
  for (const [what, [input, name, message]] of Object.entries(wrong)) {
    it(`refuses ${what}`, () => {
      let error: unknown;
      try {
        coverCrop(input as CropInput);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toMatchObject({ name, message: expect.stringMatching(message) });
    });
  }

  it("allows a pixel more or less, and one part in a hundred", () => {
    const near = [
      { ratio: "1_1", ...size, ...box, x2: 384 },
      { ratio: "2.35_1", width: 901, height: 383, x1: 0, y1: 0, x2: 901, y2: 383 },
      { ratio: "16_9", width: 320, height: 180, x1: 0, y1: 0, x2: 319, y2: 180 },
      { ratio: "1_1", width: 2000, height: 2000, x1: 0, y1: 0, x2: 2000, y2: 1990 },
    ] as const;
    for (const input of near) expect(coverCrop(input).ratio).toBe(input.ratio);
  });
});
