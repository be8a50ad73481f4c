import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dispositionName, safeName } from "../../src/http/file-name.ts";

const SEED = 20_261_122;

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      " ",
      "\0",
      "\n",
      '"',
      "<",
      ":",
      "*",
      "\u0085",
      "\u007f",
      "\u2028",
    ),
    fc.constantFrom("CON", "nul", "com1", ".jpg", "图", "🏪", "\ud83c", "\u202e", "长".repeat(90)),
    fc.string({ unit: "binary", maxLength: 3 }),
  ),
  maxLength: 300,
});

function expectSafe(name: string): void {
  expect(name).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}]/u);
  expect(name).not.toMatch(/^[. ]|[. ]$/);
  expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
  expect(new TextEncoder().encode(name).byteLength).toBeLessThanOrEqual(251);
}

describe("safeName", () => {
  it(`is safe whatever the name (seed ${SEED})`, () => {
    fc.assert(
      fc.property(hostile, (name) => expectSafe(safeName(name))),
      { seed: SEED, numRuns: 5000 },
    );
  });

  it("leaves an ordinary name as it is", () => {
    for (const name of ["cover.jpg", "封面 图片.jpg", "a..b.jpg", "🏪.png", "-_.amr"]) {
      expect(safeName(name)).toBe(name);
    }
  });
});

describe("dispositionName", () => {
  it(`is safe, or none, whatever the header (seed ${SEED})`, () => {
    fc.assert(
      fc.property(hostile, fc.boolean(), (name, quotes) => {
        const found = dispositionName(`attachment; filename=${quotes ? `"${name}"` : name}`);
        if (found !== undefined) {
          expect(found).not.toBe("");
          expectSafe(found);
        }
      }),
      { seed: SEED, numRuns: 5000 },
    );
  });
});
