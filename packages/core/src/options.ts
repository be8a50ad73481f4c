import { given } from "./given.ts";

/** Names of the options that a function takes. */
export type OptionNames<Options> = Readonly<Record<keyof Options & string, true>>;

/**
 * Makes sure that options are an object, and that none of them is a known name misspelt: it would be ignored in silence.
 * Other names pass, because callers hand over objects that hold more. Throws TypeError.
 *
 * @param what - the function, such as `uploadImage`
 */
export function checkOptions<Options extends object>(
  what: string,
  options: Options,
  names: OptionNames<Options>,
): void {
  const value: unknown = options;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`The options of ${what} must be an object, not ${given(value)}.`);
  }
  const known = Object.keys(names);
  for (const name of Object.keys(value)) {
    if (known.includes(name)) continue;
    const near = known.find((other) => isNear(name, other));
    if (near === undefined) continue;
    throw new TypeError(`${what} has no option ${name}. Did you mean ${near}?`);
  }
}

/** Makes sure that what an operation is told is an object. Throws TypeError. `shape` shows it: `{ type }`. */
export function checkInput(what: string, input: unknown, shape: string): void {
  if (typeof input === "object" && input !== null && !Array.isArray(input)) return;
  throw new TypeError(`${what} needs ${shape}, not ${given(input)}.`);
}

/** Whether two names differ in case, hyphens and underscores alone, or by a typing error or two. */
function isNear(name: string, other: string): boolean {
  const a = plain(name);
  const b = plain(other);
  const most = b.length < 6 ? 1 : 2;
  return a === b || (Math.abs(a.length - b.length) <= most && distance(a, b) <= most);
}

function plain(name: string): string {
  return name.replace(/[-_]/g, "").toLowerCase();
}

/** Letters to add, leave out or replace to make one text the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
