import leven from "leven";
import { feature } from "./feature.ts";
import { given, shown } from "./given.ts";
import { visible } from "./visible.ts";

/** What an option must be, in words for a message, and the test of it. */
type Check = readonly [wanted: string, is: (value: unknown) => boolean];

type CheckedKind = "function" | "signal" | "text" | "timeout";

/** The options of a function and the kind of each; `true` leaves the check to the function. */
export type OptionKinds<Options> = Readonly<
  Record<keyof Options & string, CheckedKind | Check | true>
>;

/** The kinds that every call takes. */
const KINDS: Readonly<Record<CheckedKind, Check>> = {
  function: ["a function", (value) => typeof value === "function"],
  signal: ["an AbortSignal", isSignal],
  text: ["a string", (value) => typeof value === "string"],
  timeout: ["a number of milliseconds above 0", (value) => isFrom(value, Number.MIN_VALUE)],
};

// Kinds of some calls, which the others do not carry.
export const BOOLEAN: Check = ["true or false", (value) => typeof value === "boolean"];
export const COUNT: Check = [
  "a whole number of at least 1",
  (value) => Number.isSafeInteger(value) && isFrom(value, 1),
];
export const DURATION: Check = [
  "a number of milliseconds of at least 0",
  (value) => isFrom(value, 0),
];
export const OBJECTS: Check = [
  "an array of objects",
  (value) => Array.isArray(value) && value.every(isObject),
];
export const SECONDS: Check = ["a number of seconds of at least 0", (value) => isFrom(value, 0)];

/**
 * Checks that options are an object, that none of them is a misspelt one, which would be silently ignored, and that
 * each has its kind. Unknown names are allowed, because callers pass objects with more fields. Throws TypeError, and
 * RangeError for a number that is out of range.
 *
 * @param what - the function, such as `uploadImage`
 */
export function checkOptions<Options extends object>(
  what: string,
  options: Options,
  kinds: OptionKinds<Options>,
): void {
  const known = Object.keys(kinds);
  if (!isOptions(options)) {
    throw new TypeError(
      `The options of ${what} must be an object, such as { ${known[0]} }, not ${given(options)}.`,
    );
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    if (near === undefined) continue;
    throw new TypeError(`${what} has no option ${visible(name)}. Did you mean ${near}?`);
  }
  for (const [name, kind] of Object.entries<CheckedKind | Check | true>(kinds)) {
    const value = (options as Record<string, unknown>)[name];
    if (kind === true || value === undefined) continue;
    const [wanted, is] = typeof kind === "string" ? KINDS[kind] : kind;
    if (is(value)) continue;
    const Misuse = typeof value === "number" ? RangeError : TypeError;
    throw new Misuse(`${name} must be ${wanted}, not ${shown(value)}.`);
  }
}

/** Checks that an argument is an object. Throws TypeError, which shows its `shape`: `{ type }`. */
export function checkInput(what: string, input: unknown, shape: string): void {
  if (isOptions(input)) return;
  throw new TypeError(`${what} needs ${shape}, not ${given(input)}.`);
}

/** Throws TypeError for anything but a string. */
export function checkText(name: string, value: unknown): asserts value is string {
  if (typeof value !== "string")
    throw new TypeError(`${visible(name)} must be a string, not ${given(value)}.`);
}

/** Throws TypeError for anything but a string of that pattern; `wanted` describes it. The value is not shown. */
export function checkPattern(
  name: string,
  value: unknown,
  pattern: RegExp,
  wanted: string,
): asserts value is string {
  if (typeof value === "string" && pattern.test(value)) return;
  throw new TypeError(`${name} must be ${wanted}, not ${given(value)}.`);
}

/**
 * Checks that an option is an object with no other fields than these. Throws TypeError; `or` names what else it may be.
 */
export function checkKnownFields(
  option: string,
  value: unknown,
  fields: readonly string[],
  or = "",
): void {
  const names = fields.join(", ");
  if (!isOptions(value)) {
    throw new TypeError(`${option} must be { ${names} }${or}, not ${shown(value)}.`);
  }
  const wrong = Object.keys(value).find((name) => !fields.includes(name));
  if (wrong !== undefined)
    throw new TypeError(`${option} has no ${visible(wrong)}; it has ${names}.`);
}

/** Members of values that belong elsewhere: a Promise, an AbortSignal, a file, bytes. */
const FOREIGN = ["then", "aborted", "arrayBuffer", "byteLength"];

/** Of a Map, Headers or FormData no field would be seen, and all would be silently ignored. */
const PLAIN = /^\[object (?:Object|Module)\]$/;

function isOptions(value: unknown): value is object {
  const isPlain = (): boolean =>
    isObject(value) &&
    PLAIN.test(Object.prototype.toString.call(value)) &&
    !FOREIGN.some((name) => name in value);
  return feature(isPlain) ?? false;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** By its methods, because frames and polyfills have AbortSignal classes of their own. */
function isSignal(value: unknown): boolean {
  const has = (method: keyof AbortSignal): boolean =>
    typeof (value as AbortSignal | null)?.[method] === "function";
  return feature(() => has("throwIfAborted") && has("addEventListener")) ?? false;
}

function isFrom(value: unknown, least: number): boolean {
  return typeof value === "number" && value >= least;
}

/** Finds a known name that differs only in case, hyphens, underscores, a plural, or a typing error or two. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const errors = (other: string): number => leven(plain(name), plain(other));
  const [near] = known
    .filter((other) => errors(other) <= (plain(other).length < 6 ? 1 : 2))
    .sort((one, other) => errors(one) - errors(other));
  return near;
}

function plain(name: string): string {
  return name.replace(/[-_]/g, "").toLowerCase().replace(/ies$/, "y").replace(/s$/, "");
}
