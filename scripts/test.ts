// npm test: all tests, or a part of them (`npm test -- --help`). With the pinned Node on PATH also
// `node scripts/test.ts`.

import process from "node:process";
import { fileURLToPath } from "node:url";
import { startFixtureServer } from "../test/support/fixture-server.ts";
import { readArguments } from "./arguments.mjs";
import { browserNames, findBrowser, installBrowsers, whyNotInstallable } from "./browsers.ts";
import { testSteps } from "./commands.mjs";
import { changesSince, testFilesSince } from "./test/changes.ts";
import { compareNames } from "./test/compare-names.ts";
import { outcomeOf, runCommands } from "./test/outcome.ts";
import { narrowToChanges, narrowToFiles, type Plan, planOf } from "./test/plan.ts";
import { startRun } from "./test/run.ts";
import { runSuite, runSuiteWithEmulator } from "./test/run-suite.ts";
import { type Runtime, runtimes } from "./test/runtimes.ts";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const isCi = ["1", "true"].includes(process.env["CI"] ?? "");
const bin = "node_modules/.bin";
const vitest = [process.execPath, "node_modules/vitest/vitest.mjs", "run", "--project"] as const;
const rows: Record<string, object> = {};
const namesByRuntime = new Map<string, string[]>();

const plan = await choose();
const run = startRun(testSteps, (step) => plan.has(step));
// apt-get runs beside the steps that need no browser.
const browsersReady = prepareBrowsers();
const fixtures = await startFixtureServer();

await run.step("build", () => runCommands([[process.execPath, "scripts/build/build.mjs"]]));
await Promise.all([types(), lint()]);
await unit();
// Two at a time: a third makes all slower. The browsers share a cache of bundles, so they run one
// after another; the package checks take longest, so they start first.
const queue = [
  packageChecks,
  ...runtimes.filter((runtime) => !isBrowser(runtime)).map(conformance),
  workerApp,
];
await Promise.all([inTurn(runtimes.filter(isBrowser).map(conformance), queue), inTurn(queue)]);
await fixtures.stop();
await browsersReady;

const inOrder = runtimes.filter(({ name }) => name in rows).map(({ name }) => [name, rows[name]]);
if (inOrder.length > 0) console.table(Object.fromEntries(inOrder));
if (namesByRuntime.size > 1) {
  run.end("same tests in every runtime", {
    problems: compareNames(namesByRuntime),
    note: `${namesByRuntime.size} runtimes`,
  });
}
run.finish();

async function choose(): Promise<Plan> {
  const { values, rest } = readArguments("test", process.argv.slice(2));
  let chosen = planOf(values["only"] as string | undefined);
  const since = (values["since"] as string | undefined) ?? (values["changed"] ? "HEAD" : undefined);
  if (since !== undefined) {
    const changed = await changesSince(since).catch((error: Error) => stop(error.message));
    if (changed.length === 0) stop(`No file differs from ${since}.\n0 passed, 0 failed`, 0);
    console.log(`Files that differ from ${since}: ${changed.length}`);
    chosen = narrowToChanges(chosen, changed, await testFilesSince(since));
  }
  if (rest.some((argument) => argument.startsWith("--inspect"))) {
    stop(
      "A debugger needs a terminal, which npm test does not pass on. Run npm run watch -- -- FILE --inspect-brk",
    );
  }
  if (rest.length > 0) {
    chosen = narrowToFiles(chosen, rest, values["only"] !== undefined);
    if ([...chosen.values()].every(({ length }) => length === 0))
      stop(`No test file of these steps has “${rest[0]}” in its name.`);
  }
  return withBuild(chosen);
}

// These steps read dist, which is quick to update.
function withBuild(chosen: Plan): Plan {
  const needsBuild = ["types", "unit", "worker-app", "package"].some((step) => chosen.has(step));
  return needsBuild ? new Map([...chosen, ["build", []]]) : chosen;
}

function narrowOf(step: string): readonly string[] {
  return plan.get(step) ?? [];
}

// -t skips tests of a part.
function isPart(step: string): boolean {
  return narrowOf(step).length > 0;
}

