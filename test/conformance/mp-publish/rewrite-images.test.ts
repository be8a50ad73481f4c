import { readHtml, rewriteImages } from "@wechat-edge/mp-publish/html";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomHtml } from "../../support/random-html.ts";
import { expectPicturesAloneChanged, picturesIn, rewritten } from "../../support/rewritten.ts";

// More of it is in packages/mp-publish/test/html. fast-check prints the seed of a run that fails.
describe("over random HTML", () => {
  it("changes the addresses of the pictures and nothing else, character for character", async () => {
    await fc.assert(fc.asyncProperty(randomHtml, expectPicturesAloneChanged), { numRuns: 100 });
  });
});

const upper = (url: string) => url.toUpperCase();

describe("an address", () => {
  it("is decoded for replace, and encoded on the way back", async () => {
    const html = `<img src="a.png?x=1&amp;y=&#50;"><p style='background:url("a\\"b.png")'>`;
    const { asked, result } = await rewritten(html, (url) => `${url}&"'`);
    expect(asked).toEqual(["a.png?x=1&y=2", 'a"b.png']);
    expect(result).toBe(
      `<img src="a.png?x=1&amp;y=2&amp;&#34;'"><p style='background:url("a\\"b.png&amp;\\"&#39;")'>`,
    );
  });

  it("needs no quotes where there are none", async () => {
    const { result } = await rewritten("<img src=a.png>", () => "b c>d'");
    expect(result).toBe("<img src=b&#32;c&#62;d&#39;>");
    expect(await picturesIn(result)).toEqual(["b c>d'"]);
  });

  it("keeps spaces and commas out of a srcset", async () => {
    const { result } = await rewritten(`<img srcset="a.png 2x">`, () => ",b c,");
    expect(result).toBe(`<img srcset="%2Cb%20c%2C 2x">`);
  });

  it("is found in an object by its name, however a Markdown tool writes it", async () => {
    const html = `<img src="./images/%E8%A1%97%20%E6%99%AF.png"><img src="e\u0301.png?v=2">`;
    const addresses = { "images/街 景.png": "https://a/0", "\u00e9.png": "https://b/0" };
    expect(await rewriteImages(html, addresses)).toBe(
      `<img src="https://a/0"><img src="https://b/0">`,
    );
  });

  it("of a lazily loaded picture is the one that a script would load", async () => {
    const { result } = await rewritten(
      `<img src="grey.gif" data-original="a.png"><img data-src="b.png" src="data:,">`,
      upper,
    );
    expect(result).toBe(
      `<img src="A.PNG" data-original="a.png"><img data-src="B.PNG" src="B.PNG">`,
    );
  });
});

describe("replace", () => {
  const many = Array.from({ length: 20 }, (_, index) => `<img src=${index}.png>`).join("");

  it("runs for as many pictures at a time as concurrency says, 4 by default", async () => {
    for (const concurrency of [undefined, 1, 7]) {
      let running = 0;
      let most = 0;
      await rewriteImages(
        many,
        async () => {
          running += 1;
          most = Math.max(most, running);
          for (let turn = 0; turn < 10; turn++) await Promise.resolve();
          running -= 1;
          return "x";
        },
        { concurrency },
      );
      expect(most).toBe(concurrency ?? 4);
    }
  });

  it("may fail: its error comes out, and no further picture is begun", async () => {
    const failure = new Error("The picture cannot be fetched.");
    const asked: string[] = [];
    const rewriting = rewriteImages(many, async (url) => {
      asked.push(url);
      if (url === "1.png") throw failure;
      await Promise.resolve();
      return "x";
    });
    await expect(rewriting).rejects.toBe(failure);
    expect(asked.length).toBeLessThanOrEqual(8);
  });

  it("ends with the signal, whose reason comes out", async () => {
    const controller = new AbortController();
    const asked: string[] = [];
    const rewriting = rewriteImages(
      many,
      async (url) => {
        asked.push(url);
        if (url === "2.png") controller.abort(new Error("stopped"));
        return "x";
      },
      { concurrency: 1, signal: controller.signal },
    );
    await expect(rewriting).rejects.toThrow("stopped");
    expect(asked).toEqual(["0.png", "1.png", "2.png"]);
  });

  it("must return an address or undefined", async () => {
    for (const other of ["", null, 5, {}]) {
      const rewriting = rewriteImages("<img src=a>", () => other as string);
      await expect(rewriting).rejects.toThrow(/replace must return an address or undefined, not /);
    }
  });
});

describe("misuse", () => {
  it("is a TypeError or a RangeError", async () => {
    await expect(rewriteImages(undefined as never, upper)).rejects.toThrow(/html must be a string/);
    for (const concurrency of [0, 1.5, Number.NaN]) {
      await expect(rewriteImages("", upper, { concurrency })).rejects.toThrow(RangeError);
    }
  });
});

describe("readHtml", () => {
  it("returns the text that a reader sees", () => {
    const { text } = readHtml(
      "<p>灯笼&nbsp;街<!-- no --></p><style>no</style><script>no</script>&lt;b&gt;<textarea>a&amp;b</textarea>",
    );
    expect(text).toBe("灯笼\u00a0街<b>a&b");
  });

  it("returns tags with decoded attributes, the first of each name", () => {
    const { tags } = readHtml(`<P Title="a&amp;b" title=c data-x hidden><img src=a></p>`);
    expect(tags).toEqual([
      {
        name: "p",
        start: 0,
        attributes: new Map([
          ["title", "a&b"],
          ["data-x", ""],
          ["hidden", ""],
        ]),
      },
      { name: "img", start: 41, attributes: new Map([["src", "a"]]) },
    ]);
  });
});
