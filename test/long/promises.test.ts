// Each promise of SECURITY.md names its test. Here the promise is broken in a copy of the sources, and the test turns red.

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { x } from "tinyexec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeDirectory } from "../package/tarball.ts";
import { copyWorkspace } from "../support/workspace-copy.ts";
import { promises } from "./promises.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const copy = makeDirectory();
beforeAll(() => copyWorkspace(copy));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly message: string }[];
}

/** Runs tests of one file in the copy, by their names. */
async function run(tests: readonly string[], name = ""): Promise<TestReport> {
  const file = join(copy, "report.json");
  rmSync(file, { force: true });
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const args = [
    "run",
    "-c",
    "scripts/mutate/vitest.config.ts",
    "--reporter=json",
    `--outputFile=${file}`,
  ];
  const named = name === "" ? [] : ["-t", name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")];
  const env = { MUTATE_TESTS: JSON.stringify(tests), NO_COLOR: "1" };
  const { stdout, stderr } = await x(process.execPath, [vitest, ...args, ...named], {
    nodePath: false,
    nodeOptions: { cwd: copy, env },
  });
  try {
    return JSON.parse(readFileSync(file, "utf8")) as TestReport;
  } catch (cause) {
    throw new Error(`vitest wrote no report:\n${stdout}${stderr}`, { cause });
  }
}

it("all of these tests are green as the sources are", { timeout: 600_000 }, async () => {
  const report = await run([...new Set(promises.map(({ test }) => test))]);
  const failed = report.testResults.filter(({ status }) => status !== "passed");
  expect(failed.map(({ message }) => message)).toEqual([]);
  expect(report.numPassedTests).toBeGreaterThan(promises.length);
});

describe("a promise that is broken turns its test red", () => {
  it.each(promises)("$promise", async (one) => {
    const { file, from, to } = one.broken;
    const path = join(copy, file);
    const whole = readFileSync(path, "utf8");
    expect(whole.split(from), `${file} no longer has once: ${from}`).toHaveLength(2);
    writeFileSync(
      path,
      whole.replace(from, () => to),
    );
    try {
      const { numFailedTests } = await run([one.test], one.name);
      expect(numFailedTests, `${one.test} ${one.name}`).toBeGreaterThan(0);
    } finally {
      writeFileSync(path, whole);
    }
  });
});
