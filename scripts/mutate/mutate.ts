// npm run mutate -- [PART…]: changes the sources of a part in a copy of the workspace, one change at a time, and runs
// the part's tests against each. Every file is a slice: its result is kept in .mutate, so that a run that was stopped,
// or a later one after a change, tries only what is new. Stryker is installed into .mutate too, not with the workspace.

import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { copyWorkspace } from "../../test/support/workspace-copy.ts";
import { readArguments } from "../arguments.mjs";
import { runCommand } from "../test/run-command.ts";
import { parts } from "./parts.ts";
import { inWords, type Report, type Score, scoreOf, sumOf } from "./score.ts";

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

const notRun: string[] = [];
const failed: string[] = [];
for (const part of chosen) {
  const { files, tests } = parts[part] ?? { files: [], tests: [] };
  const scores: Score[] = [];
  for (const file of files) {
    if (Date.now() >= ends) notRun.push(`${part}: ${file}`);
    else {
      const score = await mutated(file, tests);
      if (score === undefined) failed.push(`${part}: ${file}`);
      else {
        scores.push(score);
        console.log(`  ${file}: ${inWords(score)}`);
        for (const survivor of score.survivors) console.log(`    survived: ${survivor}`);
      }
    }
  }
  const whole = scores.length === files.length ? "" : `, ${scores.length} of ${files.length} files`;
  console.log(`${part}: ${inWords(sumOf(scores))}${whole}`);
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

/** Runs Stryker on one file; undefined if it could not run, whose output is printed. */
async function mutated(file: string, tests: readonly string[]): Promise<Score | undefined> {
  const name = file.replaceAll("/", "+").replace(/\.ts$/, "");
  const report = join(folder, `${name}.report.json`);
  const config = join(folder, `${name}.config.json`);
  writeFileSync(
    config,
    JSON.stringify({
      mutate: [file],
      testRunner: "vitest",
      plugins: [join(tools, "node_modules/@stryker-mutator/vitest-runner/dist/src/index.js")],
      vitest: { configFile: "scripts/mutate/vitest.config.ts", related: false },
      inPlace: true, // it is a copy
      tempDirName: join(folder, "stryker"),
      checkers: [],
      incremental: true,
      incrementalFile: join(folder, `${name}.json`),
      concurrency: Math.max(1, Math.min(2, cpus().length)),
      timeoutMS: 20_000,
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
    console.log(`  ${file}: Stryker ended with ${code}.\n${output}`);
    return undefined;
  }
  return scoreOf(JSON.parse(readFileSync(report, "utf8")) as Report);
}
