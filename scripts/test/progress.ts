// Reports each test as soon as it ends, as a line in the output of vitest, and then what was thrown
// outside of tests.

import process from "node:process";
import type { Reporter } from "vitest/node";

export interface TestEnd {
  name: string;
  hasFailed: boolean;
  /** The first line of its first error. */
  error?: string;
  /** Errors, states and the like that it searched for secrets. */
  searched?: number;
}

const MARK = "::wechat-edge test ended:: ";

/** The reporter that prints those lines. */
export const progressReporter: Reporter = {
  onTestCaseResult(test) {
    const { state, errors } = test.result();
    if (state !== "passed" && state !== "failed") return;
    const end: TestEnd = {
      name: `${test.module.relativeModuleId} > ${test.fullName}`,
      hasFailed: state === "failed",
    };
    const [message] = errors?.[0]?.message.split("\n") ?? [];
    if (message !== undefined) end.error = message;
    const { searched } = test.meta();
    if (searched !== undefined) end.searched = searched;
    print(end);
  },
  onTestRunEnd(_modules, errors) {
    for (const { name, message } of errors) {
      print({ name: "outside of any test", hasFailed: true, error: `${name}: ${message}` });
    }
  },
};

function print(end: TestEnd): void {
  // JSON leaves these separators as they are, and whoever reads lines takes them for ends.
  const text = JSON.stringify(end).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  process.stdout.write(`${MARK}${text}\n`);
}

/** Parses such a line; returns undefined for any other line. */
export function readProgress(line: string): TestEnd | undefined {
  if (!line.startsWith(MARK)) return undefined;
  try {
    return JSON.parse(line.slice(MARK.length)) as TestEnd;
  } catch {
    return undefined; // a test printed the mark
  }
}
