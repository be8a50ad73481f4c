// The rules of the import graph hold for the packages and the examples.

import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  compareWithTree,
  findCycles,
  findDangling,
  findForbiddenImports,
  findIndexLogic,
  findNodeNames,
  findUpwardImports,
  sourcePathsOf,
} from "./graph-rules.ts";
import { readSourceFile } from "./source-file.ts";

const root = new URL("../../", import.meta.url);

const files = globSync(["packages/*/src/**/*.ts", "examples/**/*.ts"], {
  cwd: fileURLToPath(root),
  exclude: ["**/node_modules/**", "**/dist/**", "**/*.d.ts"],
})
  .map((path) => path.replaceAll("\\", "/"))
  .sort()
  .map((path) => readSourceFile(path, readFileSync(new URL(path, root), "utf8")));
const packageFiles = files.map(({ path }) => path).filter((path) => path.startsWith("packages/"));

describe("the import graph", () => {
  it("has files", () => {
    expect(packageFiles).toContain("packages/core/src/index.ts");
  });

  it("has no cycle, types included", () => {
    expect(findCycles(files)).toEqual([]);
  });

  it("leads to files that are there", () => {
    expect(findDangling(files)).toEqual([]);
  });

  it("takes from other packages what its table allows", () => {
    expect(findForbiddenImports(files)).toEqual([]);
  });

  it("uses nothing of Node in the libraries", () => {
    expect(findNodeNames(files)).toEqual([]);
  });

  it("has index files of named re-exports alone", () => {
    expect(findIndexLogic(files)).toEqual([]);
  });
});

describe("docs/architecture.md", () => {
  const page = () => sourcePathsOf(readFileSync(new URL("docs/architecture.md", root), "utf8"));

  it("names the files of the packages", () => {
    expect(compareWithTree(page(), packageFiles)).toEqual([]);
  });

  it("lists them in the order of their imports", () => {
    expect(findUpwardImports(files, page())).toEqual([]);
  });
});
