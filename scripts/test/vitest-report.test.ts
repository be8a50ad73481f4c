import { describe, expect, it } from "vitest";
import { parseVitestReport } from "./vitest-report.ts";

function report(...files: { name: string; status: string; tests: [string[], string][] }[]): string {
  return JSON.stringify({
    testResults: files.map(({ name, status, tests }) => ({
      name,
      status,
      assertionResults: tests.map(([path, outcome]) => ({
        ancestorTitles: path.slice(0, -1),
        title: path.at(-1),
        status: outcome,
      })),
    })),
  });
}

describe("parseVitestReport", () => {
  it("names tests by file, suites and title", () => {
    const json = report({
      name: "/repo/test/a.test.ts",
      status: "failed",
      tests: [
        [["suite", "inner", "one"], "passed"],
        [["two"], "failed"],
      ],
    });
    expect(parseVitestReport(json, "/repo")).toEqual({
      tests: [
        { name: "test/a.test.ts > suite > inner > one", status: "passed" },
        { name: "test/a.test.ts > two", status: "failed" },
      ],
      brokenFiles: [],
    });
  });

  it.each(["pending", "skipped", "todo", "disabled"])("counts %s as skipped", (status) => {
    const json = report({ name: "/a.test.ts", status: "passed", tests: [[["one"], status]] });
    expect(parseVitestReport(json, "/").tests).toEqual([
      { name: "a.test.ts > one", status: "skipped" },
    ]);
  });

  it("lists a file that did not load", () => {
    const json = report({ name: "/repo/a.test.ts", status: "failed", tests: [] });
    expect(parseVitestReport(json, "/repo").brokenFiles).toEqual(["a.test.ts"]);
  });
});
