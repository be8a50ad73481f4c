import { describe, expect, it } from "vitest";
import { fillPictures } from "../../src/html/fill-pictures.ts";
import { createLikelyNames } from "../../src/html/likely-names.ts";
import { createPictureNames } from "../../src/html/picture-names.ts";
import { rewriteImages } from "../../src/html.ts";

const NEW = "https://mmbiz.qpic.cn/mmbiz/new/0";

describe("a name is found", () => {
  it.each([
    ["as it is", "a.png", "a.png"],
    ["encoded", "images/街 景.png", "./images/%E8%A1%97%20%E6%99%AF.png"],
    ["encoded in lower case", "街.png", "%e8%a1%97.png"],
    ["encoded in the list", "%E8%A1%97.png", "街.png"],
    ["with a plus for a blank", "street view.png", "street+view.png"],
    ["with entities in the list", "a&amp;b.png", "a&b.png"],
    ["with backslashes", "images/a.png", "images\\a.png"],
    ["with ./ in the list", "./a.png", "a.png"],
    ["with a step up", "images/a.png", "images/x/../a.png"],
    ["with letters decomposed, as by macOS", "é.png", "e\u0301.png"],
    ["with letters composed", "e\u0301.png", "%C3%A9.png"],
    ["with a query", "a.png", "a.png?v=2"],
    ["with a size after #", "a.png", "a.png#pic_center"],
    ["with the query in the list", "a.png?raw=true", "a.png"],
    ["with a broken encoding", "100%.png", "100%.png"],
    ["in an address", "https://example.com/街.png", "https://example.com/%E8%A1%97.png"],
  ])("%s", (_, name, url) => {
    expect(createPictureNames(["other.jpg", name])(url)).toBe(name);
  });

  it.each([
    ["of another case", "A.png", "a.png"],
    ["of another folder", "a/x.png", "b/x.png"],
    ["with another query", "i.php?id=1", "i.php?id=2"],
    ["with another query after a picture", "a.png?id=1", "a.png?id=2"],
    ["of data", "a.png", `data:image/png;base64,${"A".repeat(2000)}`],
  ])("not %s", (_, name, url) => {
    expect(createPictureNames([name])(url)).toBe(undefined);
  });

  it("exactly before in another way of writing, and not at all if two are alike", () => {
    const nameOf = createPictureNames(["a%20b.png", "a b.png", "x y.png", "x%20y.png"]);
    expect(nameOf("a%20b.png")).toBe("a%20b.png");
    expect(nameOf("a b.png")).toBe("a b.png");
    expect(nameOf("./x%20y.png")).toBe(undefined);
  });
});

describe("a name is near", () => {
  it.each([
    ["in another case", "Street.PNG", "street.png"],
    ["in another folder", "images/street.png", "assets/street.png"],
    ["with two errors", "street.png", "steret.png"],
    ["from the root", "images/street.png", "/images/street.png"],
  ])("%s", (_, name, url) => {
    expect(createLikelyNames(["zebra.jpg", name])(url)).toBe(name);
  });

  it("or none is", () => {
    const near = createLikelyNames(["street.png"]);
    expect(near("lantern.jpg")).toBe(undefined);
    expect(near(`data:,${"street.png".repeat(5000)}`)).toBe(undefined);
  });

  it("of very many, by typing errors for the first few alone", () => {
    const numbered = (of: string) => Array.from({ length: 2000 }, (_, at) => `${of}${at}.png`);
    const near = createLikelyNames(numbered("images/street-"));
    const found = [...numbered("images/straat-"), "other/street-7.png"].map(near);
    expect(found[0]).toBe("images/street-0.png");
    expect(found[1999]).toBe(undefined);
    expect(found[2000]).toBe("images/street-7.png");
  });
});

describe("rewriteImages by an object", () => {
  it("puts addresses in place of names as Markdown tools encode them", async () => {
    const html = `<img src="./images/%E8%A1%97%20%E6%99%AF.png"><p style="background:url('images\\5c a.png')"><img src=b.png>`;
    const addresses = { "images/街 景.png": NEW, "images/a.png": `${NEW}?a` };
    expect(await rewriteImages(html, addresses)).toBe(
      `<img src="${NEW}"><p style="background:url('${NEW}?a')"><img src=b.png>`,
    );
  });

  it("takes no name from a prototype", async () => {
    const html = `<img src="constructor"><img src="__proto__"><img src="toString">`;
    expect(await rewriteImages(html, {})).toBe(html);
  });
});

