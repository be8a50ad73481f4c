/** What a caller has given, for an error message. A text is never shown: it may be a key in the wrong place. */
export function given(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return `a text of ${value.length} characters`;
  if (typeof value === "function") return "a function";
  if (typeof value !== "object") return `the ${typeof value} ${String(value)}`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  const name = className(value);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    return `${article(name)} ${name} of ${value.byteLength} bytes`;
  }
  if (name === "Promise") return "a Promise: await it first";
  return name === "Object" ? "an object" : `${article(name)} ${name}`;
}

function className(value: object): string {
  const { constructor: of } = value as { constructor?: { name?: unknown } };
  const name = typeof of === "function" ? of.name : undefined;
  return typeof name === "string" && name !== "" ? name : "Object";
}

function article(name: string): string {
  return /^[AEIOU]/.test(name) ? "an" : "a";
}
