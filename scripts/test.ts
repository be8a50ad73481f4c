// The whole test run: `npm test`, or in a shell with the pinned Node `node scripts/test.ts`.
//   --only node,chromium   runs those steps alone (see `stepNames` below)

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startFixtureServer } from "../test/support/fixture-server.ts";
import { browserNames, findBrowser, installBrowsers, whyNotInstallable } from "./browsers.ts";
import { compareNames } from "./test/compare-names.ts";
import { findLeftovers, killLeftovers } from "./test/leftovers.ts";
import { runCommand, stopCommands } from "./test/run-command.ts";
import { runSuite, runSuiteWithEmulator, type SuiteResult } from "./test/run-suite.ts";
import { type Runtime, runtimes } from "./test/runtimes.ts";
import { table } from "./test/table.ts";
import { changedFiles, snapshotTree } from "./test/tree-snapshot.ts";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const isCi = ["1", "true"].includes(process.env["CI"] ?? "");
const hasWorkerApp = existsSync("examples/hono-worker/wrangler.jsonc");
const stepNames = [
  "build",
  "types",
  "lint",
  "unit",
  ...runtimes.map(({ name }) => name),
  ...(hasWorkerApp ? ["worker-app"] : []),
  "package",
];
const chosen = chooseSteps();

// Every process of this run carries the marker, so that one that outlives its step is found.
const markerName = "WECHAT_EDGE_TEST_RUN";
const marker = `${process.pid}-${Date.now()}`;
process.env[markerName] = marker;

const bin = "node_modules/.bin";
const vitest = "node_modules/vitest/vitest.mjs";
const passed = { steps: 0, tests: 0 };
const failed = { steps: 0, tests: 0 };
const notRun: string[] = [];
const rows = new Map<string, readonly (string | number)[]>();
const namesByRuntime = new Map<string, string[]>();

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    stopCommands();
    killLeftovers(findLeftovers(`${markerName}=${marker}`));
    process.exit(signal === "SIGINT" ? 130 : 143);
  });
}

const treeBefore = snapshotTree(".");
// apt-get works beside the steps that need no browser.
const browsersReady = prepareBrowsers();
const fixtures = await startFixtureServer();

await commands("build", [
  [`${bin}/tsc`, "-b"],
  [process.execPath, "scripts/fix-extensions.mjs"],
]);
await commands("types", [
  [`${bin}/tsc`, "-p", "tsconfig.tests.json"],
  ...(hasWorkerApp ? [[`${bin}/tsc`, "-p", "examples/hono-worker"] as const] : []),
]);
await commands("lint", [
  [`${bin}/biome`, "ci", "--colors=off", "--diagnostic-level=error", "."],
  [`${bin}/oxlint`, "--type-aware", "--deny-warnings"],
]);
await suite("unit", () => runSuite([process.execPath, vitest, "run", "--project", "unit"]));
// Two at a time: each mostly waits. The browsers share a cache of bundles, so they follow one another.
await Promise.all([
  conformanceOf(runtimes.filter(isBrowser)),
  conformanceOf(runtimes.filter((runtime) => !isBrowser(runtime))),
]);
if (hasWorkerApp) {
  const command = [process.execPath, vitest, "run", "--project", "worker-app"] as const;
  await suite("worker-app", () => runSuiteWithEmulator(command, fixtures.origin));
}
await suite("package", () => runSuite([process.execPath, vitest, "run", "--project", "package"]));
await fixtures.stop();
await browsersReady;

if (rows.size > 0) {
  const head = ["runtime", "version", "tests", "passed", "failed", "time"];
  const inOrder = runtimes.map(({ name }) => rows.get(name)).filter((row) => row !== undefined);
  console.log(`\n${table([head, ...inOrder])}\n`);
}
if (namesByRuntime.size > 1) {
  const differences = compareNames(namesByRuntime);
  endStep("same tests in every runtime", differences, `${namesByRuntime.size} runtimes`);
}
const leftovers = findLeftovers(`${markerName}=${marker}`);
killLeftovers(leftovers);
endStep(
  "no process left behind",
  leftovers.map(({ pid, command }) => `${pid} ${command}`),
);
const treeAfter = snapshotTree(".");
if (treeBefore !== undefined && treeAfter !== undefined) {
  endStep("tree as it was", changedFiles(treeBefore, treeAfter));
}

const notChosen = stepNames.filter((name) => !chosen.has(name));
if (notChosen.length > 0) console.log(`not run, because of --only: ${notChosen.join(", ")}`);
for (const line of notRun) console.log(line);
console.log(`${passed.steps + passed.tests} passed, ${failed.steps + failed.tests} failed`);
process.exitCode = failed.steps + failed.tests > 0 ? 1 : 0;

