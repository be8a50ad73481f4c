import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../../../../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

describe("the findings of checkPayClient", () => {
  const source = read("packages/core/src/pay/doctor/findings.ts");
  const [union = ""] = /export type PayFinding =[^;]*/.exec(source) ?? [];
  const codes = Array.from(union.matchAll(/"([a-z0-9-]+)"/g), ([, code]) => code);

  it.each(["docs/wechat-pay.md", "docs/zh-CN/wechat-pay.md"])("are explained in %s", (page) => {
    const rows = read(page)
      .split("\n")
      .filter((line) => line.startsWith("| `"));
    const explained = rows.flatMap((row) => {
      const [, cell = ""] = row.split("|");
      return Array.from(cell.matchAll(/`([a-z0-9-]+)`/g), ([, code]) => code);
    });
    expect(codes.length).toBeGreaterThan(40);
    expect(codes.filter((code) => !explained.includes(code))).toEqual([]);
  });

  it("are all made somewhere", () => {
    const folder = "packages/core/src/pay/doctor/checks/";
    const checks = readdirSync(new URL(folder, root)).map((file) => read(folder + file));
    expect(codes.filter((code) => !checks.join("").includes(`"${code}"`))).toEqual([]);
  });
});
