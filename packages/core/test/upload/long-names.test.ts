// Names come from anybody, and may be as long as a request. Work that grows with the
// square of their length would outlast the timeout of the test.

import { describe, expect, it } from "vitest";
import { nameByContent } from "../../src/upload/content-name.ts";
import { isAccepted } from "../../src/upload/name-check.ts";
import { nameRepair } from "../../src/upload/name-repair.ts";
import { LIMITS } from "./limits.ts";

const SIZE = 1_000_000;
const LONG: readonly (readonly [string, string])[] = [
  ['"', "x"],
  ["'\"”’", "x"],
  [".", "x!"],
  [" ", "x!"],
  [". ", "x!"],
  ["\u200b", "x!"],
  [".a", "!"],
  [".abcd", "!x"],
  [".jpg", "!"],
  [".a-", "x"],
  [".jpg (1)", "x"],
  ["%41", "x"],
  ["?", "x"],
  ["a/", "x"],
].map(([part = "", end = ""]) => [part, `x${part.repeat(SIZE / part.length)}${end}`]);

describe("a name of a million characters", () => {
  it.each(LONG)("of %j is repaired or not", (_, name) => {
    expect(() => nameRepair(name, (repaired) => isAccepted(repaired, LIMITS))).not.toThrow();
  });

  it.each(LONG)("of %j is named by its content", (_, name) => {
    const identity = { format: "jpeg", mime: "image/jpeg", soundStart: 0 } as const;
    expect(() => nameByContent(name, identity, LIMITS)).not.toThrow();
  });
});
