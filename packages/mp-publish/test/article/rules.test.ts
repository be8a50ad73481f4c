// What the field sends, row by row: the rules that find something in it, by both readers of HTML.

import { describe, expect, it } from "vitest";
import { articleCases, good } from "../../../../test/support/article-cases.ts";
import {
  type FieldArticle,
  fieldArticles,
  fieldCheck,
} from "../../../../test/support/field-article-cases.ts";
import { readHtml } from "../../src/html/read-html.ts";
import { type ArticleTarget, checkArticle, type Finding } from "../../src/index.ts";

function found(findings: readonly Finding[]): Record<string, string> {
  return Object.fromEntries(findings.map(({ rule, severity }) => [rule, severity]));
}

function check(one: FieldArticle): Finding[] {
  const [article, options] = fieldCheck(one);
  return checkArticle(article as typeof good, options);
}

for (const [row, cases] of Object.entries(fieldArticles)) {
  describe(`${row}: checkArticle`, () => {
    it.each(Object.entries(cases))("%s", (_, one) => {
      const findings = check(one);
      expect(found(findings)).toEqual(one.found);
      if (one.says) expect(findings.map(({ message }) => message).join("\n")).toMatch(one.says);
      const [article, options] = fieldCheck(one);
      expect(checkArticle(article as typeof good, { ...options, readHtml })).toEqual(findings);
    });
  });
}

describe("a finding", () => {
  const all = [
    ...Object.values(fieldArticles).flatMap((cases) => Object.values(cases).flatMap(check)),
    ...Object.values(articleCases).flatMap(({ article, target = "publish-library", facts }) =>
      checkArticle({ ...good, ...article }, { target, ...facts }),
    ),
    ...checkArticle([], { target: "draft" }),
  ];

  it("has a path, two sentences, and its evidence with a source", () => {
    for (const finding of all) {
      expect(finding).toEqual({
        rule: expect.stringMatching(/^[a-z-]+$/),
        severity: expect.stringMatching(/^(?:error|warning|unknown|info)$/),
        path: expect.stringMatching(/^articles(?:$|\[0\]\.)/),
        message: expect.stringMatching(/^\S.*\.$/s),
        suggestion: expect.stringMatching(/^[A-Z].*\.$/s),
        evidence: expect.stringMatching(/^(?:documented|reported|assumed)$/),
        source: expect.stringMatching(/^(?:https:\/\/\S+|媒体API文档|新增草稿|全局返回码)$/),
      });
    }
  });

  it("that is an error is documented or reported", () => {
    const guesses = all.filter(
      ({ severity, evidence }) => severity === "error" && evidence === "assumed",
    );
    expect([...new Set(guesses.map(({ rule }) => rule))]).toEqual([]);
  });
});

describe("the check of a long content", () => {
  /** Characters: so many that a step of quadratic time takes longer than a test may. */
  const LONG = 512 * 1024;
  const rulesOf = (article: object): string[] =>
    checkArticle({ ...good, ...article }, { target: "draft" }).map(({ rule }) => rule);

  it.each([
    ["tags", "<p style='color:red;' id=a>街</p>", "removed-id"],
    ["lazy pictures", "<img src=loading.gif data-original=a.jpg>", "image-lazy"],
    ["<noscript>", "<img src=loading.gif><noscript><img src=a.jpg></noscript>", "image-lazy"],
    ["links", "<a href=https://example.com/>街</a>", "link-right"],
    ["deep elements", "<section style=''><x-y>", "unknown-element"],
    ["CDATA", "<![CDATA[ <style> ]]><style></style>", "removed-element"],
    ["drawings", "<svg><use href=#a fill='url(#a)'>", "svg-reference"],
    ["blanks in a style", `<p style="${";  ".repeat(20)}position:fixed">`, "removed-position"],
    ["placeholders", "<img src='none none none none' a='//x.x.x.x.x'>", "image-lazy"],
  ])("finds something in %s", (_, part, rule) => {
    const content = part.repeat(Math.ceil(LONG / part.length));
    expect(rulesOf({ content })).toContain(rule);
  });

  it.each([
    ["style", (long: string) => `<p style="${long}">`],
    ["src", (long: string) => `<img src="${long}">`],
    ["lazy attribute", (long: string) => `<img src="data:," data-x="${long}">`],
    ["href", (long: string) => `<a href="${long}">`],
    ["fill", (long: string) => `<svg><path fill="${long}">`],
  ])("ends with a long %s", (_, of) => {
    for (const piece of ["url(#", "; ", "position:", "none.", "/a.b", "java\n", "var( "]) {
      const content = of(piece.repeat(Math.ceil(LONG / piece.length)));
      expect(rulesOf({ content })).toContain("content-length");
    }
  });

  it.each([
    ["placeholders", `<img src="${"none?".repeat(800)}\nx" data-x="a.png">`],
    ["addresses", `<img src="none" data-x="${"a.png?".repeat(680)}\nx">`],
  ])("ends with %s that end in another line", (_, part) => {
    const content = part.repeat(Math.ceil((8 * LONG) / part.length));
    expect(rulesOf({ content })).toContain("image-lazy");
  });

  it("of a picture message ends with end tags that never end", () => {
    const content = "</a".repeat(LONG / 3);
    const found = rulesOf({ article_type: "newspic", content, thumb_media_id: undefined });
    expect(found).toEqual(["picture-count", "content-length", "picture-field"]);
  });
});

describe("draftTitle", () => {
  const titled = (length: number, draftTitle?: 32 | 64, target: ArticleTarget = "draft") =>
    checkArticle(
      { title: "字".repeat(length), content: "<p>x</p>", digest: "街", thumb_media_id: "c" },
      { target, draftTitle },
    ).map(({ severity, suggestion }) => `${severity}: ${suggestion}`);
  const lifts = "Shorten it; draftTitle: 64 allows what some accounts can save (reported).";

  it.each([
    [32, undefined, []],
    [33, undefined, [`error: ${lifts}`]],
    [64, 32, [`error: ${lifts}`]],
    [64, 64, []],
    [65, 64, ["error: Shorten it."]],
    [65, undefined, ["error: Shorten it."]],
  ] as const)("a title of %i characters, at most %s", (length, draftTitle, expected) => {
    expect(titled(length, draftTitle)).toEqual(expected);
  });

  it("is not of the publish library, whose titles have 64 at most", () => {
    expect(titled(64, 32, "publish-library")).toEqual([]);
    expect(titled(65, 64, "publish-library")).toEqual(["error: Shorten it."]);
  });
});
