import { given, shown } from "@wechat-edge/core/internal/upload";
import type { AddFinding } from "../finding.ts";
import type { AnyArticle } from "./texts.ts";

const FIELDS = ["pic_crop_235_1", "pic_crop_1_1"];
const RATIOS = ["1_1", "16_9", "2.35_1"];
const CORNERS = ["x1", "y1", "x2", "y2"] as const;
const USE = "Divide the pixels by the picture's width and height, or use coverCrop.";

/** Checks how the cover is cropped: by fractions of its width and height, from the upper left corner. */
export function checkCrops(article: AnyArticle, add: AddFinding): void {
  for (const field of Object.keys(article)) {
    if (!field.startsWith("pic_crop_") || article[field] === undefined) continue;
    const value = article[field];
    if (!FIELDS.includes(field)) {
      const message = `WeChat has no field ${field}.`;
      const use = `Use ${FIELDS.join(" or ")}, or cover_info, which has 16:9 too.`;
      add("warning", "crop", field, message, use);
    } else if (value !== "") checkText(field, value, add);
  }
  checkList(article["cover_info"], croppedBy(article), add);
}

function checkText(field: string, value: unknown, add: AddFinding): void {
  const form = `${field} must be X1_Y1_X2_Y2, four fractions, such as 0.1945_0_1_0.5236`;
  const parts = typeof value === "string" ? value.split("_") : [];
  if (parts.length !== 4) {
    add("error", "crop", field, `${form}, not ${shown(value)}.`, USE);
    return;
  }
  checkCorners(field, shown(value), parts, add);
}

/** The ratios that an article crops by fields of their own, with their fields. */
function croppedBy(article: AnyArticle): Map<unknown, string> {
  const own = FIELDS.filter((field) => typeof article[field] === "string" && article[field] !== "");
  return new Map(own.map((field) => [field === "pic_crop_1_1" ? "1_1" : "2.35_1", field]));
}

function checkList(info: unknown, own: ReadonlyMap<unknown, string>, add: AddFinding): void {
  if (info === undefined || info === null) return;
  const path = "cover_info.crop_percent_list";
  const { crop_percent_list: list } = info as { crop_percent_list?: unknown };
  if (typeof info !== "object" || Array.isArray(info)) {
    const message = `cover_info must be an object with the list crop_percent_list, not ${given(info)}.`;
    add("error", "crop", "cover_info", message, "Write cover_info: { crop_percent_list: [] }.");
    return;
  }
  if (list === undefined) {
    const message = "cover_info has no crop_percent_list: the cover is not cropped.";
    add("warning", "crop", "cover_info", message, "Write the crops into that list.");
    return;
  }
  if (!Array.isArray(list)) {
    add("error", "crop", path, `${path} must be an array, not ${shown(list)}.`, "Write a list.");
    return;
  }
  const seen = new Set<unknown>();
  for (const [index, crop] of list.entries()) {
    const field = `${path}[${index}]`;
    const { ratio, ...corners } = (crop ?? {}) as Record<string, unknown>;
    if (!RATIOS.includes(ratio as string)) {
      const message = `${field}.ratio must be one of ${RATIOS.join(", ")}, not ${shown(ratio)}.`;
      const meant = RATIOS.find((name) => digits(name) === digits(ratio));
      const use = meant === undefined ? "Write one of these." : `Write "${meant}".`;
      add("error", "crop", field, message, use);
    } else if (own.has(ratio)) {
      const message = `${field} crops to ${shown(ratio)} as ${own.get(ratio)} does; which of the two counts is not known.`;
      add("warning", "crop", field, message, "Keep one of them.");
    } else if (seen.has(ratio)) {
      const message = `${field}.ratio is ${shown(ratio)} a second time.`;
      add("warning", "crop", field, message, "Keep one entry for each ratio.");
    }
    seen.add(ratio);
    const values = CORNERS.map((corner) => corners[corner]);
    const number = values.find(isFiniteNumber);
    if (number !== undefined) {
      const message = `${field} has the number ${number}; its corners must be strings.`;
      add("error", "crop", field, message, `Write it as a string: "${number}".`);
    }
    const parts = values.map((value) => (typeof value === "number" ? String(value) : value));
    const text = parts.map((part) => (typeof part === "string" ? part : "?")).join("_");
    checkCorners(field, shown(text), parts, add);
  }
}

/** A ratio without what stands between its numbers: 16:9, 16/9 and 235_1 are known by it. */
function digits(ratio: unknown): string {
  return typeof ratio === "string" ? ratio.replace(/\D/g, "") : "";
}

function checkCorners(
  field: string,
  value: string,
  parts: readonly unknown[],
  add: AddFinding,
): void {
  const isNumber = (part: unknown): boolean =>
    typeof part === "string" && /^(?:\d+(?:\.\d*)?|\.\d+)$/.test(part);
  let wrong: string | undefined;
  let what = USE;
  if (parts.includes(undefined)) wrong = "it needs x1, y1, x2 and y2";
  else if (!parts.every(isNumber)) wrong = "its corners must be decimal numbers";
  else {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = parts.map(Number);
    if (Math.max(x1, y1, x2, y2) > 1) {
      wrong = "these are pixels or percent, and WeChat takes fractions from 0 to 1";
    } else if (x1 >= x2 || y1 >= y2) {
      wrong = "the first corner must be the upper left one, the second the lower right one";
      what = "Exchange the corners.";
    }
  }
  if (wrong !== undefined) {
    add("error", "crop", field, `${field} is ${value}: ${wrong}.`, what);
  } else if (parts.some((part) => /\.\d{7}/.test(String(part)))) {
    const message = `${field} is ${value}: it may have up to six decimals.`;
    add("warning", "crop", field, message, "Round it.");
  }
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}
