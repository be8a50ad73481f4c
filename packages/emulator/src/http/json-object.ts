export type JsonObject = Readonly<Record<string, unknown>>;

/** The calls of WeChat have at most 6. What is nested without end cannot be copied or written again. */
export const MAX_LEVELS = 64;

/** Whether each object in a value of JSON.parse holds, of which none may be nested deeper. */
const everyObject = (
  value: unknown,
  holds: (object: object) => boolean,
  levels: number = MAX_LEVELS,
): boolean =>
  typeof value !== "object" ||
  value === null ||
  (levels > 0 &&
    holds(value) &&
    Object.values(value).every((each) => everyObject(each, holds, levels - 1)));

/** Whether JSON for the emulator itself can be kept: another object would take a `__proto__` for its own. */
export const isPlainJson = (value: unknown): boolean =>
  everyObject(value, (object) => !Object.hasOwn(object, "__proto__"));

/** Parses a JSON object in UTF-8; returns undefined for anything else, and for what is nested too deeply (assumed). */
export function parseJsonObject(body: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    return typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      everyObject(value, () => true)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}
