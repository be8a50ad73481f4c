// SECURITY.md has each promise with its test. UPDATE_DOCS=1 writes the table; test/long/promises.test.ts breaks each.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { promises } from "../long/promises.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = join(root, "SECURITY.md");
const HEAD = "| promise | its test |\n|---|---|\n";

const rows = promises.map(({ promise, test, name }) => {
  const which = name === "" ? "" : `: “${name}”`;
  return `| ${promise} | \`${test}\`${which} |\n`;
});

/** The table as it stands in the page, its head included. */
function tableIn(text: string): string {
  const start = text.indexOf(HEAD);
  const end = text.indexOf("\n\n", start);
  return text.slice(start, end + 1);
}

describe("the promises of SECURITY.md", () => {
  it("are those that are tried, with their tests", () => {
    const table = HEAD + rows.join("");
    const text = readFileSync(page, "utf8");
    expect(text).toContain(HEAD);
    if (process.env["UPDATE_DOCS"] === "1") {
      writeFileSync(
        page,
        text.replace(tableIn(text), () => table),
      );
    }
    expect(tableIn(readFileSync(page, "utf8"))).toBe(table);
  });

  it.each(promises)(
    "$promise: its test is there, and what breaks it stands in the source once",
    (one) => {
      expect(existsSync(join(root, one.test))).toBe(true);
      const source = readFileSync(join(root, one.broken.file), "utf8");
      expect(source.split(one.broken.from), one.broken.from).toHaveLength(2);
    },
  );

  it("are each made once", () => {
    expect(new Set(promises.map(({ promise }) => promise)).size).toBe(promises.length);
  });
});
