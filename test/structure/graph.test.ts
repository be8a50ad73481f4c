// The rules of the import graph hold for the packages and the examples.

import { globSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  compareWithTree,
  findBrokenWalls,
  findCycles,
  findDangling,
  findForbiddenImports,
  findIndexLogic,
  findNodeNames,
  findRoomCycles,
  folderRowsOf,
  foldersOf,
} from "./graph-rules.ts";
import { roomTable } from "./rooms.ts";
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

  it("has no circle of rooms", () => {
    expect(findRoomCycles(files)).toEqual([]);
  });

  it("keeps the halves apart, and what lies below from both", () => {
    expect(findBrokenWalls(files)).toEqual([]);
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
  it("has a row for each folder of the packages, and no other", () => {
    const page = readFileSync(new URL("docs/architecture.md", root), "utf8");
    expect(compareWithTree(folderRowsOf(page), foldersOf(packageFiles))).toEqual([]);
  });

  it("counts the rooms of each package (UPDATE_DOCS=1 writes them)", () => {
    const path = new URL("docs/architecture.md", root);
    const names = ["core", "pay-media", "mp-media", "mp-publish", "emulator"];
    const expected = roomTable(files, names);
    const table = /^\| package \| rooms .*\n(?:\|.*\n)*/m;
    if (process.env["UPDATE_DOCS"] === "1") {
      writeFileSync(path, readFileSync(path, "utf8").replace(table, `${expected}\n`));
    }
    expect(table.exec(readFileSync(path, "utf8"))?.[0].trimEnd()).toBe(expected);
  });
});
