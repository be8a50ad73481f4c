import { type MpError, mpError } from "./error.ts";
import type { JsonObject } from "./json-body.ts";

/** Documented. */
const MAX_COUNT = 20;

const isWhole = (value: unknown, low: number, high: number): value is number =>
  Number.isInteger(value) && (value as number) >= low && (value as number) <= high;

/** Reads offset, count and no_content, which may be a boolean (reported: silenceper/wechat). The error is assumed. */
export function readRange({
  offset,
  count,
  no_content = 0,
}: JsonObject): { offset: number; count: number; noContent: boolean } | MpError {
  const inRange = isWhole(offset, 0, Number.MAX_SAFE_INTEGER) && isWhole(count, 1, MAX_COUNT);
  if (!inRange || ![0, 1, false, true].includes(no_content as number)) return mpError(40097);
  return { offset, count, noContent: no_content === 1 || no_content === true };
}
