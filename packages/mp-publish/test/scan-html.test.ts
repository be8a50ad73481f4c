import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scanHtml } from "../src/article/scan-html.ts";
import { readHtml } from "../src/html/read-html.ts";

const SEED = 20_261_122;
const name = fc.constantFrom(
  "p",
  "IMG",
  "a",
  "section",
  "mp-miniprogram",
  "iframe",
  "br",
  "script",
);
const attribute = fc.constantFrom("src", "data-src", "SRCSET", "href", "style", "title", "data-x");
const value = fc.constantFrom(
  "a.png",
  "x y",
  "a&amp;b",
  "url(b.png)",
  "c 1x, d 2x",
  "it",
  "&#39;1",
  "<b>",
  "",
);
const quoted = fc.oneof(
  value.map((text) => `"${text}"`),
  value.map((text) => `'${text}'`),
  fc.constantFrom("plain", "a.png", "1"),
);
const attributes = fc
  .array(fc.tuple(attribute, fc.option(quoted), fc.constantFrom(" ", "\n", "/", " / ")), {
    maxLength: 4,
  })
  .map((list) =>
    list.map(([key, text, gap]) => `${gap}${key}${text === null ? "" : `=${text}`} `).join(""),
  );
const piece = fc.oneof(
  fc.constantFrom(
    "text",
    "a < b",
    "&lt;",
    "&nbsp;",
    "&#x4e2d;",
    "<",
    "< p>",
    "</p>",
    "</ x>",
    "<!-- <a> -->",
    "<!-->",
    "<!doctype html>",
    "<?x?>",
  ),
  fc.tuple(name, attributes).map(([tag, rest]) => `<${tag}${rest}>`),
  name.map((tag) => `</${tag}>`),
);

describe("the small scanner", () => {
  it(`reads what the parser reads, on random HTML (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const html = pieces.join("");
        const { tags, pictures, text } = scanHtml(html);
        const expected = readHtml(html);
        expect(tags).toEqual(expected.tags);
        expect(pictures).toEqual(expected.pictures);
        expect(text).toBe(expected.text);
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });

  it("takes linear time for what never ends", () => {
    for (const part of ["<", "<a ", '<a b="', "<!--", "<p a=", "<script>", "<p / "]) {
      const { tags } = scanHtml(part.repeat(50_000));
      expect(tags.length).toBeLessThanOrEqual(50_000);
    }
  });
});
