import { checkInput, checkText, shown } from "@wechat-edge/core/internal/upload";
import type { CoverCrop } from "./article.ts";

/** The ratios of 新增草稿, width to height. */
const RATIOS: Readonly<Record<CoverCrop["ratio"], number>> = {
  "1_1": 1,
  "16_9": 16 / 9,
  "2.35_1": 2.35,
};
/** "小数点后最多六位". */
const DECIMALS = 6;
/** WeChat does not say how exact a ratio must be (assumed): one part in a hundred, or a pixel. */
const TOLERANCE = 0.01;

interface Corners {
  /** Left and upper edge. */
  readonly x1: number;
  readonly y1: number;
  /** Right and lower edge. */
  readonly x2: number;
  readonly y2: number;
}

/** What {@link coverCrop} takes. */
export type CropInput =
  | ({ readonly ratio: CoverCrop["ratio"]; readonly width?: undefined } & Corners)
  | ({
      readonly ratio: CoverCrop["ratio"];
      /** Size of the picture in pixels. The corners are in pixels then. */
      readonly width: number;
      readonly height: number;
    } & (Corners | { readonly [corner in keyof Corners]?: undefined }));

/**
 * Returns how a cover is cropped, for `cover_info.crop_percent_list`.
 *
 * With `width` and `height` of the picture, which `inspect` measures, the corners are in pixels, and the ratio is
 * checked; without corners it is the largest crop in the middle. Without `width` and `height` the corners are fractions
 * from 0 to 1, and the ratio cannot be checked: WeChat answers 53402 to a crop that it cannot use.
 *
 * Follows 新增草稿 (`cover_info`). Assumed: a ratio may be off by one part in a hundred, or by a pixel.
 *
 * @throws TypeError if the ratio does not exist or a number is none; RangeError if the corners are in the wrong order,
 * outside of the picture, or of another ratio
 *
 * @example
 * ```ts
 * import { coverCrop, picCrop } from "@wechat-edge/mp-publish";
 *
 * const middle = coverCrop({ ratio: "1_1", width: 900, height: 383 });
 * console.log(picCrop(middle)); // 0.287222_0_0.712778_1
 * const left = coverCrop({ ratio: "1_1", width: 900, height: 383, x1: 0, y1: 0, x2: 383, y2: 383 });
 * console.log(picCrop(left)); // 0_0_0.425556_1
 * ```
 */
export function coverCrop(input: CropInput): CoverCrop {
  checkInput(
    "coverCrop",
    input,
    "{ ratio, width, height } of the picture, or { ratio, x1, y1, x2, y2 }",
  );
  const { ratio } = input;
  if (typeof ratio !== "string" || !Object.hasOwn(RATIOS, ratio)) {
    throw new TypeError(`ratio must be ${Object.keys(RATIOS).join(", ")}, not ${shown(ratio)}.`);
  }
  const { width, height } = input as { width?: unknown; height?: unknown };
  if (width === undefined && height === undefined) {
    return { ratio, ...fractionsOf(readCorners(input, 1, 1), 1, 1) };
  }
  const [wide, high] = [readLength("width", width), readLength("height", height)];
  const isCentred = CORNERS.every((name) => (input as Partial<Corners>)[name] === undefined);
  const corners = isCentred ? centred(RATIOS[ratio], wide, high) : readCorners(input, wide, high);
  checkRatio(ratio, corners);
  return { ratio, ...fractionsOf(corners, wide, high) };
}

/**
 * Returns a crop as `pic_crop_235_1` and `pic_crop_1_1` want it: `X1_Y1_X2_Y2`.
 *
 * Follows 新增草稿 (`pic_crop_235_1`).
 *
 * @throws TypeError if a corner is not a string
 *
 * @example
 * ```ts
 * import { coverCrop, picCrop } from "@wechat-edge/mp-publish";
 *
 * const crop = coverCrop({ ratio: "2.35_1", x1: 0.1945, y1: 0, x2: 1, y2: 0.5236 });
 * console.log(picCrop(crop)); // 0.1945_0_1_0.5236
 * ```
 */
export function picCrop(crop: Pick<CoverCrop, keyof Corners>): string {
  checkInput("picCrop", crop, "a crop of coverCrop");
  return CORNERS.map((name) => {
    const corner: unknown = crop[name];
    checkText(name, corner);
    return corner;
  }).join("_");
}

const CORNERS = ["x1", "y1", "x2", "y2"] as const;

function readLength(name: string, value: unknown): number {
  if (typeof value === "number" && value > 0 && Number.isFinite(value)) return value;
  throw new TypeError(`${name} must be a number of pixels above 0, not ${shown(value)}.`);
}

/** Throws if the corners are no numbers, in the wrong order, or outside of the picture. */
function readCorners(input: object, width: number, height: number): Corners {
  const isPixels = width !== 1 || height !== 1;
  const [x1, y1, x2, y2] = CORNERS.map((name) => {
    const value = (input as Readonly<Record<string, unknown>>)[name];
    if (typeof value === "number" && !Number.isNaN(value)) return value;
    throw new TypeError(
      `${name} must be a number${isPixels ? " of pixels" : " from 0 to 1"}, not ${shown(value)}.`,
    );
  }) as [number, number, number, number];
  if (x1 >= x2 || y1 >= y2) {
    throw new RangeError(
      `x1 must be less than x2 and y1 less than y2, not ${[x1, y1, x2, y2].join(", ")}: first the upper left corner, then the lower right one.`,
    );
  }
  if (x1 < 0 || y1 < 0 || x2 > width || y2 > height) {
    throw new RangeError(
      isPixels
        ? `x1, y1, x2, y2 must be inside the picture of ${width}×${height} pixels, not ${[x1, y1, x2, y2].join(", ")}.`
        : `x1, y1, x2, y2 must be fractions from 0 to 1, not ${[x1, y1, x2, y2].join(", ")}. For pixels pass width and height of the picture too.`,
    );
  }
  if (isPixels && x2 <= 1 && y2 <= 1) {
    throw new RangeError(
      `x1, y1, x2, y2 must be in pixels where width and height are given, not ${[x1, y1, x2, y2].join(", ")}. For fractions leave width and height out.`,
    );
  }
  return { x1, y1, x2, y2 };
}

function checkRatio(ratio: CoverCrop["ratio"], { x1, y1, x2, y2 }: Corners): void {
  const [width, height] = [x2 - x1, y2 - y1];
  const wanted = height * RATIOS[ratio];
  if (Math.abs(width - wanted) <= Math.max(RATIOS[ratio], wanted * TOLERANCE)) return;
  throw new RangeError(
    `The crop must have the ratio ${ratio.replace("_", ":")}, not ${width}×${height} pixels; ${Math.round(wanted)}×${height} would do.`,
  );
}

/** The largest crop of a ratio, in the middle. */
function centred(ratio: number, width: number, height: number): Corners {
  const wide = Math.min(width, height * ratio);
  const high = Math.min(height, width / ratio);
  const [x1, y1] = [(width - wide) / 2, (height - high) / 2];
  return { x1, y1, x2: x1 + wide, y2: y1 + high };
}

function fractionsOf(corners: Corners, width: number, height: number): Omit<CoverCrop, "ratio"> {
  const { x1, y1, x2, y2 } = corners;
  return {
    x1: decimal(x1 / width),
    y1: decimal(y1 / height),
    x2: decimal(x2 / width),
    y2: decimal(y2 / height),
  };
}

/** Without an exponent, and with no more decimals than it has. */
function decimal(fraction: number): string {
  return fraction.toFixed(DECIMALS).replace(/\.?0+$/, "");
}
