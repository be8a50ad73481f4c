import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { mutationParts } from "../commands.mjs";
import { parts, sourcesOf } from "./parts.ts";
import { inWords, type Report, scoreOf, sumOf, withoutSurvivors } from "./score.ts";

const cwd = fileURLToPath(new URL("../..", import.meta.url));

describe("the parts", () => {
  it("are those that the command offers", () => {
    expect(Object.keys(parts)).toEqual(mutationParts);
  });

  it.each(Object.entries(parts))(
    "%s has files, and tests that are there",
    (_, { files, tests }) => {
      expect(files.filter((file) => globSync(file, { cwd }).length === 0)).toEqual([]);
      expect(tests.filter((pattern) => globSync(pattern, { cwd }).length === 0)).toEqual([]);
      expect(new Set(files).size).toBe(files.length);
    },
  );

  it("have every source of every package, once", () => {
    const options = { cwd, exclude: ["**/node_modules/**"] };
    const mutated = Object.values(parts).flatMap(({ files }) =>
      files.flatMap((slice) => {
        const [pattern = "", ...others] = sourcesOf(slice);
        const left = new Set(others.map((other) => other.slice(1)));
        return globSync(pattern, options).filter((file) => !left.has(file));
      }),
    );
    expect(mutated.sort()).toEqual(globSync("packages/*/src/**/*.ts", options).sort());
  });
});

const at = { start: { line: 3, column: 7 } };
const mutant = (status: string) => ({
  mutatorName: "StringLiteral",
  replacement: '""',
  status,
  location: at,
});
const report = (...statuses: readonly string[]): Report => ({
  files: { "a.ts": { mutants: statuses.map(mutant) } },
});

describe("a score", () => {
  it("counts what tests noticed, and names what they did not", () => {
    const score = scoreOf(report("Killed", "Timeout", "Survived", "NoCoverage"));
    expect(score).toEqual({
      killed: 2,
      counted: 4,
      survivors: ['a.ts:3:7 StringLiteral: ""', 'a.ts:3:7 StringLiteral: "" (no test reaches it)'],
    });
    expect(inWords(score)).toBe("2 of 4 killed, 50.0 %");
  });

  it("leaves out what is no change of the program", () => {
    expect(inWords(scoreOf(report("Killed", "CompileError", "Ignored")))).toBe(
      "1 of 1 killed, 100.0 %",
    );
  });

  it("of several slices is that of all their mutants", () => {
    const scores = [scoreOf(report("Killed")), scoreOf(report("Survived", "Survived", "Killed"))];
    expect(inWords(sumOf(scores))).toBe("2 of 4 killed, 50.0 %");
  });

  it("is found again of what survived: Stryker is told of the others alone", () => {
    const given = report("Killed", "Survived", "NoCoverage", "Timeout");
    expect(withoutSurvivors(given)).toEqual(report("Killed", "Timeout"));
  });
});
