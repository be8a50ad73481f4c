import { describe, expect, it } from "vitest";
import { compareNames } from "./compare-names.ts";

describe("compareNames", () => {
  it("accepts the same names in any order", () => {
    const names = new Map([
      ["node", ["a", "b", "b"]],
      ["deno", ["b", "a", "b"]],
    ]);
    expect(compareNames(names)).toEqual([]);
  });

  it("names the runtimes that lack a test", () => {
    const names = new Map([
      ["node", ["a", "b"]],
      ["deno", ["a"]],
      ["bun", ["b"]],
    ]);
    expect(compareNames(names)).toEqual(["a — not in bun", "b — not in deno"]);
  });

  it("counts tests of the same name", () => {
    const names = new Map([
      ["node", ["a", "a"]],
      ["deno", ["a"]],
    ]);
    expect(compareNames(names)).toEqual(["a — not in deno"]);
  });

  it("sees a runtime that ran nothing", () => {
    const names = new Map([
      ["node", ["a"]],
      ["deno", []],
    ]);
    expect(compareNames(names)).toEqual(["a — not in deno"]);
  });
});
