import { type PicturePlace, readHtml, rewriteImages } from "@wechat-edge/mp-publish/html";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brokenHtml, newAddress, randomHtml } from "../../../../test/support/random-html.ts";
import {
  expectPicturesAloneChanged,
  picturesIn,
  rewritten,
} from "../../../../test/support/rewritten.ts";

// fast-check prints the seed of a run that fails.
describe("over random HTML", () => {
  it("changes the addresses of the pictures and nothing else, character for character", async () => {
    await fc.assert(fc.asyncProperty(randomHtml, expectPicturesAloneChanged), { numRuns: 500 });
  });

  it("changes nothing where nothing is replaced", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(brokenHtml, fc.string({ unit: "grapheme" })), async (html) => {
        expect((await rewritten(html, () => undefined)).result).toBe(html);
      }),
      { numRuns: 500 },
    );
  });

  it("writes addresses that read back, whatever is in them", async () => {
    const awkward = "h&ttp'\"<>()\\,;=`z&lt;&#32;é🏮";
    await fc.assert(
      fc.asyncProperty(randomHtml, async ({ html, addresses }) => {
        const names = new Map(addresses.map((address, index) => [address, `${awkward}${index}`]));
        const { result } = await rewritten(html, (url) => names.get(url));
        expect(await picturesIn(result)).toEqual([...names.values()]);
      }),
    );
  });

  it("leaves text and other attributes of broken HTML as they were", async () => {
    const shape = (html: string) => {
      const { text, tags } = readHtml(html);
      return { text, tags: tags.map(({ name, attributes }) => [name, ...attributes.keys()]) };
    };
    await fc.assert(
      fc.asyncProperty(brokenHtml, async (html) => {
        const before = await picturesIn(html);
        const { result } = await rewritten(html, newAddress);
        expect(shape(result)).toEqual(shape(html));
        expect(new Set(await picturesIn(result))).toEqual(new Set(before.map(newAddress)));
      }),
      { numRuns: 500 },
    );
  });
});

const upper = (url: string) => url.toUpperCase();

describe("pictures are read from", () => {
  const found: Record<string, [html: string, rewritten: string]> = {
    "src, data-src and srcset of img": [
      `<img src=a.png data-src='b.png' srcset="c.png, d.png 2x,e.png 1.5x">`,
      `<img src=A.PNG data-src='B.PNG' srcset="C.PNG, D.PNG 2x,E.PNG 1.5x">`,
    ],
    "srcset with data: addresses and commas": [
      `<img srcset="data:a;b,c== 1x, d.png,, e,f.png (1,2) 2x">`,
      `<img srcset="DATA:A;B,C== 1x, D.PNG,, E,F.PNG (1,2) 2x">`,
    ],
    "srcset of source": [`<source srcset=a.png>`, `<source srcset=A.PNG>`],
    "url() of a style": [
      `<p style="background:url(a.png), url( 'b.png' ); mask: URL(&quot;c.png&quot;)">`,
      `<p style="background:url(A.PNG), url( 'B.PNG' ); mask: URL(&quot;C.PNG&quot;)">`,
    ],
    "url() that is never closed": [
      `<p style="background:url('a.png">`,
      `<p style="background:url('A.PNG">`,
    ],
    "image-set() with url()": [
      `<p style='background:image-set(url("a.png") 1x, url("b.png") 2x)'>`,
      `<p style='background:image-set(url("A.PNG") 1x, url("B.PNG") 2x)'>`,
    ],
    "background of tables": [`<td background="a.png">`, `<td background="A.PNG">`],
    "poster of video": [`<video poster=a.png src=b.mp4>`, `<video poster=A.PNG src=b.mp4>`],
    "image of SVG, in and outside it": [
      `<svg><image href="a.png" xlink:href="b.png"/><use href="#c"/></svg><image src=d.png>`,
      `<svg><image href="A.PNG" xlink:href="B.PNG"/><use href="#c"/></svg><image src=D.PNG>`,
    ],
    "mini-program cards, misprint included": [
      `<mp-miniprogram data-miniprogram-imageurl="a.png"></mp-miniprogram><mp-miniprogram data-progarm-imageurl="b.png">`,
      `<mp-miniprogram data-miniprogram-imageurl="A.PNG"></mp-miniprogram><mp-miniprogram data-progarm-imageurl="B.PNG">`,
    ],
    "what follows SVG that is never closed": [
      `<svg><title/><div><textarea><img src=no></textarea><img src=a.png>`,
      `<svg><title/><div><textarea><img src=no></textarea><img src=A.PNG>`,
    ],
    "noscript, as scripts are taken out": [
      `<noscript><img src=a.png></noscript>`,
      `<noscript><img src=A.PNG></noscript>`,
    ],
  };
  for (const [where, [html, expected]] of Object.entries(found)) {
    it(where, async () => {
      expect((await rewritten(html, upper)).result).toBe(expected);
    });
  }
});

