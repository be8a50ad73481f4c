import type { JsonObject } from "../json-body.ts";
import type { Pixels } from "../media/formats/image-size.ts";
import type { CoverCrop } from "./article.ts";
import type { PublishRefusal } from "./refusals.ts";

/** The ratios of cover_info. */
const RATIOS: Readonly<Record<string, number>> = { "2.35_1": 2.35, "1_1": 1, "16_9": 16 / 9 };
const FIELDS = [
  ["pic_crop_235_1", "2.35_1"],
  ["pic_crop_1_1", "1_1"],
] as const;
const CORNERS = ["x1", "y1", "x2", "y2"] as const;
/** How far the ratio of a crop may be off (assumed). */
const TOLERANCE = 0.03;

const fraction = (value: unknown): number =>
  typeof value === "number" || (typeof value === "string" && /^[0-9.]+$/.test(value))
    ? Number(value)
    : Number.NaN;

function readCrop(ratio: string, corners: readonly unknown[]): CoverCrop | undefined {
  if (!Object.hasOwn(RATIOS, ratio) || corners.length !== CORNERS.length) return undefined;
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = corners.map(fraction);
  const isInside = [x1, y1, x2, y2].every((each) => each >= 0 && each <= 1);
  if (!isInside || x1 >= x2 || y1 >= y2) return undefined;
  const named = CORNERS.map((name, at) => [name, String(corners[at])]);
  return { ratio, ...(Object.fromEntries(named) as Omit<CoverCrop, "ratio">) };
}

/**
 * Documented: two corners, fractions of the picture from 0 to 1. The error for others is documented, not when. Of two
 * crops for one ratio the last counts, and one in cover_info more than pic_crop_* (assumed).
 */
export function readCrops(json: JsonObject): CoverCrop[] | PublishRefusal {
  const given: [ratio: string, corners: readonly unknown[]][] = [];
  for (const [field, ratio] of FIELDS) {
    const value = json[field] ?? "";
    if (typeof value !== "string") return "wrongType";
    if (value !== "") given.push([ratio, value.split("_")]);
  }
  const info = json["cover_info"] ?? {};
  if (typeof info !== "object" || Array.isArray(info)) return "wrongType";
  const { crop_percent_list: list = [] } = info as JsonObject;
  if (!Array.isArray(list)) return "wrongType";
  for (const each of list as (JsonObject | null)[]) {
    given.push([String(each?.["ratio"]), CORNERS.map((name) => each?.[name])]);
  }
  const crops = new Map<string, CoverCrop>();
  for (const [ratio, corners] of given) {
    const crop = readCrop(ratio, corners);
    if (crop === undefined) return "badCrop";
    crops.set(ratio, crop);
  }
  return [...crops.values()];
}

/** The crops that do not have the ratio that they name. Reported: WeChat refuses those. */
export const offRatio = (crops: readonly CoverCrop[], { width, height }: Pixels): CoverCrop[] =>
  crops.filter(({ ratio, x1, y1, x2, y2 }) => {
    const has = ((Number(x2) - Number(x1)) * width) / ((Number(y2) - Number(y1)) * height);
    const wants = RATIOS[ratio] ?? has;
    return Math.abs(has / wants - 1) > TOLERANCE;
  });
