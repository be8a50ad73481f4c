import { describe, expect, it } from "vitest";
import { foreignName } from "../../src/inspect/foreign.ts";

const named = (text: string): string | undefined => foreignName(new TextEncoder().encode(text));

describe("the name of a foreign format", () => {
  const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

  it.each<[string, readonly string[]]>([
    ["TIFF", ["II*\0", "MM\0*"]],
    ["SVG", ["<svg>", "<long:svg/>", "<svg xmlns"]],
    ["a ZIP archive or an office document", ["PK\x03\x04", "\xd0\xcf\x11\xe0"]],
    ["Ogg", ["OggS"]],
    ["MP3 or another sound with ID3 tags", ["ID3"]],
    ["FLAC", ["fLaC"]],
    ["AAC", ["\xff\xf0", "\xff\xf1", "\xff\xf8", "\xff\xf9"]],
    ["MP2", ["\xff\xf4", "\xff\xf5", "\xff\xfc", "\xff\xfd"]],
    ["PSD", ["8BPS"]],
    ["ICO", ["\0\0\x01\0"]],
    ["JPEG XL", ["\xff\n", "\0\0\0\x0cJXL"]],
    ["JPEG-LS", ["\xff\xd8\xff\xf7"]],
  ])("is %s by its first bytes, behind a mark of UTF-8 too", (name, starts) => {
    for (const start of starts) {
      expect(foreignName(latin1(start))).toBe(name);
      expect(foreignName(latin1(`${start} and more`))).toBe(name);
      expect(foreignName(latin1(`\xef\xbb\xbf${start} and more`))).toBe(name);
      // Elsewhere they say nothing.
      expect(foreignName(latin1(`x${start} and more`))).toBeUndefined();
      expect(foreignName(latin1(`\xef\xbb\xbfx${start} and more`))).toBeUndefined();
      expect(foreignName(latin1(`${start.slice(0, 1)}\xef\xbb\xbf${start.slice(1)}`))).not.toBe(
        name,
      );
    }
  });

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
