// Runs vitest once and reads its report.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "../../test/support/emulator-process.ts";
import { checkJournal, readJournal, readTokens } from "./journal.ts";
import { countSearched, keep, keepSecret } from "./kept.ts";
import { readProgress, type TestEnd } from "./progress.ts";
import { REPORT_FILE } from "./reporters.ts";
import { runCommand } from "./run-command.ts";
import { parseVitestReport, type TestResult, type VitestReport } from "./vitest-report.ts";

export interface SuiteResult {
  tests: TestResult[];
  /** What is wrong apart from failed tests. */
  problems: string[];
  /** Names of the tests that did not run. */
  skipped: string[];
  /** Errors, states and the like that the tests searched for secrets. */
  searched: number;
  /** What vitest printed, without the lines of tests that passed and what tests printed. */
  output: string;
}

export type SuiteCommand = readonly [program: string, ...args: string[]];

export interface SuiteOptions {
  /** Files or options that choose a part of the suite. */
  narrow?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Called for each test as it ends. */
  onTest?: (end: TestEnd) => void;
}

/** Runs a vitest command. A suite without tests is a problem. */
export async function runSuite(
  [program, ...args]: SuiteCommand,
  { narrow = [], env = {}, onTest = () => {} }: SuiteOptions = {},
): Promise<SuiteResult> {
  const directory = mkdtempSync(join(tmpdir(), "wechat-edge-report-"));
  const report = join(directory, "report.json");
  let searched = 0;
  try {
    const { code, output } = await runCommand(program, [...args, ...narrow], {
      env: { ...env, [REPORT_FILE]: report },
      takesLine(line) {
        const end = readProgress(line);
        if (end !== undefined) {
          onTest(end);
          searched += end.searched ?? 0;
        }
        return end !== undefined;
      },
    });
    const { tests, brokenFiles } = readReport(report);
    countSearched(searched);
    const problems = brokenFiles.map((file) => `${file} did not load.`);
    if (tests.length === 0) problems.push("No test ran.");
    const skipped = tests.filter(({ status }) => status === "skipped").map(({ name }) => name);
    const hasFailure = problems.length > 0 || tests.some(({ status }) => status === "failed");
    if (code !== 0 && !hasFailure) problems.push(`vitest ended with code ${code}.`);
    return { tests, problems, skipped, searched, output: withoutPassed(output) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Runs a vitest command with an emulator of its own, and checks the journal afterwards. */
export async function runSuiteWithEmulator(
  command: SuiteCommand,
  fixtures: string,
  options: SuiteOptions = {},
): Promise<SuiteResult> {
  const emulator = await startEmulator();
  try {
    const servers = JSON.stringify({ emulator: emulator.address, fixtures });
    const env = { ...options.env, WECHAT_EDGE_TEST_SERVERS: servers };
    const result = await runSuite(command, { ...options, env });
    const entries = await readJournal(emulator.address.baseUrl);
    const mayBeEmpty = (options.narrow ?? []).length > 0;
    result.problems.push(...checkJournal(entries, { mayBeEmpty }));
    keep("the journal", JSON.stringify(entries));
    for (const token of await readTokens(emulator.address.baseUrl)) {
      keepSecret("an access token", token);
    }
    return result;
  } finally {
    await emulator.stop();
    keep("what the emulator printed", emulator.printed());
  }
}

// Keeps what a reader of a failure looks for.
function withoutPassed(output: string): string {
  const printed = /^stdout \| (?:[^\n]+\n)+\n?/gm;
  return output.replace(printed, "").replace(/^ *✓ .*\n|^JSON report written to .*\n?/gm, "");
}

function readReport(path: string): VitestReport {
  try {
    const json = readFileSync(path, "utf8");
    keep("a report of vitest", json);
    return parseVitestReport(json, process.cwd());
  } catch {
    return { tests: [], brokenFiles: [] }; // vitest ended before it wrote the report
  }
}
