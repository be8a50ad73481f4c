import { describe, expect, it } from "vitest";
import { foreignName } from "../../src/inspect/foreign.ts";

const named = (text: string): string | undefined => foreignName(new TextEncoder().encode(text));

describe("the name of a foreign format", () => {
  it.each([
    `<svg xmlns="http://www.w3.org/2000/svg">`,
    `<?xml version="1.0"?>\n<!-- Made by hand -->\n<!-- - -- -> -->\n<svg>`,
    `<!--\n<html>\n--><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN">\n<s:svg/>`,
  ])("of %j is SVG", (text) => {
    expect(named(text)).toBe("SVG");
  });

  it.each([`<!-- <svg> --><html>`, `<!-- <svg>`, `<?xml version="1.0"?><svgs>`])(
    "of %j is not",
    (text) => {
      expect(named(text)).toBeUndefined();
    },
  );

  // Of 73 comments in a row, 2 to the power of 72 readings were tried; of 26 that took seconds.
  it.each(["<!---->", "<!--", "-->", "<?xml>", "<!doctype svg>", " "])(
    "is not in a file of %j again and again",
    (text) => {
      for (const times of [26, 512 / text.length])
        expect(named(text.repeat(times))).toBeUndefined();
    },
  );
});