function chooseSteps(): ReadonlySet<string> {
  const { values } = parseArgs({ options: { only: { type: "string" } } });
  if (values.only === undefined) return new Set(stepNames);
  const names = values.only.split(",").filter((name) => name !== "");
  const unknown = names.filter((name) => !stepNames.includes(name));
  if (unknown.length > 0 || names.length === 0) {
    console.error(
      `--only takes any of ${stepNames.join(",")}, not ${JSON.stringify(values.only)}.`,
    );
    process.exit(2);
  }
  return new Set(names);
}

async function prepareBrowsers(): Promise<void> {
  const missing = browserNames.filter((name) => chosen.has(name) && !findBrowser(name));
  if (missing.length === 0 || whyNotInstallable() !== undefined) return;
  await installBrowsers(missing, (line) => console.log(`browsers: ${line}`));
}

async function commands(
  name: string,
  list: readonly (readonly [program: string, ...args: string[]])[],
): Promise<void> {
  if (!chosen.has(name)) return;
  const start = performance.now();
  for (const [program, ...args] of list) {
    const { code, output } = await runCommand(program, args);
    if (code === 0) continue;
    endStep(name, [`${[program, ...args].join(" ")} ended with code ${code}:`, output]);
    return;
  }
  endStep(name, [], seconds(start));
}

async function suite(name: string, run: () => Promise<SuiteResult>): Promise<void> {
  if (!chosen.has(name)) return;
  const start = performance.now();
  const result = await run().catch(broken);
  count(name, result, seconds(start));
}

async function conformanceOf(list: readonly Runtime[]): Promise<void> {
  for (const runtime of list) await conformance(runtime);
}

async function conformance(runtime: Runtime): Promise<void> {
  if (!chosen.has(runtime.name)) return;
  if (isBrowser(runtime)) await browsersReady;
  const version = runtime.version();
  if (version === undefined) {
    notRun.push(`not run: ${runtime.name}, which is not here. ${howToInstall(runtime)}`);
    if (isCi) endStep(runtime.name, ["With CI=true a runtime that did not run is a failure."]);
    return;
  }
  const start = performance.now();
  const result = await runSuiteWithEmulator(runtime.command, fixtures.origin).catch(broken);
  const time = seconds(start);
  const { tests } = result;
  rows.set(runtime.name, [
    runtime.name,
    version,
    tests.length,
    tests.filter(({ status }) => status === "passed").length,
    tests.filter(({ status }) => status === "failed").length,
    time,
  ]);
  namesByRuntime.set(
    runtime.name,
    tests.map(({ name }) => name),
  );
  count(runtime.name, result, time);
}

function isBrowser({ name }: Runtime): boolean {
  return browserNames.some((browser) => browser === name);
}

function howToInstall(runtime: Runtime): string {
  const browser = browserNames.find((name) => name === runtime.name);
  if (browser === undefined) return `To install it: ${runtime.install}`;
  const reason = whyNotInstallable();
  return `To install it: ${runtime.install}${reason === undefined ? "" : ` (not done by itself: ${reason})`}`;
}

function broken(error: unknown): SuiteResult {
  return { tests: [], problems: [String(error)], skipped: [], output: "" };
}

function count(name: string, result: SuiteResult, time: string): void {
  const { tests, skipped, output } = result;
  // Interop needs programs that not every machine has; what a runtime skips is a mistake.
  const maySkip = name === "unit" && !isCi;
  if (maySkip) notRun.push(...skipped.map((test) => `not run, for want of a program: ${test}`));
  const problems = [
    ...result.problems,
    ...(maySkip ? [] : skipped.map((test) => `Skipped: ${test}`)),
  ];
  const failures = tests.filter(({ status }) => status === "failed").length;
  passed.tests += tests.filter(({ status }) => status === "passed").length;
  failed.tests += failures;
  const lines = failures > 0 ? [`${failures} of ${tests.length} tests failed.`] : [];
  lines.push(...problems);
  if (lines.length > 0) lines.push(output);
  endStep(name, lines, `${tests.length} tests, ${time}`);
}

function endStep(name: string, problems: readonly string[], note = ""): void {
  if (problems.length === 0) {
    passed.steps += 1;
    console.log(`ok      ${name}${note && ` (${note})`}`);
    return;
  }
  failed.steps += 1;
  console.log(`FAILED  ${name}`);
  for (const problem of problems) console.log(problem.trimEnd().replace(/^/gm, "        "));
}

function seconds(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
