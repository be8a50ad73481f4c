// The blocks of code in the pages and docstrings.

import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export interface Block {
  /** File and number, as `README.md #2`. */
  readonly name: string;
  readonly language: "ts" | "js";
  readonly code: string;
  /** What the install line above it installs; of a docstring, the packages of this project. */
  readonly installed: readonly string[];
}

/** The ```ts and ```js blocks of the pages. */
export function pageBlocks(): Block[] {
  const pages = globSync(
    ["*.md", "docs/**/*.md", "packages/*/README*.md", "examples/*/README*.md"],
    { cwd: root },
  );
  return pages.sort().flatMap((page) => blocksOf(page, readFileSync(root + page, "utf8")));
}

/** The blocks behind `@example` in the docstrings of the sources. */
export function docstringBlocks(): Block[] {
  const files = globSync("packages/*/src/**/*.ts", { cwd: root }).sort();
  return files.flatMap((file) => {
    const comments = readFileSync(root + file, "utf8").match(/\/\*\*[\s\S]*?\*\//g) ?? [];
    const text = comments
      .filter((comment) => comment.includes("@example"))
      .map((comment) => comment.replace(/^\s*\* ?/gm, ""))
      .join("\n");
    return blocksOf(file, text).map((block) => ({ ...block, installed: ours }));
  });
}

const ours = globSync("packages/*", { cwd: root }).map(
  (folder) => `@wechat-edge/${folder.slice("packages/".length)}`,
);

function blocksOf(file: string, text: string): Block[] {
  const blocks: Block[] = [];
  let installed: readonly string[] = [];
  for (const [, language, code = ""] of text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)) {
    if (language === "sh") installed = packagesOf(code) ?? installed;
    if (language !== "ts" && language !== "js") continue;
    blocks.push({ name: `${file} #${blocks.length + 1}`, language, code, installed });
  }
  return blocks;
}

function packagesOf(shell: string): string[] | undefined {
  const lines = shell.match(/^(?:npm install|npm i) .*$/gm);
  return lines?.flatMap((line) =>
    line
      .split(/\s+/)
      .slice(2)
      .filter((word) => !word.startsWith("-")),
  );
}

/** The name that the first line of a block says: `// wechat.ts`. */
export function fileNameOf({ code }: Block): string | undefined {
  return /^\/\/ ([\w./+-]+\.\w+)/.exec(code)?.[1];
}

/** The packages and built-in modules that a block imports. */
export function importsOf({ code }: Block): string[] {
  const specifiers = code.matchAll(
    /(?:\bfrom|^import|\bimport\(|\brequire\()\s*["']([^"']+)["']/gm,
  );
  const names = Array.from(specifiers, ([, name = ""]) => name)
    .filter((name) => !name.startsWith("."))
    .map((name) => (/^(?:@[^/]+\/)?[^/]+/.exec(name) ?? [name])[0]);
  return [...new Set(names)].sort();
}

/** What the comments behind `console.log(…);` promise, and those that end the block, in order. */
export function promisedOutput({ code }: Pick<Block, "code">): string[] {
  const behind = code.matchAll(/console\.log\(.*\);? \/\/ (.*)$/gm);
  const last = /(?:^\/\/ .*\n)+$(?![\s\S])/m.exec(code)?.[0].trimEnd().split("\n") ?? [];
  return [
    ...Array.from(behind, ([, text = ""]) => text),
    ...last.map((line) => line.slice("// ".length)),
  ];
}
