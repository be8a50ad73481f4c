import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brokenHtml, newAddress, randomHtml } from "../../../../test/support/random-html.ts";
import { scanFacts } from "../../src/article/check.ts";
import { scanHtml } from "../../src/html/light-scanner.ts";
import { readHtml } from "../../src/html/read-html.ts";
import { findPictures, replacePictures } from "../../src/html/replace-pictures.ts";

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
const attribute = fc.constantFrom(
  "src",
  "data-src",
  "SRCSET",
  "href",
  "style",
  "title",
  "data-x",
  "data-original",
);
const value = fc.constantFrom(
  "a.png",
  "x y",
  "a&amp;b",
  "url(b.png)",
  "c 1x, d 2x",
  "it",
  "&#39;1",
  "<b>",
  "data:,",
  "<![CDATA[",
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
    "<![CDATA[a<b>c]]>",
    "<![CDATA[",
    "]]>",
    "<![cdata[a]]>",
    "<![CDATA[>",
    "<svg>",
    "</svg>",
    "<title>",
    "</title>",
    "<!-- <![CDATA[ > -->",
    "<!--->",
    "<!--a--!>",
    "</>",
    "<!>",
    "<?>",
    "<noscript>",
  ),
  fc.tuple(name, attributes).map(([tag, rest]) => `<${tag}${rest}>`),
  name.map((tag) => `</${tag}>`),
);

describe("the small scanner", () => {
  it(`reads what the parser reads, on random HTML (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const html = pieces.join("");
        expect(scanFacts(html)).toEqual(readHtml(html));
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });

  it(`reads the tags of broken HTML alike (seed ${SEED})`, () => {
    // Named entities without a semicolon, and those with rare names, are the parser's alone.
    const rare = /&(?:quot|lt)(?!;)|&fjlig;/;
    fc.assert(
      fc.property(
        brokenHtml.filter((html) => !rare.test(html)),
        (html) => {
          const { tags, pictures } = readHtml(html);
          expect(scanFacts(html)).toMatchObject({ tags, pictures });
        },
      ),
      { seed: SEED, numRuns: 3000 },
    );
  });

  it.each([
    [
      "outside of drawings, a comment up to the first >",
      `<![CDATA[<p>x</p><img src="a.png">]]>`,
      "x]]>",
    ],
    [
      "in a drawing, text",
      `<svg><text><![CDATA[<img src="b.png">]]></text></svg><img src=a.png>`,
      `<img src="b.png">`,
    ],
    [
      "in a title of a drawing, a comment",
      `<svg><title><![CDATA[<b>]]></title></svg><img src=a.png>`,
      "]]>",
    ],
    [
      "after a drawing that HTML has ended, a comment",
      `<svg><p><![CDATA[>x]]></p><img src=a.png>`,
      "x]]>",
    ],
    [
      "in lower case, a comment in a drawing too",
      `<svg><text><![cdata[>x]]></text></svg><img src=a.png>`,
      "x]]>",
    ],
    ["in a comment, nothing", `<!--<![CDATA[>--><img src=a.png>`, ""],
    ["in an attribute, characters", `<p title="<![CDATA[>"><img src=a.png>`, ""],
    ["that never ends, a comment to the end", `<img src=a.png><![CDATA[ x`, ""],
  ])("CDATA is %s", (_, html, text) => {
    for (const read of [scanFacts, readHtml]) {
      expect(read(html)).toMatchObject({ text, pictures: ["a.png"] });
    }
    expect(scanFacts(html)).toEqual(readHtml(html));
  });

  it.each([
    ["<!doctype html>", ""],
    ['<?xml version="1.0"?>', ""],
    ["</ >", ""],
    ["</>", ""],
    ["<!-->", ""],
    ["<!--->", ""],
    ["<!--a--!>", ""],
    ["<!--a-- >b-->", ""],
    ["<!--[if mso]><img src=b.png><![endif]-->", ""],
    ["<![if !mso]>x<![endif]>", "x"],
    ["<!a --> ", " "],
    ["<%= a %>", "<%= a %>"],
    ["<3>", "<3>"],
  ])("no browser shows %s", (html, text) => {
    for (const read of [scanFacts, readHtml]) {
      const facts = read(`${html}<img src=a.png>`);
      expect(facts).toMatchObject({ pictures: ["a.png"] });
      expect(facts.text).toBe(text);
    }
  });

  it("takes a no-break space for no space between attributes", () => {
    const html = `<img\u00a0src="a.jpg"><img src=a.jpg\u00a0alt=b>`;
    expect(scanFacts(html)).toEqual(readHtml(html));
  });

  it(`replaces the pictures that the parser replaces, and nothing else (seed ${SEED})`, () => {
    fc.assert(
      fc.property(randomHtml, ({ html, rewritten, addresses }) => {
        const found = findPictures(html, scanHtml);
        expect([...new Set(found.map(({ url }) => url))]).toEqual(addresses);
        const others = new Map(addresses.map((address) => [address, newAddress(address)]));
        expect(replacePictures(html, found, others)).toBe(rewritten);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it("takes linear time for what never ends", () => {
    for (const part of ["<", "<a ", '<a b="', "<!--", "<p a=", "<script>", "<p / ", "&", "&#x0"]) {
      const { tags } = scanFacts(part.repeat(50_000));
      expect(tags.length).toBeLessThanOrEqual(50_000);
    }
  });
});
