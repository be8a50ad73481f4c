import { describe, expect, it } from "vitest";
import { applyEdits } from "../../../src/mp/publish/html-edits.ts";
import { htmlTags } from "../../../src/mp/publish/html-tags.ts";
import { textOf } from "../../../src/mp/publish/html-text.ts";

const tags = (html: string) =>
  [...htmlTags(html)].map(({ name, closes, attributes }) => [
    closes ? `/${name}` : name,
    ...attributes.map(({ name, value }) => `${name}=${value}`),
  ]);

describe("tags", () => {
  it.each([
    ['<P CLASS="a b">x</P>', [["p", "class=a b"], ["/p"]]],
    ["<img src=a.png data-w = '1' alt>", [["img", "src=a.png", "data-w=1", "alt="]]],
    ['<img src="a"/><br/>', [["img", "src=a"], ["br"]]],
    ['<a href="?a=1&amp;b=2&#38;&#x26;">', [["a", "href=?a=1&b=2&&"]]],
    ["<img src=a src=b>", [["img", "src=a"]]],
    ['<img\n\tsrc="a>b">', [["img", "src=a>b"]]],
    ["a < b <3 <> </ > <?php ?> <!doctype html><b>", [["b"]]],
    ["<!-- <img> --><b><!-- <i>", [["b"]]],
    ["<script>if (a<b) '<img>'</script ><i>", [["script"], ["/script"], ["i"]]],
    [
      "<style>a{}<b></style><textarea><p></textarea>",
      [["style"], ["/style"], ["textarea"], ["/textarea"]],
    ],
    ["<script>never closed <p>", [["script"]]],
    // The end of the text makes no tag of them, as in browsers.
    ['<img src="never closed', []],
    ["<img src", []],
    ["<p", []],
    ["</p><br></br>a</div>", [["/p"], ["br"], ["/br"]]],
    [
      "<svg><title><img src=a></title></svg>",
      [["svg"], ["title"], ["img", "src=a"], ["/title"], ["/svg"]],
    ],
    ["<", []],
    ["<p =a =b>", [["p", "=a=b"]]],
  ])("of %j", (html, expected) => {
    expect(tags(html)).toEqual(expected);
  });

  it("know where they and their attributes stand", () => {
    const html = '<b><img src="a" alt=b></b>';
    const [, img] = htmlTags(html);
    expect(html.slice(img?.start, img?.end)).toBe('<img src="a" alt=b>');
    expect(img?.attributes.map(({ start, end }) => html.slice(start, end))).toEqual([
      ' src="a"',
      " alt=b",
    ]);
  });

  it.each([
    ["a</b ><img>", "<img>"],
    ["a</><img>", "<img>"],
    ["</p ></b><img>", "<img>"],
  ])("of %j begin where they are written", (html, written) => {
    const { start, end } = htmlTags(html).at(-1) ?? {};
    expect(html.slice(start, end)).toBe(written);
  });

  it.each([
    ["<b><i></i></b>", [3, 2, undefined, undefined]],
    ["<p><video></p></video>", [2, undefined, undefined]],
    ["<svg><g/><style/></svg><br/>", [3, 1, 2, undefined, undefined]],
    ["<form><form></form></form>", [3, 2, undefined, undefined]],
    ["<svg/><b>", [0, undefined]],
  ])("of %j know the tag that ends their element", (html, lasts) => {
    expect(htmlTags(html).map(({ last }) => last)).toEqual(lasts);
  });

  // With contentLength "text" a content may have a megabyte of tags.
  it.each([
    "<",
    "<!--",
    "<a ",
    "<p x",
    " y",
    "<script>",
    '<img src="',
    "</",
    "<b>",
    "<p>",
    "<svg>",
    "<form>",
    "</z>",
    "<b></z>",
    "<svg><foreignObject>",
  ])("of a megabyte of %s are read", (piece) => {
    const content = piece.repeat(1_000_000 / piece.length);
    expect(htmlTags(content)).toBeInstanceOf(Array);
    expect(textOf(content)).toBeTypeOf("string");
  });

  it("have any number of attributes", () => {
    const attributes = Array.from({ length: 3000 }, (_, at) => `a${at}`).join(" ");
    expect(htmlTags(`<p ${attributes}>`)[0]?.attributes).toHaveLength(3000);
  });
});

describe("text", () => {
  it.each([
    ["<p>一</p><p>二 &amp; 三</p>", "一 二 & 三"],
    ["a<br>b<b>c</b>", "a bc"],
    ["<script>x</script>a<style>y</style><!-- z -->b<!--", "ab"],
    ["a<script>x", "a"],
    ["  a \n\n b&nbsp;c ", "a b c"],
    ["<svg><style><g>x</svg>a", "a"],
    ["<textarea><![CDATA[a]]></textarea>", "<![CDATA[a]]>"],
  ])("of %j is %j", (html, text) => {
    expect(textOf(html)).toBe(text);
  });

  it("has references resolved", () => {
    expect(textOf("&lt;&#20013;&#x4E2D;&AMP;&copy;&unknown;&")).toBe("<中中&©&unknown;&");
  });
});

describe("edits", () => {
  it("are made in the order of their places; of two that overlap the first counts", () => {
    const edits = [
      { start: 4, end: 5, text: "" },
      { start: 0, end: 2, text: "X" },
      { start: 1, end: 3, text: "Y" },
      { start: 6, end: 6, text: "!" },
    ];
    expect(applyEdits("abcdef", edits)).toBe("Xcdf!");
  });
});
