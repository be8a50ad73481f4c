// Names come from anybody, and may be as long as a request: none takes long.

import { describe, expect, it } from "vitest";
import { type FileLimits, isAccepted } from "../../src/upload/check.ts";
import { nameByContent } from "../../src/upload/content-name.ts";
import { nameRepair } from "../../src/upload/name-repair.ts";

const SIZE = 100_000;
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

const LIMITS: FileLimits = {
  extensions: { jpg: ["jpeg"], png: ["png"] },
  maxBytes: 1,
  maxNameLength: 255,
  contentMatchesExtension: true,
  fourByteNames: true,
};

describe("a name of 100,000 characters", () => {
  it.each(LONG)("of %j is repaired or not in no time", (_, name) => {
    const began = performance.now();
    nameRepair(name, (repaired) => isAccepted(repaired, LIMITS));
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it.each(LONG)("of %j is named by its content in no time", (_, name) => {
    const began = performance.now();
    const identity = { format: "jpeg", mime: "image/jpeg", soundStart: 0 } as const;
    nameByContent(name, identity, LIMITS);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
