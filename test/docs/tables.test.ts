// npm and GitHub show every table of our pages as a table.

import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { brokenTables } from "./tables.ts";

const root = new URL("../../", import.meta.url);
const exclude = ["**/node_modules/**", "**/dist/**", "tarballs/**"];
const pages = globSync("**/*.md", { cwd: root, exclude }).sort();

describe("tables are whole on", () => {
  it.each(pages)("%s", (page) => {
    expect(brokenTables(readFileSync(new URL(page, root), "utf8"))).toEqual([]);
  });
});

describe("a table", () => {
  const table = "| a | b |\n| --- | --- |\n| 1 | 2 |";

  it("is broken by a blank line, by a row of another width, and by nothing else", () => {
    expect(brokenTables(table)).toEqual([]);
    expect(brokenTables(`${table}\n\n| 3 | 4 |`)).toMatchObject([{ line: 5 }]);
    expect(brokenTables(`${table}\n| 3 |`)).toMatchObject([{ line: 4 }]);
    expect(brokenTables(`${table}\n| 3 \\| 4 | 5 |`)).toEqual([]);
    expect(brokenTables("```\n| 3 |\n```")).toEqual([]);
  });
});
