// npm run mutate -- [PART…]: changes the sources of a part in a copy of the workspace, one change at a time, and runs
// the part's tests against each. A file, or a folder of what no part names, is a slice: its result is kept in .mutate, so
// that a run that was stopped, or a later one after a change, tries only what is new, and what survived. Ends with the
// score of every part and with what never ran. Stryker is installed into .mutate too, not with the workspace.

import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { copyWorkspace } from "../../test/support/workspace-copy.ts";
import { readArguments } from "../arguments.mjs";
import { runCommand } from "../test/run-command.ts";
import { parts, sourcesOf } from "./parts.ts";
import { inWords, type Report, type Score, scoreOf, sumOf, withoutSurvivors } from "./score.ts";

process.chdir(fileURLToPath(new URL("../..", import.meta.url)));

const { values, words } = readArguments("mutate", process.argv.slice(2));
const chosen = words.length > 0 ? words : Object.keys(parts);
const minutes = Number(values["minutes"] ?? Number.POSITIVE_INFINITY);
const ends = Date.now() + minutes * 60_000;
const folder = resolve(".mutate");
const tools = join(folder, "tools");
const copy = join(folder, "copy");

await installTools();
rmSync(copy, { recursive: true, force: true });
await copyWorkspace(copy);

/** Slices in the order in which they run: what never ran, then what ran longest ago. */
const slices = chosen
  .flatMap((part) => (parts[part]?.files ?? []).map((slice) => ({ part, slice })))
  .sort((one, other) => ranAt(one.slice) - ranAt(other.slice));
const notRun: string[] = [];
const failed: string[] = [];
for (const { part, slice } of slices) {
  if (Date.now() >= ends) notRun.push(`${part}: ${slice}`);
  else {
    const score = await mutated(slice, parts[part]?.tests ?? []);
    if (score === undefined) failed.push(`${part}: ${slice}`);
    else {
      console.log(`  ${slice}: ${inWords(score)}`);
      for (const survivor of score.survivors) console.log(`    survived: ${survivor}`);
    }
  }
}
for (const [part, { files }] of Object.entries(parts)) {
  const kept = files.flatMap((slice) => keptScore(slice) ?? []);
  const never = files.filter((slice) => keptScore(slice) === undefined);
  const whole = never.length === 0 ? "" : `, ${kept.length} of ${files.length} slices`;
  console.log(`${part}: ${kept.length === 0 ? "never ran" : `${inWords(sumOf(kept))}${whole}`}`);
  if (kept.length > 0) for (const slice of never) console.log(`  never ran: ${slice}`);
}
for (const slice of notRun) console.log(`not run, the time was over: ${slice}`);
for (const slice of failed) console.log(`FAILED: ${slice}`);
rmSync(copy, { recursive: true, force: true });
process.exitCode = failed.length > 0 ? 1 : 0;

/** Installs Stryker from its own lockfile, beside the workspace's vitest. */
async function installTools(): Promise<void> {
  const from = "scripts/mutate/tools";
  const lock = readFileSync(join(from, "package-lock.json"), "utf8");
  const kept = join(tools, "package-lock.json");
  if (!existsSync(kept) || readFileSync(kept, "utf8") !== lock) {
    console.log("Installing Stryker, 60 MB, into .mutate, once …");
    rmSync(tools, { recursive: true, force: true });
    mkdirSync(tools, { recursive: true });
    writeFileSync(join(tools, "package.json"), readFileSync(join(from, "package.json"), "utf8"));
    writeFileSync(kept, lock);
    const flags = ["--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund"];
    const { code, output } = await runCommand("npm", ["ci", ...flags], { cwd: tools });
    if (code !== 0) {
      rmSync(tools, { recursive: true, force: true });
      throw new Error(`Stryker could not be installed:\n${output}`);
    }
  }
  // The peer of its runner: the tests must meet the vitest that runs them.
  const vitest = join(tools, "node_modules/vitest");
  if (!existsSync(vitest)) symlinkSync(resolve("node_modules/vitest"), vitest);
}

/** The file of `.mutate` that is kept of a slice. */
function keptFile(slice: string, kind: string): string {
  const name = slice.replaceAll("/", "+").replace("*", "all").replace(/\.ts$/, "");
  return join(folder, `${name}.${kind}json`);
}

/** When a slice ran last; 0 if it never did. */
function ranAt(slice: string): number {
  return statSync(keptFile(slice, "report."), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The score of a slice's last run, in this run or before it. */
function keptScore(slice: string): Score | undefined {
  return ranAt(slice) === 0 ? undefined : scoreOf(readReport(keptFile(slice, "report.")));
}

function readReport(file: string): Report {
  return JSON.parse(readFileSync(file, "utf8")) as Report;
}

/** Runs Stryker on one slice; undefined if it could not run, whose output is printed. */
async function mutated(slice: string, tests: readonly string[]): Promise<Score | undefined> {
  const report = keptFile(slice, "new-report.");
  const config = keptFile(slice, "config.");
  const incremental = keptFile(slice, "");
  // Stryker runs no new test against a survivor in what runs as a module loads.
  if (existsSync(incremental)) {
    writeFileSync(incremental, JSON.stringify(withoutSurvivors(readReport(incremental))));
  }
  writeFileSync(
    config,
    JSON.stringify({
      mutate: sourcesOf(slice),
      testRunner: "vitest",
      plugins: [join(tools, "node_modules/@stryker-mutator/vitest-runner/dist/src/index.js")],
      vitest: { configFile: "scripts/mutate/vitest.config.ts", related: false },
      inPlace: true, // it is a copy
      tempDirName: join(folder, "stryker"),
      checkers: [],
      disableTypeChecks: false, // nothing checks them, and a video of test/fixtures is called .ts
      incremental: true,
      incrementalFile: incremental,
      concurrency: Math.max(1, Math.min(2, cpus().length)),
      timeoutMS: 20_000,
      dryRunTimeoutMinutes: 20,
      reporters: ["json"],
      jsonReporter: { fileName: report },
      allowConsoleColors: false,
      logLevel: "error",
    }),
  );
  rmSync(report, { force: true });
  const stryker = join(tools, "node_modules/@stryker-mutator/core/bin/stryker.js");
  const { code, output } = await runCommand(process.execPath, [stryker, "run", config], {
    cwd: copy,
    env: { MUTATE_TESTS: JSON.stringify(tests) },
  });
  if (!existsSync(report)) {
    console.log(`  ${slice}: Stryker ended with ${code}.\n${output}`);
    return undefined;
  }
  renameSync(report, keptFile(slice, "report."));
  return keptScore(slice);
}
