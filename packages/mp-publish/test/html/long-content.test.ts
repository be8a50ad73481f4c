import { describe, expect, it } from "vitest";
import { rewriteImages } from "../../src/html/rewrite-images.ts";
import { checkArticle } from "../../src/index.ts";

// Quadratic time would be minutes, far beyond the timeout of a test.
describe("rewriteImages comes to an end with a long content", () => {
  const large: Record<string, [html: string, pictures: number]> = {
    "of elements in each other": ["<p><b><svg><g>".repeat(100_000), 0],
    "of pictures": ["<img src=a.png>".repeat(50_000), 1],
    "of data: pictures": [
      Array.from(
        { length: 20 },
        (_, index) => `<img src="data:image/png;base64,${index}${"A".repeat(100_000)}">`,
      ).join(""),
      20,
    ],
    "of one style": [`<p style="${"background:url(a.png);".repeat(60_000)}">`, 1],
    "of url( in each other": [`<p style="${"url(".repeat(300_000)}">`, 0],
    "of one srcset": [`<img srcset="${"a.png 1x,".repeat(120_000)}">`, 1],
    "of commas": [`<img srcset="${",".repeat(1_000_000)}">`, 0],
    "of entities": [`<p style="${"&quot;&fjlig;".repeat(100_000)}">`, 0],
    "of backslashes": [`<p style="background:url(${"\\".repeat(1_000_000)}">`, 1],
    "of attributes": [
      `<p ${Array.from({ length: 100_000 }, (_, index) => `a${index}=1`).join(" ")}>`,
      0,
    ],
    "of tags that never end": ["<img src=a ".repeat(100_000), 0],
    "of comments that never end": ["<!--".repeat(300_000), 0],
    "of ends of what never began": [`${"<svg>".repeat(100_000)}${"</math>".repeat(100_000)}`, 0],
  };

  it.each(Object.entries(large))("%s", async (_, [html, pictures]) => {
    const asked: string[] = [];
    const result = await rewriteImages(html, (url) => {
      asked.push(url);
      return "x";
    });
    expect(asked.length).toBe(pictures);
    expect(result === html).toBe(pictures === 0);
  });
});

it("rewriteImages comes to an end with a new address of commas in a srcset", async () => {
  const url = `a${",".repeat(200_000)}a`;
  expect(await rewriteImages('<img srcset="b.png 1x">', () => url)).toContain(`${url} 1x`);
});

it.each([
  ["a.png,", "a.png%2C"],
  [",,a", "%2C,a"],
  [",", "%2C"],
  ["a, b", "a,%20b"],
])("%j is written so that a srcset has that one address", async (url, written) => {
  const html = await rewriteImages('<img srcset="b.png 1x">', () => url);
  expect(html).toBe(`<img srcset="${written} 1x">`);
});

describe("checkArticle comes to an end", () => {
  const article = { title: "a", content: "<p>街</p>", thumb_media_id: "x" };
  const long = {
    "with comments of a style that never end": {
      content: `<p style="${"/* ".repeat(200_000)}">街</p>`,
    },
    "with a crop of many digits": { pic_crop_1_1: `${"1".repeat(250_000)}x_0_1_1` },
  };
  it.each(Object.entries(long))("%s", (_, fields) => {
    expect(checkArticle({ ...article, ...fields }, { target: "draft" })).not.toEqual([]);
  });
});
