import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const read = (path: string) =>
  readFileSync(new URL(`../../../../../${path}`, import.meta.url), "utf8");

describe("the findings of checkMpClient", () => {
  const source = read("packages/core/src/mp/doctor/findings.ts");
  const [union = ""] = /export type MpFinding =[^;]*/.exec(source) ?? [];
  const codes = Array.from(union.matchAll(/"([a-z0-9-]+)"/g), ([, code]) => code);

  it.each(["docs/official-account.md", "docs/zh-CN/official-account.md"])(
    "are explained in %s",
    (page) => {
      const rows = read(page)
        .split("\n")
        .filter((line) => line.startsWith("| `"));
      const explained = rows.flatMap((row) => {
        const [, cell = ""] = row.split("|");
        return Array.from(cell.matchAll(/`([a-z0-9-]+)`/g), ([, code]) => code);
      });
      expect(codes.length).toBeGreaterThan(40);
      expect(codes.filter((code) => !explained.includes(code))).toEqual([]);
    },
  );

  it("are all made somewhere", () => {
    const diagnosis = read("packages/core/src/mp/doctor/diagnose.ts");
    const isRight = (code = "") =>
      /^(?:material|drafts|publishing|media-api)-(?:allowed|denied|unknown)$/.test(code);
    const others = codes.filter((code) => !isRight(code));
    expect(codes.length - others.length).toBe(12);
    expect(others.filter((code) => !diagnosis.includes(`"${code}"`))).toEqual([]);
  });
});
