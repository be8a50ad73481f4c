// Every link within the repository leads somewhere: from page to page, and by full address.

import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { repository } from "../../scripts/release/workspace.ts";
import { anchorsOf, linksOf } from "./links.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const home = repository().replace(/^git\+|\.git$/g, "");
const exclude = ["**/node_modules/**", "**/dist/**", "tarballs/**", "**/*.lock", "pnpm-lock.yaml"];
const find = (pattern: string): string[] => globSync(pattern, { cwd: root, exclude }).sort();
const textOf = (path: string): string => readFileSync(join(root, path), "utf8");

/** What is wrong with a link to a path of the repository, which may have an anchor. */
function wrongWith(path: string, anchor: string | undefined): string[] {
  const file = normalize(decodeURI(path));
  if (file.startsWith("..") || !existsSync(join(root, file))) return [`there is no ${file}`];
  if (anchor === undefined) return [];
  // GitHub shows the README of a folder below it.
  if (statSync(join(root, file)).isDirectory()) {
    return anchor === "readme" && existsSync(join(root, file, "README.md"))
      ? []
      : [`${file} is a folder`];
  }
  const isLine = /^L\d+/.test(anchor) && !file.endsWith(".md");
  const isHeading = anchorsOf(textOf(file)).includes(decodeURI(anchor));
  return isLine || isHeading ? [] : [`${file} has no heading #${anchor}`];
}

const pages = find("**/*.md").concat(find(".{github,changeset}/**/*.md"));

it("finds the pages", () => {
  expect(pages).toEqual(expect.arrayContaining(["README.md", "docs/testing.md"]));
});

describe("relative links lead somewhere", () => {
  it.each(pages)("%s", (page) => {
    const links = linksOf(textOf(page)).filter((link) => !/^[a-z][a-z+.-]*:/i.test(link));
    const wrong = links.flatMap((link) => {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : join(dirname(page), path);
      return wrongWith(target, anchor).map((what) => `${link}: ${what}`);
    });
    expect(wrong).toEqual([]);
  });
});

/** Pages that GitHub makes itself. */
const pagesOfGitHub =
  /^(?:\.git)?$|^#readme$|^\/(?:issues|releases|security|discussions|actions)\b/;

it("full addresses of this repository lead somewhere", () => {
  const files = find("**/*.{md,ts,mjs,js,json,jsonc,yml,yaml}").concat(
    find(".{github,changeset,vscode}/**/*.{md,json,yml}"),
  );
  const wrong = files.flatMap((file) => {
    const found = textOf(file).matchAll(
      new RegExp(`${home.replaceAll(".", "\\.")}([^\\s"'\`)>\\]|,;，。；）]*)`, "g"),
    );
    return [...found].flatMap(([address, rest = ""]) => {
      if (pagesOfGitHub.test(rest) || rest.includes("${")) return [];
      const [, path, anchor] =
        /^\/(?:blob|tree)\/main\/([^#?]*)(?:\?raw=true)?(?:#(.*))?$/.exec(rest) ?? [];
      const what = path === undefined ? ["it leads to no branch"] : wrongWith(path, anchor);
      return what.map((text) => `${file}: ${address}: ${text}`);
    });
  });
  expect(wrong).toEqual([]);
});
