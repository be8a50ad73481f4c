import { visible } from "./visible.ts";

/** Describes a given value in an error message. Never shows a string: it may be a key in the wrong place. */
export function given(value: unknown): string {
  try {
    return description(value);
  } catch {
    return "an object that cannot be read"; // a revoked Proxy, as immer leaves them
  }
}

function description(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") {
    return value === "" ? "an empty string" : `a string of ${value.length} characters`;
  }
  if (/^(?:function|symbol)$/.test(typeof value)) return `a ${typeof value}`;
  if (typeof value !== "object") return `the ${typeof value} ${value as number}`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if ("then" in value) return "a Promise: await it first";
  const name = className(value);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    return `${article(name)} ${name} of ${value.byteLength} bytes`;
  }
  return name === "Object" ? "an object" : `${article(name)} ${name}`;
}

/** Strings without a word so long that it may be a key or a token. */
const HARMLESS = /^(?!.*[\w+=-]{24}).{1,80}$/s;

/** Like {@link given}, but shows numbers, and strings that cannot be a key. */
export function shown(value: unknown): string {
  if (typeof value === "string" && HARMLESS.test(value)) return visible(JSON.stringify(value));
  return /^(?:number|bigint|boolean)$/.test(typeof value) ? String(value) : given(value);
}

function className(value: object): string {
  const { constructor: of } = value as { constructor?: { name?: unknown } };
  const name = typeof of === "function" ? of.name : undefined;
  return typeof name === "string" && name !== "" ? visible(name) : "Object";
}

function article(name: string): string {
  return /^[AEIO]/.test(name) ? "an" : "a";
}
