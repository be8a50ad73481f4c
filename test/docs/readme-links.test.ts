// npm and JSR show the README of a package alone: a link must lead somewhere from there too.

import { existsSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { pagesWithNote } from "../../scripts/release/version-files.ts";
import { repository } from "../../scripts/release/workspace.ts";
import { anchorsOf, linksOf } from "./links.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = repository().replace(/^git\+|\.git$/g, "");
const readmes = pagesWithNote().filter((path) => path.startsWith("packages/"));

describe.each(readmes)("%s", (path) => {
  const text = readFileSync(join(root, path), "utf8");

  it("links only to its own headings and to full addresses", () => {
    expect(linksOf(text).filter((link) => !/^(#|https:\/\/)/.test(link))).toEqual([]);
  });

  it("links to headings that it has", () => {
    const own = linksOf(text).filter((link) => link.startsWith("#"));
    expect(own.filter((link) => !anchorsOf(text).includes(link.slice(1)))).toEqual([]);
  });

  it("links to files and headings that the repository has", () => {
    const prefix = `${page}/blob/main/`;
    const ours = linksOf(text).filter((link) => link.startsWith(page));
    expect(ours.filter((link) => !link.startsWith(prefix))).toEqual([]);
    for (const link of ours) {
      const [path = "", anchor] = link.slice(prefix.length).split("#");
      const file = path.replace(/\?raw=true$/, "");
      expect(existsSync(join(root, normalize(file))), link).toBe(true);
      if (anchor === undefined) continue;
      expect(anchorsOf(readFileSync(join(root, file), "utf8")), link).toContain(anchor);
    }
  });
});

it("sees links of every kind, and none in code", () => {
  const text =
    "[a](x.md) ![b](https://b) <img src='c.png'> [d][e] `[f](g)`\n\n[e]: ./h.md\n```\n[i](j)\n```";
  expect(linksOf(text)).toEqual(["x.md", "https://b", "c.png", "./h.md"]);
});

it("makes anchors as GitHub does", () => {
  expect(anchorsOf("# A `b-c`, d: (e)\n## 用户 指南\n## A\n## A")).toEqual([
    "a-b-c-d-e",
    "用户-指南",
    "a",
    "a-1",
  ]);
});
