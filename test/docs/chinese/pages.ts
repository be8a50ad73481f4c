// The Chinese pages, and what each shares with the English page that it was written after.

import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisedOutput } from "../examples/blocks.ts";

export const root: string = fileURLToPath(new URL("../../../", import.meta.url));

/** The paths of the Chinese pages below the root. */
export function chinesePages(): string[] {
  const patterns = ["*.zh-CN.md", "packages/*/*.zh-CN.md", "examples/*/*.zh-CN.md"];
  return globSync([...patterns, "docs/zh-CN/**/*.md"], { cwd: root }).sort();
}

/** The English page of a Chinese one. */
export const englishOf = (page: string): string =>
  page.replace("docs/zh-CN/", "docs/").replace(".zh-CN.md", ".md");

/** The Chinese page of an English one, or undefined where it has none. */
export function chineseOf(page: string): string | undefined {
  const candidates = [
    page.replace(/^docs\//, "docs/zh-CN/"),
    page.replace(/(?<!\.zh-CN)\.md$/, ".zh-CN.md"),
  ];
  return candidates.find((path) => path !== page && existsSync(join(root, path)));
}

export interface Shared {
  /** `##`, `###` … in order. */
  readonly headings: readonly string[];
  /** The blocks of code without their comments. */
  readonly code: readonly string[];
  /** What the examples print, by block. */
  readonly output: readonly (readonly string[])[];
}

/** What both pages have alike. */
export function sharedBy(page: string): Shared {
  const fences = [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  const headings = page.replace(/^```[\s\S]*?^```$/gm, "").match(/^#+(?= )/gm) ?? [];
  return {
    headings,
    code: fences.map(([, language = "", code = ""]) => withoutComments(language, code)),
    output: fences.map(([, , code = ""]) => promisedOutput({ code })),
  };
}

const comments: Readonly<Record<string, RegExp>> = {
  ts: /\/\*\*[\s\S]*?\*\/|(?<=^|\s)\/\/ .*$/gm,
  js: /\/\*\*[\s\S]*?\*\/|(?<=^|\s)\/\/ .*$/gm,
  sh: /(?<=^|\s)# .*$/gm,
  python: /(?<=^|\s)# .*$/gm,
};

function withoutComments(language: string, code: string): string {
  const pattern = comments[language];
  const bare = pattern === undefined ? code : code.replace(pattern, "");
  return [language, ...bare.split("\n").map((line) => line.trimEnd())].filter(Boolean).join("\n");
}
