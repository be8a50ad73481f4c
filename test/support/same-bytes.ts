import { expect } from "vitest";

/** That two byte sequences are the same. `toEqual` looks at each byte as at an object's field, which takes long. */
export function expectSameBytes(actual: Uint8Array, expected: Uint8Array): void {
  const length = Math.min(actual.length, expected.length);
  let at = 0;
  while (at < length && actual[at] === expected[at]) at += 1;
  if (at === length && actual.length === expected.length) return;
  const [got, wanted] = [actual, expected].map((bytes) => `${bytes[at]} of ${bytes.length} bytes`);
  expect.fail(`The bytes differ from ${at} on: ${got}, expected ${wanted}.`);
}
