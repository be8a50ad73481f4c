// Each promise of SECURITY.md names its test. Here the promise is broken in a copy of the sources, and the test turns red.

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { x } from "tinyexec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmulatorProcess, startEmulator } from "../support/emulator-process.ts";
import { type FixtureServer, startFixtureServer } from "../support/fixture-server.ts";
import { copyWorkspace } from "../support/workspace-copy.ts";
import type { SecurityPromise } from "./promises/promise.ts";
import { promises } from "./promises.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
// Beside Stryker's: git passes it over, and what the copy imports is found from there too.
const copy = join(root, ".mutate/promises");

let emulator: EmulatorProcess;
let fixtures: FixtureServer;
beforeAll(async () => {
  rmSync(copy, { recursive: true, force: true });
  await copyWorkspace(copy);
  // Once for all runs, which would each start their own.
  [emulator, fixtures] = await Promise.all([startEmulator(), startFixtureServer()]);
});
afterAll(async () => {
  rmSync(copy, { recursive: true, force: true });
  await Promise.all([emulator.stop(), fixtures.stop()]);
});

/** What vitest says of one test. */
interface Assertion {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages?: readonly string[] | undefined;
}

interface TestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly Assertion[];
  }[];
}

/** Runs tests of some files in the copy, by parts of their names; all where there are none. */
async function run(tests: readonly string[], names: readonly string[]): Promise<TestReport> {
  const file = join(copy, "report.json");
  rmSync(file, { force: true });
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const args = ["run", "-c", "scripts/mutate/vitest.config.ts", "--pool=threads", "--isolate"];
  args.push("--maxWorkers=1", "--reporter=json", `--outputFile=${file}`);
  if (names.length > 0) args.push("-t", names.map(quoted).join("|"));
  const servers = { emulator: emulator.address, fixtures: fixtures.origin };
  const env = {
    MUTATE_TESTS: JSON.stringify(tests),
    NO_COLOR: "1",
    WECHAT_EDGE_TEST_SERVERS: JSON.stringify(servers),
  };
  const { stdout, stderr } = await x(process.execPath, [vitest, ...args], {
    nodePath: false,
    nodeOptions: { cwd: copy, env },
    timeout: 240_000,
  });
  try {
    return JSON.parse(readFileSync(file, "utf8")) as TestReport;
  } catch (cause) {
    throw new Error(`vitest wrote no report:\n${stdout}${stderr}`, { cause });
  }
}

const quoted = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What came of the tests of a promise, those that ran. */
function resultsOf({ test, name }: SecurityPromise, { testResults }: TestReport): Assertion[] {
  const file = testResults.find((one) => one.name === join(copy, test));
  if (file?.message) throw new Error(`${test}: ${file.message}`); // it was not even read
  return (file?.assertionResults ?? []).filter(
    ({ fullName, status }) =>
      fullName.includes(name) && (status === "passed" || status === "failed"),
  );
}

it("all of these tests are green as the sources are", async () => {
  const whole = new Set(promises.filter(({ name }) => name === "").map(({ test }) => test));
  const others = promises.map(({ test }) => test).filter((test) => !whole.has(test));
  const names = promises.map(({ name }) => name).filter((name) => name !== "");
  const ofWhole = await run([...whole], []);
  const ofNamed = await run([...new Set(others)], names);
  for (const one of promises) {
    const report = whole.has(one.test) ? ofWhole : ofNamed;
    const results = resultsOf(one, report);
    expect(results.length, `${one.test} ${one.name}`).toBeGreaterThan(0);
    expect(results.filter(({ status }) => status === "failed")).toEqual([]);
  }
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
      const results = resultsOf(one, await run([one.test], one.name === "" ? [] : [one.name]));
      const failed = results.filter(({ status }) => status === "failed");
      expect(failed.length, `${one.test} ${one.name}: ${results.length} ran`).toBeGreaterThan(0);
      // Neither a patch that does not parse nor an emulator that is gone proves anything.
      const messages = failed.flatMap(({ failureMessages }) => failureMessages ?? []).join("\n");
      expect(messages).not.toMatch(/SyntaxError|ReferenceError|ECONNREFUSED/);
    } finally {
      writeFileSync(path, whole);
    }
  });
});