describe("no pictures are", () => {
  const none: Record<string, string> = {
    "in comments": "<!-- <img src=a> --><!--><!-- --!>",
    "in scripts, styles and other raw text":
      "<script>'<img src=a>'</script><style>p{background:url(a)}</style><textarea><img src=a></textarea><iframe><img src=a></iframe>",
    "in other attributes": `<p title="<img src=a>" src=a data-src=a><a href=a.png><iframe src=a data-src=a>`,
    "in strings and comments of CSS": `<p style="content:'url(a)'; content:') url(a) '; /* url(a) */ color:red; my-url(a); \\url(a)">`,
    "broken url()": `<p style="background:url(a b.png); mask:url(a(1).png)">`,
    fragments: `<p style="filter:url(#a)"><svg><image href="#a"/></svg>`,
    "empty addresses": `<img src="" data-src=" " srcset=" , "><p style="background:url()"><img src>`,
    "in tags that never end": `<p>text<img src=a`,
    "second attributes of a name": `<img alt=x src="" src=a>`,
  };
  for (const [where, html] of Object.entries(none)) {
    it(where, async () => {
      const { asked, result } = await rewritten(html, upper);
      expect(asked).toEqual([]);
      expect(result).toBe(html);
    });
  }
});

describe("an address", () => {
  it("stays apart from an entity without its semicolon", async () => {
    const { result } = await rewritten(
      "<p style='background:url(&quot/a.png&quot)'>",
      () => "http",
    );
    expect(result).toBe("<p style='background:url(&quot&#104;ttp&quot)'>");
    expect(await picturesIn(result)).toEqual(["http"]);
  });

  it("is read behind entities that stand for two characters", async () => {
    const html = `<p style="--a:&fjlig;&nvlt;&fjlig;;background:url(&quot;a.png&quot;)">`;
    const { asked, result } = await rewritten(html, upper);
    expect(asked).toEqual(["a.png"]);
    expect(result).toBe(html.replace("a.png", "A.PNG"));
  });

  it("keeps the white space around it", async () => {
    const { result } = await rewritten(`<img src="\n a.png ">`, upper);
    expect(result).toBe(`<img src="\n A.PNG ">`);
  });

  it("is asked for once, with its first place", async () => {
    const places: [string, PicturePlace][] = [];
    await rewriteImages(
      `<p style="background:url(a.png)"><img data-src=b.png src=a.png><img src=b.png>`,
      (url, place) => {
        places.push([url, place]);
        return undefined;
      },
    );
    expect(places).toEqual([
      ["a.png", { kind: "style", element: "p" }],
      ["b.png", { kind: "data-src", element: "img" }],
    ]);
  });

  it("stays as it is where replace returns undefined", async () => {
    const html = `<img src="a&#46;png"><img src=b.png>`;
    const { result } = await rewritten(html, (url) => (url === "b.png" ? "c.png" : undefined));
    expect(result).toBe(`<img src="a&#46;png"><img src=c.png>`);
  });
});

// That long contents take linear time is in packages/mp-publish/test/html/long-content.test.ts; stacks differ by runtime.
describe("a long content is no trouble", () => {
  it.each([
    ["of elements in each other", "<p><b><svg><g>"],
    ["of ends of what never began", "<svg></math></svg></p>"],
    ["of tags that never end", "<img src=a "],
  ])("%s", async (_, part) => {
    const html = part.repeat(20_000);
    expect((await rewritten(html, () => "x")).result).toBe(html);
  });
});

describe("readHtml", () => {
  it("returns the pictures that rewriteImages would ask for", () => {
    const { pictures } = readHtml(`<img src=a srcset="b 1x"><img src=a><p style="mask:url(c)">`);
    expect(pictures).toEqual(["a", "b", "c"]);
  });
});
