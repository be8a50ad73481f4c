import { expect } from "vitest";
import { see } from "./secrets/see.ts";

/** A value in the place of another, and how a message calls it. */
export type WrongValue = readonly [value: unknown, named: RegExp];

/** One value of each kind. */
const VALUES: Readonly<Record<string, WrongValue>> = {
  undefined: [undefined, /not undefined/],
  null: [null, /not null/],
  number: [5, /not (?:the number )?5\b/],
  boolean: [true, /not (?:the boolean )?true\b/],
  symbol: [Symbol("s"), /not a symbol/],
  bytes: [new Uint8Array(3), /not a Uint8Array of 3 bytes/],
  promise: [Promise.resolve("late"), /not a Promise: await it first/],
  object: [{}, /not an object/],
  array: [[], /not an array of 0/],
  function: [() => "", /not a function/],
};

/** One value of each kind but those that are meant, and but undefined. */
export function valuesBut(...meant: readonly string[]): WrongValue[] {
  const left = Object.entries(VALUES).filter(([kind]) => !["undefined", ...meant].includes(kind));
  return left.map(([, value]) => value);
}

/** A Proxy that throws at every look, as immer leaves its drafts. */
export function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** Objects that are none of options: of most, no field would be seen, and all would be ignored. */
export const notPlain: readonly WrongValue[] = [
  [new Map([["signal", 5]]), /not a Map/],
  [new Set(["signal"]), /not a Set/],
  [new Date(0), /not a Date/],
  [/signal/, /not a RegExp/],
  [new Headers({ signal: "5" }), /not a Headers/],
  [new URLSearchParams("signal=5"), /not a URLSearchParams/],
  [new FormData(), /not a FormData/],
  [new Error("signal"), /not an Error/],
];

export const notGiven: WrongValue = [undefined, /not undefined/];

/** How V8, JavaScriptCore and SpiderMonkey, and the runtimes around them, put what a caller did wrong. */
const ENGINE_TEXT =
  /cannot (?:read|set|destructure|convert|perform|mix|access|be destructured)|can't (?:access|convert)|is not (?:a function|a constructor|iterable|defined|an object)|\bis (?:undefined|null)\b|has no properties|not be null or undefined|spread syntax|symbol\.iterator|serializ|cyclic|circular|failed to execute|illegal invocation|maximum call stack|argument|parameter \d|detached|invalid state|locked to a reader|\[object |\bNaN bytes|undefined (?:bytes|characters)/i;

/** Makes sure that an error of misuse is in words of our own, a sentence, and says this. */
export function expectWords(error: Error, ...words: readonly (string | RegExp)[]): void {
  see("an error", error);
  expect(error.name).toMatch(/^(?:TypeError|RangeError|KeyError|CheckpointError)$/);
  expect(error.message).not.toMatch(ENGINE_TEXT);
  expect(error.message).toMatch(/\S \S.*[.)]$/s);
  for (const word of words) expect(error.message).toMatch(word);
}

/** Makes sure that no part of a string is shown that is long enough to be of a key. */
export function expectHidden(error: Error, text: string): void {
  for (const [part] of text.matchAll(/[^-\s]{16}/g)) expect(error.message).not.toContain(part);
}

export function thrownBy(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  return expect.fail("it was accepted");
}