async function prepareBrowsers(): Promise<void> {
  const missing = browserNames.filter((name) => plan.has(name) && !findBrowser(name));
  if (missing.length === 0 || whyNotInstallable() !== undefined) return;
  await installBrowsers(missing, (line) => console.log(`browsers: ${line}`));
}

type Task = (() => Promise<void>) | undefined;

// Takes each task off its list, so that two calls can share a list.
async function inTurn(...lists: readonly Task[][]): Promise<void> {
  for (const list of lists) while (list.length > 0) await list.shift()?.();
}

function types(): Promise<void> {
  return run.step("types", () =>
    runCommands([
      [`${bin}/tsc`, "-p", "tsconfig.tests.json"],
      [`${bin}/tsc`, "-p", "examples/hono-worker"],
    ]),
  );
}

function lint(): Promise<void> {
  return run.step("lint", () =>
    runCommands([
      [`${bin}/biome`, "ci", "--colors=off", "--diagnostic-level=error", "."],
      [`${bin}/oxlint`, "--type-aware", "--deny-warnings"],
    ]),
  );
}

function unit(): Promise<void> {
  return run.step("unit", async (onTest) => {
    // Many tests wait for processes of their own: on two cores vitest would run one file at a time.
    const command = [...vitest, "unit", "--maxWorkers=2"] as const;
    const result = await runSuite(command, { narrow: narrowOf("unit"), onTest });
    // The interop tests need programs that not every machine has.
    if (!isCi && !isPart("unit")) {
      for (const test of result.skipped)
        run.notRun(`not run, because a program is missing: ${test}`);
    }
    return outcomeOf(result, { maySkip: !isCi || isPart("unit") });
  });
}

function workerApp(): Promise<void> {
  return run.step("worker-app", async (onTest) => {
    const command = [...vitest, "worker-app"] as const;
    const options = { narrow: narrowOf("worker-app"), onTest };
    const result = await runSuiteWithEmulator(command, fixtures.origin, options);
    return outcomeOf(result, { maySkip: isPart("worker-app") });
  });
}

function packageChecks(): Promise<void> {
  return run.step("package", async (onTest) => {
    const result = await runSuite([...vitest, "package"], { narrow: narrowOf("package"), onTest });
    return outcomeOf(result, { maySkip: isPart("package") });
  });
}

function conformance(runtime: Runtime): () => Promise<void> {
  return () => conformanceIn(runtime);
}

async function conformanceIn(runtime: Runtime): Promise<void> {
  if (!plan.has(runtime.name)) return;
  const { name, command } = runtime;
  if (isBrowser(runtime)) await browsersReady;
  const version = runtime.version();
  if (version === undefined) {
    run.notRun(`not run: ${name}, which is not installed. ${howToInstall(runtime)}`);
    const problems = ["With CI=true every runtime must run."];
    if (isCi) run.end(name, { problems });
    return;
  }
  await run.step(name, async (onTest) => {
    const start = performance.now();
    const options = { narrow: narrowOf(name), onTest };
    const result = await runSuiteWithEmulator(command, fixtures.origin, options);
    if (result.searched === 0 && !isPart(name)) {
      result.problems.push("Nothing that these tests saw was searched for secrets.");
    }
    const outcome = outcomeOf(result, { maySkip: isPart(name) });
    namesByRuntime.set(
      name,
      result.tests.map((test) => test.name),
    );
    rows[name] = {
      version,
      tests: result.tests.length - result.skipped.length,
      passed: outcome.passedTests,
      failed: outcome.failedTests,
      seconds: Number(((performance.now() - start) / 1000).toFixed(1)),
    };
    return outcome;
  });
}

function isBrowser({ name }: Runtime): boolean {
  return browserNames.some((browser) => browser === name);
}

function howToInstall(runtime: Runtime): string {
  const reason = isBrowser(runtime) ? whyNotInstallable() : undefined;
  const why = reason === undefined ? "" : ` (not installed automatically: ${reason})`;
  return `To install it: ${runtime.install}${why}`;
}

function stop(message: string, code = 2): never {
  (code === 0 ? console.log : console.error)(message);
  process.exit(code);
}
