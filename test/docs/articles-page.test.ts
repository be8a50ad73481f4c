// docs/articles.md: articles in the manner of real editors, with what is found, what is sent and what the emulator shows.
// All of it happened when this test ran. UPDATE_DOCS=1 writes the page anew.

import { readFileSync, writeFileSync } from "node:fs";
import { sampleFile } from "@wechat-edge/emulator/samples";
import {
  ArticleError,
  checkArticle,
  type Finding,
  isWechatImage,
  publishArticle,
} from "@wechat-edge/mp-publish";
import { readHtml, rewriteImages } from "@wechat-edge/mp-publish/html";
import { describe, expect, it } from "vitest";
import { type FieldPage, fieldPages } from "../support/field-pages.ts";
import { mpInProcess } from "../support/mp.ts";

const page = new URL("../../docs/articles.md", import.meta.url);

interface Shown {
  readonly found: string;
  readonly sent: string;
  readonly kept: string;
  readonly shown: string;
}

/** What the addresses of uploaded pictures begin with. */
const WECHAT = "https://mmbiz.qpic.cn/mmbiz/";

const happened = new Map<string, Shown>();

async function run({ title, html, pictures }: FieldPage): Promise<Shown> {
  const { mp, emulator } = mpInProcess();
  const article = { title, digest: "街", content: html, thumb_media_id: "-" };
  const findings = checkArticle(article, { target: "draft" });
  expect(checkArticle(article, { target: "draft", readHtml })).toEqual(findings);

  const names = Object.keys(pictures);
  const uploaded = Object.fromEntries(names.map((name, at) => [name, `${WECHAT}${at}/0`]));
  const { pictures: rewritten } = readHtml(await rewriteImages(html, uploaded));
  expect([...rewritten].sort()).toEqual(Object.values(uploaded).sort());

  const images = Object.fromEntries(
    Object.entries(pictures).map(([name, sample]) => [name, sampleFile(sample)]),
  );
  const { thumb_media_id: _, ...text } = article;
  const job = {
    target: "draft",
    until: "uploaded",
    article: text,
    cover: sampleFile("cover.jpg"),
    images,
  } as const;
  const count = names.length === 1 ? "a picture" : `${names.length} pictures`;
  const parts = ["the cover", ...(names.length > 0 ? [count] : []), "the draft"].join(", ");
  let sent = parts;
  try {
    await publishArticle(mp, job);
  } catch (error) {
    if (!(error instanceof ArticleError)) throw error;
    const errors = error.findings.filter(({ severity }) => severity === "error");
    sent = `nothing: ${summary(errors)}; corrected: ${parts}`;
    // Corrected as the findings say.
    const corrected = html
      .replaceAll("https://mp.weixin.qq.com/s/xxxx", "")
      .replaceAll("\\u706f", "灯");
    await publishArticle(mp, { ...job, article: { ...text, content: corrected } });
  }
  const [draft] = emulator.control.drafts.list();
  const addresses = readHtml(draft?.articles[0]?.content ?? "").pictures;
  expect(addresses.filter((url) => !isWechatImage(url))).toEqual([]);
  const warnings = draft?.warnings[0] ?? [];
  const path = draft?.pagePaths[0] ?? "";
  const response = await emulator.fetch(`http://mp.weixin.qq.com${path}`);
  const shown = await response.text();
  expect(response.status).toBe(200);
  return {
    found: summary(findings),
    sent,
    kept: warnings.length === 0 ? "as sent" : counted(warnings.map(kind)),
    shown: looks(shown),
  };
}

/** Rules with how many findings each has. */
function summary(findings: readonly Finding[]): string {
  if (findings.length === 0) return "nothing";
  return counted(findings.map(({ rule, severity }) => `${severity} ${rule}`));
}

function counted(texts: readonly string[]): string {
  return [...new Set(texts)]
    .map((text) => {
      const count = texts.filter((other) => other === text).length;
      return count === 1 ? text : `${text} ×${count}`;
    })
    .join(", ");
}

/** Without the address or the name that a warning ends with. */
function kind(warning: string): string {
  return warning.replace(/:.*/s, "");
}

/** What a reader sees of the page. */
function looks(html: string): string {
  const { text, tags, pictures } = readHtml(html);
  const count = (name: string): number => tags.filter((tag) => tag.name === name).length;
  const parts = [
    `${pictures.length} ${pictures.length === 1 ? "picture" : "pictures"}`,
    `${Array.from(text.replace(/\s+/g, "")).length} characters`,
    ...["table", "pre", "svg", "iframe"].map((name) =>
      count(name) > 0 ? `<${name}> ×${count(name)}` : "",
    ),
  ];
  return parts.filter((part) => part !== "").join(", ");
}

describe("docs/articles.md", () => {
  it("has twenty articles, each of another manner", () => {
    expect(fieldPages).toHaveLength(20);
    expect(new Set(fieldPages.map(({ manner }) => manner)).size).toBe(20);
  });

  it.each(fieldPages)("$file", async (article) => {
    happened.set(article.file, await run(article));
  });

  it("says what happened, and nothing else", () => {
    const rows = fieldPages.map(({ file, manner }) => {
      const { found, sent, kept, shown } = happened.get(file) as Shown;
      return `| [${file}](../test/fixtures/articles/${file}) | ${cell(manner)} | ${cell(found)} | ${cell(sent)} | ${cell(kept)} | ${cell(shown)} |`;
    });
    const generated = `# Articles as editors write them

Twenty articles in the manner of Markdown editors, WYSIWYG editors, feeds, office programs, forums and copied pages, our own text in their HTML. "Found" is what \`checkArticle\` says of each as it is, \`target: "draft"\`; "sent" is what \`publishArticle\` sends with the pictures under the names of the HTML; "kept" is what the emulator removes; "shown" is the article page of the emulator. \`test/docs/articles-page.test.ts\` ran all of it and wrote this page; the build fails if a line is no longer true.

| article | manner | found | sent | kept | shown |
|---|---|---|---|---|---|
${rows.join("\n")}
`;
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(page, generated);
    expect(readFileSync(page, "utf8")).toBe(generated);
  });
});

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");
}
