// The outcome of a step that runs commands or a vitest suite.

import type { Outcome } from "./run.ts";
import { runCommand } from "./run-command.ts";
import type { SuiteCommand, SuiteResult } from "./run-suite.ts";

/** Runs commands one after another until one fails. */
export async function runCommands(commands: readonly SuiteCommand[]): Promise<Outcome> {
  for (const [program, ...args] of commands) {
    const { code, output } = await runCommand(program, args);
    if (code === 0) continue;
    return { problems: [`${[program, ...args].join(" ")} ended with code ${code}:`, output] };
  }
  return { problems: [] };
}

/** Returns the outcome of a suite. A skipped test is a problem unless `maySkip` is true. */
export function outcomeOf(result: SuiteResult, { maySkip = false } = {}): Outcome {
  const { tests, skipped, output } = result;
  const failedTests = tests.filter(({ status }) => status === "failed").length;
  const problems = [
    ...(failedTests > 0 ? [`${failedTests} of ${tests.length} tests failed.`] : []),
    ...result.problems,
    ...(maySkip ? [] : skipped.map((test) => `Skipped: ${test}`)),
  ];
  if (problems.length > 0) problems.push(output);
  return {
    problems,
    note: `${tests.length - skipped.length} tests`,
    passedTests: tests.filter(({ status }) => status === "passed").length,
    failedTests,
  };
}