describe("rewriteImages of lazily loaded pictures", () => {
  const asked = async (html: string) => {
    const urls: string[] = [];
    const result = await rewriteImages(html, (url, { kind }) => {
      urls.push(`${kind} ${url}`);
      return NEW;
    });
    return { urls, result };
  };

  it.each([
    [
      "data-original",
      `<img src="grey.gif" data-original="a.jpg">`,
      ["lazy a.jpg"],
      `<img src="${NEW}" data-original="a.jpg">`,
    ],
    [
      "without src",
      `<p><img class=lazy data-lazy-src='a b.jpg'>`,
      ["lazy a b.jpg"],
      `<p><img src="${NEW}" class=lazy data-lazy-src='a b.jpg'>`,
    ],
    [
      "with an empty src",
      `<img data-echo=a.jpg src="">`,
      ["lazy a.jpg"],
      `<img src="${NEW}" data-echo=a.jpg src="">`,
    ],
    [
      "the largest of a set",
      `<img src="data:," data-lazy-srcset="s.jpg 320w, l.jpg 1280w">`,
      ["lazy l.jpg"],
      `<img src="${NEW}" data-lazy-srcset="s.jpg 320w, l.jpg 1280w">`,
    ],
    [
      "the twin in <noscript>",
      `<img src="blank.gif"><noscript><img src="a.jpg"></noscript>`,
      ["lazy a.jpg"],
      `<img src="${NEW}"><noscript><img src="${NEW}"></noscript>`,
    ],
    [
      "the twin of one without src",
      `<img class=x><noscript><img src="a.jpg"></noscript>`,
      ["lazy a.jpg"],
      `<img src="${NEW}" class=x><noscript><img src="${NEW}"></noscript>`,
    ],
    [
      "WeChat's own data-src beside a placeholder",
      `<img data-src="a.jpg" src="data:,x">`,
      ["data-src a.jpg"],
      `<img data-src="${NEW}" src="${NEW}">`,
    ],
    [
      "not one that is done",
      `<img src="https://mmbiz.qpic.cn/a/0" data-original="a.jpg">`,
      ["src https://mmbiz.qpic.cn/a/0"],
      `<img src="${NEW}" data-original="a.jpg">`,
    ],
    [
      "not the name of embedded data",
      `<img src="data:,x" data-filename="a.jpg">`,
      ["src data:,x"],
      `<img src="${NEW}" data-filename="a.jpg">`,
    ],
    [
      "not the next picture",
      `<img src="data:,x"><p><noscript><img src="a.jpg"></noscript>`,
      ["src data:,x", "src a.jpg"],
      `<img src="${NEW}"><p><noscript><img src="${NEW}"></noscript>`,
    ],
  ])("%s", async (_, html, urls, result) => {
    expect(await asked(html)).toEqual({ urls, result });
  });

  it("asks for what stands in src, if there is nothing for the other address", async () => {
    const html = `<img src="small.jpg" data-original="large.jpg"><img src="small.jpg">`;
    expect(await rewriteImages(html, { "small.jpg": NEW })).toBe(
      `<img src="${NEW}" data-original="large.jpg"><img src="${NEW}">`,
    );
    const urls: string[] = [];
    await rewriteImages(`<img src="one.jpg" data-original="two.jpg">`, (url, place) => {
      urls.push(`${place.kind} ${url}`);
      return undefined;
    });
    expect(urls).toEqual(["lazy two.jpg", "src one.jpg"]);
  });
});

describe("fillPictures", () => {
  it("says which names are not used, and what a picture may mean", () => {
    const filled = fillPictures(
      `<img src="Street.png"><img src="./a.png"><img src="https://mmbiz.qpic.cn/x/0">`,
      { "street.png": NEW, "a.png": NEW, "c.png": NEW },
    );
    expect(filled).toEqual({
      html: `<img src="Street.png"><img src="${NEW}"><img src="https://mmbiz.qpic.cn/x/0">`,
      unused: ["street.png", "c.png"],
      unknown: [{ url: "Street.png", near: "street.png" }],
    });
  });
});
