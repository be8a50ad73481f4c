// What checkArticle says of an article as editors write them stands on the pages of errors, in Chinese too.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type CheckOptions, checkArticle } from "@wechat-edge/mp-publish";
import { readHtml } from "@wechat-edge/mp-publish/html";
import { describe, expect, it } from "vitest";
import { fieldPages } from "../support/field-pages.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const cover = { thumb_media_id: "cover", title: "灯笼街", digest: "街" };

/** One for each kind of finding that the articles do not have. */
const others: Readonly<Record<string, Parameters<typeof checkArticle>[0]>> = {
  "a frame of another site": { ...cover, content: '<iframe src="https://example.com/"></iframe>' },
  "styles with variables": { ...cover, content: '<p style="color: var(--main)">街</p>' },
  "a drawing with references": { ...cover, content: '<svg><use href="#a"/></svg>' },
  "a picture message with tags": {
    ...{ article_type: "newspic", title: "街", content: "<b>街</b>" },
    image_info: { image_list: [] },
  },
  "what is too long": { ...cover, title: "灯".repeat(70), author: "灯".repeat(20), content: "街" },
  nothing: { thumb_media_id: "", title: "", content: "" },
};

/** The texts of a page's tables, as patterns: `{name}` stands for anything. */
function patternsOf(page: string, cell: RegExp): RegExp[] {
  const text = readFileSync(root + page, "utf8");
  return Array.from(text.matchAll(cell), ([, row = ""]) => {
    const plain = row
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replace(/\\([|_*])/g, "$1");
    const parts = plain
      .split(/\{[^}]*\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join("[^]*")}$`);
  });
}
const pages: readonly (readonly [page: string, known: readonly RegExp[]])[] = [
  ["docs/errors.md", patternsOf("docs/errors.md", /^\| (.*?) \|/gm)],
  ["docs/zh-CN/errors.md", patternsOf("docs/zh-CN/errors.md", /^\| `+ ?(.*?) ?`+ \|/gm)],
];

const options: CheckOptions = { target: "draft", readHtml };
const articles = [
  ...fieldPages.map(({ file, html }) => [file, { ...cover, content: html }] as const),
  ...Object.entries(others),
];

describe.each(pages)("%s explains what is found in", (_, known) => {
  it.each(articles)("%s", (_, article) => {
    const texts = checkArticle(article, options).flatMap(({ message, suggestion }) => [
      message,
      ...(suggestion === undefined || suggestion.split(" ").length < 4 ? [] : [suggestion]),
    ]);
    expect(texts).not.toEqual([]);
    expect(texts.filter((text) => !known.some((one) => one.test(text)))).toEqual([]);
  });
});
