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

/** What a page and its translation have alike. */
export interface Shared {
  /** `##`, `###` … in order. */
  readonly headings: readonly string[];
  /** The blocks of code, without comments and strings. */
  readonly code: readonly string[];
  /** The strings in them. */
  readonly strings: readonly string[];
  /** What the examples print. */
  readonly output: readonly string[];
}

/** What an English page shares with its translation. */
export function sharedBy(page: string): Shared {
  const blocks = [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  const code = blocks.map(([, language = "", text = ""]) => withoutComments(language, text));
  return {
    headings: page.replace(/^```[\s\S]*?^```$/gm, "").match(/^#+(?= )/gm) ?? [],
    code: code.map((text) => text.replace(STRINGS, '""')),
    strings: code.flatMap((text) => text.match(STRINGS) ?? []),
    output: blocks.flatMap(([, , text = ""]) => promisedOutput({ code: text })),
  };
}

/**
 * The same of its Chinese page: what the reader's own program says may be in Chinese there, and counts as what the
 * English page has. What WeChat says is in Chinese in both, and must be the same.
 */
export function sharedByChinese(page: string, english: Shared): Shared {
  const { strings, output, ...rest } = sharedBy(page);
  const untranslated = (texts: readonly string[], originals: readonly string[]): string[] =>
    texts.map((text, index) => {
      const original = originals[index] ?? text;
      return HAN.test(text) && !HAN.test(original) ? original : text;
    });
  return {
    ...rest,
    strings: untranslated(strings, english.strings),
    output: untranslated(output, english.output),
  };
}

const HAN = /\p{Script=Han}/u;
/** Also what stands between two tags. */
const STRINGS =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|(?<=[\w"]>)[^<>{}()=;\n]+(?=<\/)/g;
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
