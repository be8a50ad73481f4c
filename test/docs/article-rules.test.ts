// The table of rules in the READMEs of mp-publish. Severity, evidence and source are those of findings that were made
// here, so that a rule that never finds anything cannot stand in it. UPDATE_DOCS=1 writes it anew.

import { readFileSync, writeFileSync } from "node:fs";
import { type ArticleRule, checkArticle, type Finding } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { articleCases, good } from "../support/article-cases.ts";
import { fieldArticles, fieldCheck } from "../support/field-article-cases.ts";
import { articleRules } from "./article-rules.ts";

const PAGES = ["README.md", "README.zh-CN.md"] as const;
const ORDER = ["error", "warning", "unknown", "info"];
const CHINESE: Readonly<Record<string, string>> = {
  documented: "官方文档",
  reported: "社区反馈",
  assumed: "推测",
};

const findings: Finding[] = [
  ...checkArticle([], { target: "draft" }),
  ...(["draft", "publish-library"] as const).flatMap((target) =>
    Object.values(articleCases).flatMap(({ article, facts }) =>
      checkArticle({ ...good, ...article }, { target, ...facts }),
    ),
  ),
  ...Object.values(fieldArticles).flatMap((cases) =>
    Object.values(cases).flatMap((one) => {
      const [article, options] = fieldCheck(one);
      return checkArticle(article as typeof good, options);
    }),
  ),
];

function all(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function sourceOf(source: string, page: (typeof PAGES)[number]): string {
  if (!source.startsWith("https:")) return source;
  const issue = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/issues\/(\d+)$/.exec(source);
  const community = page === "README.md" ? "community" : "社区";
  const name = source.includes("/community/")
    ? community
    : issue === null
      ? (/^https:\/\/github\.com\/([^/]+\/[^/]+)\//.exec(source)?.[1] ?? source)
      : `${issue[1]}#${issue[2]}`;
  return `[${name}](${source})`;
}

function table(page: (typeof PAGES)[number]): string {
  const english = page === "README.md";
  const rows = Object.entries(articleRules).map(([rule, [en, zh]]) => {
    const own = findings.filter((finding) => finding.rule === rule);
    const severities = all(own.map(({ severity }) => severity)).sort(
      (one, other) => ORDER.indexOf(one) - ORDER.indexOf(other),
    );
    const evidence = all(own.map((finding) => finding.evidence)).map((word) =>
      english ? word : (CHINESE[word] ?? word),
    );
    const sources = all(own.map(({ source }) => sourceOf(source, page)));
    const and = english ? ", " : "、";
    return `| \`${rule}\` | ${english ? en : zh} | ${severities.map((one) => `\`${one}\``).join(and)} | ${evidence.join(and)} | ${sources.join(and)} |`;
  });
  const head = english
    ? "| rule | finds | severity | evidence | source |"
    : "| 规则 | 查什么 | 级别 | 依据 | 出处 |";
  return `${head}\n|---|---|---|---|---|\n${rows.join("\n")}`;
}

describe("the table of rules", () => {
  it("has every rule, and each finds something", () => {
    const found = all(findings.map(({ rule }) => rule)).sort();
    expect(found).toEqual(Object.keys(articleRules).sort() as ArticleRule[]);
  });

  it.each(PAGES)("of %s is what the findings say", (page) => {
    const file = new URL(`../../packages/mp-publish/${page}`, import.meta.url);
    const text = readFileSync(file, "utf8");
    const part =
      /(<!-- article-rules: written by test\/docs\/article-rules\.test\.ts -->\n)[\s\S]*?(\n<!-- \/article-rules -->)/;
    expect(text).toMatch(part);
    const written = text.replace(part, (_, open, close) => `${open}${table(page)}${close}`);
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(file, written);
    expect(readFileSync(file, "utf8")).toBe(written);
  });
});
